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
  const values: string[] = [];
  collect(source, values);
  return { text: values.join(","), ofHeaders: true };
}

function collect(source: object, values: string[]): void {
  const { headers, multiValueHeaders } = source as HeaderHolder;
  if (isContainer(headers) || isContainer(multiValueHeaders)) {
    if (isContainer(headers)) collect(headers, values);
    if (isContainer(multiValueHeaders)) collect(multiValueHeaders, values);
  } else if (typeof (source as HeaderContainer).forEach === "function" && !Array.isArray(source)) {
    (source as HeaderContainer).forEach((value, name) => keep(name, value, values));
  } else {
    for (const name of Object.keys(source)) keep(name, (source as HeaderRecord)[name], values);
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keep(name: unknown, value: unknown, values: string[]): void {
  if (typeof name !== "string" || name.length !== headerName.length || name.toLowerCase() !== headerName) return;
  for (const one of Array.isArray(value) ? value : [value]) {
    if (one !== undefined && one !== null) values.push(typeof one === "string" ? one : "?");
  }
}
