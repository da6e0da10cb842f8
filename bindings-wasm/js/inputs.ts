// Parameters on their way into the module: what each of them is, and their texts one behind the other.

import { isWellFormed } from "./boundary.js";
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

const ASCII = /^[\0-\x7f]*$/;

/** Takes the parameters that `given` has, and returns the names of all there are. */
export type Writer<Parameters> = (inputs: Inputs, given: Partial<Parameters>) => string;

/** The parameters of one call. */
export class Inputs {
  /** A kind and a length for each value. */
  readonly entries: number[] = [];
  /** The texts of all values. */
  text = "";

  value(value: unknown): void {
    switch (typeof value) {
      case "string":
        if (value.length > MAX_TEXT) return this.#add(TOO_LONG, "");
        if (!ASCII.test(value) && !isWellFormed(value)) return this.#add(ILL_FORMED, "");
        return this.#add(TEXT, value);
      case "number":
        return this.#add(FLOAT, String(value));
      case "bigint":
        return this.#add(NUMBER, String(value));
      case "undefined":
        return this.#add(ABSENT, "");
      default:
        return this.#add(value === null ? ABSENT : OTHER, "");
    }
  }

  group<Parameters>(value: unknown, name: string, write: Writer<Parameters>): void {
    if (typeof value !== "object" || value === null) {
      this.value(value);
      return;
    }
    this.#add(GROUP, "");
    refuseUnknown(value, write(this, value as Partial<Parameters>), `${name}.`);
  }

  #add(kind: number, text: string): void {
    this.entries.push(kind, text.length);
    this.text += text;
  }
}

/** The parameters in an object, which may be left out if all of them may. */
export function inputsOf<Parameters>(given: unknown, write: Writer<Parameters>): Inputs {
  const inputs = new Inputs();
  if (given === undefined) {
    write(inputs, {});
    return inputs;
  }
  if (typeof given !== "object" || given === null) throw invalidInput("parameters", "must be one object");
  refuseUnknown(given, write(inputs, given as Partial<Parameters>), "");
  return inputs;
}

/** A misspelt parameter would otherwise be left out of a payment. */
function refuseUnknown(given: object, names: string, prefix: string): void {
  for (const name of Object.keys(given)) {
    if (!` ${names} `.includes(` ${name} `)) throw invalidInput(prefix + name, "is no parameter of this method");
  }
}
