// Parameters on their way into the module: what each of them is, and their texts one after the other.

import { entryTable, isWellFormed, writeTexts } from "./boundary.js";
import { invalidInput, unreadable } from "./errors.js";
import { ABSENT, FLOAT, GROUP, ILL_FORMED, LONG_TEXT, NUMBER, OTHER, TEXT } from "./generated/constants.js";
import { unknownName } from "./names.js";

/** Texts beyond this are not even copied: every parameter is limited to far less. */
const MAX_TEXT = 1 << 20;

/** Comes before the values of a group. */
const groupBegins = {};

/** A set of parameters. */
export interface ParameterSet<Given> {
  readonly names: readonly (keyof Given & string)[];
  /** Which of them are groups, by their positions. */
  readonly groups?: readonly (readonly [position: number, of: ParameterSet<never>])[];
}

/** The values in an object, which may be left out if all of them may. */
export function valuesOf<Given>(given: unknown, set: ParameterSet<Given>): unknown[] {
  if (given === undefined) return knownValues({}, set, "");
  if (typeof given !== "object" || given === null) throw invalidInput("parameters", "must be one object");
  try {
    return knownValues(given, set, "");
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
function knownValues<Given>(given: object, { names, groups }: ParameterSet<Given>, prefix: string): unknown[] {
  // One after the other: an array that is made with holes in it takes twice as long.
  const values: unknown[] = [];
  for (let position = 0; position < names.length; position++) values.push(undefined);
  const keys = Object.keys(given);
  for (let position = 0; position < keys.length; position++) {
    const name = keys[position]!;
    const place = (names as readonly string[]).indexOf(name);
    if (place < 0) throw unknownName(name, "is not a parameter of this method", names, prefix);
    values[place] = (given as Record<string, unknown>)[name];
  }
  return groups === undefined ? values : withGroups(values, names, groups);
}

/** Puts the values of groups in the places of the groups: from the last one, so that places stay what they are. */
function withGroups(
  values: unknown[],
  names: readonly string[],
  groups: readonly (readonly [number, ParameterSet<never>])[],
): unknown[] {
  for (const [place, set] of [...groups].reverse()) {
    const value = values[place];
    if (typeof value !== "object" || value === null) continue;
    values.splice(place, 1, groupBegins, ...knownValues(value, set, `${names[place]!}.`));
  }
  return values;
}

/** Writes values, and returns how many bytes their texts take. Their entries come after `before` numbers in the table. */
export function writeValues(values: readonly unknown[], before = 0): number {
  const table = entryTable(before + 2 * values.length);
  let texts = "";
  for (let position = 0; position < values.length; position++) {
    const value = values[position];
    const kind = kindOf(value);
    const text = kind === TEXT || kind === FLOAT || kind === NUMBER ? String(value) : "";
    table[before + 2 * position] = kind;
    table[before + 2 * position + 1] = text.length;
    texts += text;
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
    case "undefined":
      return ABSENT;
    default:
      if (value === groupBegins) return GROUP;
      return value === null ? ABSENT : OTHER;
  }
}
