// Parameters on their way into the module: what each of them is, and their texts one after the other. What is in a group
// or a list comes after its own entry.

import { entryTable, isWellFormed, writeTexts } from "./boundary.js";
import { invalidInput, unreadable } from "./errors.js";
import { ABSENT, FALSE, FLOAT, GROUP, ILL_FORMED, LIST, NUMBER, OTHER, TEXT, LONG_TEXT, TRUE } from "./generated/constants.js";
import { unknownName } from "./names.js";

/** Texts beyond this are not even copied: every parameter is limited to far less. */
const MAX_TEXT = 1 << 20;

/** All texts of a call together, and all values, are no more than this: what is beyond would fill the module's memory. */
const MAX_TEXTS = 1 << 25;
const MAX_VALUES = 1 << 20;

/** Comes before the values of a group. */
const groupBegins = {};

/** Comes before the elements of a list. */
class ListBegins {
  length = 0;
  readonly #mark = true;

  /** Unlike `instanceof`, this asks nothing of a value that somebody gave. */
  static is(value: object): value is ListBegins {
    return #mark in value;
  }
}

/** A set of parameters. */
export interface ParameterSet<Given> {
  readonly names: readonly (keyof Given & string)[];
  /** Those that hold others, in order. */
  readonly nested?: readonly Nested[];
}

/** A parameter that holds others: a group, a list of groups, or without a set a list of texts. */
export interface Nested {
  readonly position: number;
  readonly isList: boolean;
  readonly set?: ParameterSet<never>;
}

/** The values in an object, which may be left out if all of them may: what is in groups and lists after each of them. */
export function valuesOf<Given>(given: unknown, set: ParameterSet<Given>): unknown[] {
  if (given === undefined) return valuesOf({}, set);
  if (typeof given !== "object" || given === null) throw invalidInput("parameters", "must be one object");
  try {
    const values = membersOf(given, set.names, "");
    if (set.nested === undefined) return values;
    const all: unknown[] = [];
    addNested(all, values, set, "");
    return all;
  } catch (error) {
    throw unreadable("parameters", error);
  }
}

/** The same of an object of which each member has to say something. */
export function givenValuesOf<Given>(given: unknown, set: ParameterSet<Given>): unknown[] {
  const values = valuesOf(given, set);
  const empty = set.names.find((name, at) => isNothing(values[at]) && Object.hasOwn(given ?? {}, name));
  if (empty === undefined) return values;
  throw invalidInput(empty, "has no value: leave it out if it does not matter");
}

/** The values that an object itself has, among others. */
export function ownValues<Given>(given: object, { names }: ParameterSet<Given>): unknown[] {
  return names.map((name) => (Object.hasOwn(given, name) ? Reflect.get(given, name) : undefined) as unknown);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Each value in its place, if it is an own member: what an object inherits, its maker did not write. */
function membersOf(given: object, names: readonly string[], prefix: string): unknown[] {
  // One after the other: an array that is made with holes in it takes twice as long.
  const values: unknown[] = [];
  for (let position = 0; position < names.length; position++) values.push(undefined);
  const keys = Object.keys(given);
  for (let position = 0; position < keys.length; position++) {
    const name = keys[position]!;
    const place = names.indexOf(name);
    if (place < 0) throw unknownName(name, "is not a parameter of this method", names, prefix);
    values[place] = (given as Record<string, unknown>)[name];
  }
  return values;
}

function addNested(all: unknown[], values: readonly unknown[], { names, nested = [] }: ParameterSet<never>, prefix: string): void {
  values.forEach((value, position) => {
    const inner = nested.find((inner) => inner.position === position);
    const name = prefix + names[position]!;
    if (inner?.isList && Array.isArray(value)) addList(all, value, inner.set, name);
    else addOne(all, value, inner?.isList ? undefined : inner?.set, name);
  });
}

function addList(all: unknown[], list: readonly unknown[], set: ParameterSet<never> | undefined, name: string): void {
  const begin = new ListBegins();
  all.push(begin);
  for (; begin.length < list.length; begin.length++) {
    if (all.length > MAX_VALUES) throw invalidInput(name, "is far too long");
    addOne(all, list[begin.length], set, `${name}[${begin.length}]`);
  }
}

/** Adds a value, which is a group if it has a set. What is of another type is refused in the module, by its parameter. */
function addOne(all: unknown[], value: unknown, set: ParameterSet<never> | undefined, name: string): void {
  const isGroup = set !== undefined && typeof value === "object" && value !== null && !Array.isArray(value);
  all.push(isGroup ? groupBegins : value);
  if (isGroup) addNested(all, membersOf(value, set.names, `${name}.`), set, `${name}.`);
}

/** Writes values, and returns how many bytes their texts take. Their entries come after `before` numbers in the table. */
export function writeValues(values: readonly unknown[], before = 0): number {
  const table = entryTable(before + 2 * values.length);
  let texts = "";
  for (let position = 0; position < values.length; position++) {
    const value = values[position];
    const kind = kindOf(value);
    let length = 0;
    if (kind === TEXT || kind === FLOAT || kind === NUMBER) {
      const text = typeof value === "string" ? value : String(value);
      length = text.length;
      texts += text;
      if (texts.length > MAX_TEXTS) throw invalidInput("parameters", "are far too long");
    } else if (kind === LIST) {
      ({ length } = value as ListBegins);
    }
    table[before + 2 * position] = kind;
    table[before + 2 * position + 1] = length;
  }
  return writeTexts(texts);
}

function kindOf(value: unknown): number {
  switch (typeof value) {
    case "string":
      if (value.length > MAX_TEXT) return LONG_TEXT;
      return isWellFormed(value) ? TEXT : ILL_FORMED;
    case "number":
      return FLOAT;
    case "bigint":
      return NUMBER;
    case "boolean":
      return value ? TRUE : FALSE;
    case "undefined":
      return ABSENT;
    default:
      if (value === groupBegins) return GROUP;
      if (value === null) return ABSENT;
      return typeof value === "object" && ListBegins.is(value) ? LIST : OTHER;
  }
}
