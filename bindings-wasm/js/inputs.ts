// Parameters on their way into the module: what each of them is, and their texts one behind the other.

import { entryTable, isWellFormed, writeTexts } from "./boundary.js";
import { invalidInput } from "./errors.js";

// What a value is. The numbers are those of src/inputs.rs.
const ABSENT = 0;
const TEXT = 1;
const NUMBER = 2;
const FLOAT = 3;
const GROUP = 4;
const OTHER = 5;
const ILL_FORMED = 6;
const TOO_LONG = 7;

/** Texts beyond this are not even copied: every parameter is limited to far less. */
const MAX_TEXT = 1 << 20;

/** Stands before the values of a group. */
const groupBegins = {};

/** A set of parameters. */
export interface ParameterSet<Given> {
  readonly names: readonly string[];
  /** Their values, in this order, whatever they are. */
  readonly values: (given: Partial<Given>) => unknown[];
}

/** The values in an object, which may be left out if all of them may. */
export function valuesOf<Given>(given: unknown, set: ParameterSet<Given>): unknown[] {
  if (given === undefined) return set.values({});
  if (typeof given !== "object" || given === null) throw invalidInput("parameters", "must be one object");
  return knownValues(given, set, "");
}

/** The values of a group, for the values it stands among. */
export function groupValues<Given>(given: unknown, name: string, set: ParameterSet<Given>): unknown[] {
  if (typeof given !== "object" || given === null) return [given];
  return [groupBegins, ...knownValues(given, set, `${name}.`)];
}

function knownValues<Given>(given: object, { names, values }: ParameterSet<Given>, prefix: string): unknown[] {
  const keys = Object.keys(given);
  for (let position = 0; position < keys.length; position++) {
    const name = keys[position]!;
    // A misspelt parameter would otherwise be left out of a payment.
    if (!names.includes(name)) throw invalidInput(prefix + name, "is no parameter of this method");
  }
  return values(given as Partial<Given>);
}

/** Writes values, and returns how many bytes their texts take. Leaves room in the table for some more entries. */
export function writeValues(values: readonly unknown[], more = 0): number {
  const table = entryTable(values.length + more);
  let texts = "";
  for (let position = 0; position < values.length; position++) {
    const value = values[position];
    const kind = kindOf(value);
    const text = kind === TEXT || kind === FLOAT || kind === NUMBER ? String(value) : "";
    table[2 * position] = kind;
    table[2 * position + 1] = text.length;
    texts += text;
  }
  return writeTexts(texts);
}

function kindOf(value: unknown): number {
  switch (typeof value) {
    case "string":
      if (value.length > MAX_TEXT) return TOO_LONG;
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
