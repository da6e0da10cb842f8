// Where the signature of a callback comes from.

import { invalidInput } from "./errors.js";
import { signatureHeader } from "./generated/errors.js";

type HeaderValue = string | readonly string[] | undefined;

/** Headers in an object, in any letter case: Node's, Lambda's, your own. */
export interface HeaderRecord {
  readonly [name: string]: HeaderValue;
}

/** `Headers`, or a `Map` of headers. */
export interface HeaderContainer {
  forEach(visit: (value: string, name: string) => void): void;
}

/** What has headers: a `Request`, Node's `IncomingMessage`, an event of AWS Lambda. */
export interface HeaderHolder {
  readonly headers?: object | null | undefined;
  readonly multiValueHeaders?: object | null | undefined;
}

/** The signature itself, or the headers it stands in. */
export type SignatureSource =
  | string
  | HeaderRecord
  | HeaderContainer
  | ReadonlyMap<string, string | readonly string[]>
  | HeaderHolder
  | null
  | undefined;

const headerName = signatureHeader.toLowerCase();

/** A signature, and whether it consists of the values of headers, joined by commas. */
export interface Signature {
  readonly text: string;
  readonly ofHeaders: boolean;
}

export function signatureOf(source: unknown): Signature {
  if (typeof source === "string") return { text: source, ofHeaders: false };
  if (source === null || source === undefined) return { text: "", ofHeaders: false };
  if (typeof source !== "object") {
    throw invalidInput("source", "must be the signature, or the headers of the request");
  }
  return { text: collect(source, undefined) ?? "", ofHeaders: true };
}

/** Adds the values in a source to those found so far. */
function collect(source: object, found: string | undefined): string | undefined {
  if (typeof Headers === "function" && source instanceof Headers) return add(source.get(headerName), found);
  const { headers, multiValueHeaders, forEach } = source as HeaderHolder & Partial<HeaderContainer>;
  if (isContainer(headers) || isContainer(multiValueHeaders)) {
    const single = isContainer(headers) ? collect(headers, found) : found;
    return isContainer(multiValueHeaders) ? collect(multiValueHeaders, single) : single;
  }
  if (typeof forEach === "function" && !Array.isArray(source)) {
    (source as HeaderContainer).forEach((value, name) => {
      if (isSignature(name)) found = add(value, found);
    });
    return found;
  }
  const names = Object.keys(source);
  for (let position = 0; position < names.length; position++) {
    const name = names[position]!;
    if (isSignature(name)) found = add((source as HeaderRecord)[name], found);
  }
  return found;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSignature(name: unknown): boolean {
  return typeof name === "string" && name.length === headerName.length && name.toLowerCase() === headerName;
}

/** Adds a value, or each of several, to those found so far. */
function add(value: unknown, found: string | undefined): string | undefined {
  if (Array.isArray(value)) return value.reduce(addOne, found);
  return addOne(found, value);
}

function addOne(found: string | undefined, value: unknown): string | undefined {
  if (value === undefined || value === null) return found;
  const text = typeof value === "string" ? value : "?";
  return found === undefined ? text : `${found},${text}`;
}
