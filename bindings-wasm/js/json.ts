// Values that a caller gives, as JSON: with all digits, and nothing left out in silence, as `JSON.stringify` does.

import { isWellFormed } from "./boundary.js";
import { invalidInput, unreadable } from "./errors.js";

/** A value of JSON. */
export type JsonValue = string | number | bigint | boolean | null | readonly JsonValue[] | JsonFields;

/** An object of JSON. */
export interface JsonFields {
  readonly [name: string]: JsonValue;
}

/** The core reads nothing that is deeper. */
const DEEPEST = 64;

/** The fields of an object as JSON, without the braces around them. `field` is what errors call the object. */
export function membersOf(fields: unknown, field: string): string {
  try {
    if (isFields(fields)) return jsonOf(fields, field, 0).slice(1, -1);
  } catch (error) {
    throw unreadable(field, error);
  }
  throw invalidInput(field, "must be an object of fields");
}

function isFields(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Object]";
}

function jsonOf(value: unknown, field: string, depth: number): string {
  const inner = (value: unknown) => jsonOf(value, field, depth + 1);
  if (value === null || typeof value === "boolean" || typeof value === "bigint" || Number.isFinite(value)) return String(value);
  if (typeof value === "string" && isWellFormed(value)) return JSON.stringify(value);
  if (depth < DEEPEST) {
    if (Array.isArray(value)) return `[${value.map(inner).join(",")}]`;
    if (isFields(value)) return `{${Object.entries(value).map((pair) => pair.map(inner).join(":")).join(",")}}`;
  }
  throw invalidInput(field, "must hold nothing but values of JSON, no deeper than 64");
}
