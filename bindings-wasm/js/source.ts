// Where the signature of a callback comes from.

import { invalidInput, unreadable } from "./errors.js";

/** A header as events of Lambda@Edge have it. */
export interface EdgeHeader {
  readonly key?: string | undefined;
  readonly value: string;
}

type HeaderValue = string | readonly (string | EdgeHeader)[] | undefined;

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

/** The signature itself, all values of its header, or the headers it is in. */
export type SignatureSource =
  | string
  | readonly string[]
  | readonly (readonly [name: string, value: string])[]
  | HeaderRecord
  | HeaderContainer
  | ReadonlyMap<string, string | readonly string[]>
  | HeaderHolder
  | null
  | undefined;

/** Headers may be in a request that is in an event. What is deeper holds itself, or is a mistake. */
const DEEPEST = 4;

/** In place of a header's name: any that has `signature` in it. */
export const ANY_SIGNATURE = "";

/** A signature, and whether it consists of the values of headers, joined by commas. */
export interface Signature {
  readonly text: string;
  readonly ofHeaders: boolean;
}

/** The signature in a source. `header` is the name of its header in small letters, or `ANY_SIGNATURE`. */
export function signatureOf(source: unknown, header: string): Signature {
  if (typeof source === "string") return { text: source, ofHeaders: false };
  if (source === null || source === undefined) return { text: "", ofHeaders: false };
  if (typeof source !== "object") {
    throw invalidInput("source", "must be the signature, or the headers of the request");
  }
  try {
    return { text: collect(source, header, undefined, 0) ?? "", ofHeaders: true };
  } catch (error) {
    throw unreadable("source", error);
  }
}

/** Adds the values in a source to those found so far. */
function collect(source: object, header: string, found: string | undefined, depth: number): string | undefined {
  if (header !== ANY_SIGNATURE && typeof Headers === "function" && source instanceof Headers) {
    return add(source.get(header), found);
  }
  if (depth > DEEPEST) throw invalidInput("source", "holds headers within headers: give the headers of the request");
  const { then, headers, multiValueHeaders, forEach, [Symbol.iterator]: iterate } = source as Members;
  if (isFunction(then) && isOfItsOwn("then", then)) throw invalidInput("source", "is a promise: await it");
  const single = isOfItsOwn("headers", headers) ? headers : undefined;
  const several = isOfItsOwn("multiValueHeaders", multiValueHeaders) ? multiValueHeaders : undefined;
  if (isContainer(single) || isContainer(several)) {
    const first = isContainer(single) ? collect(single, header, found, depth + 1) : found;
    return isContainer(several) ? collect(several, header, first, depth + 1) : first;
  }
  if (isFunction(iterate)) {
    for (const entry of source as Iterable<unknown>) found = addEntry(entry, header, found);
    return found;
  }
  if (isFunction(forEach) && isOfItsOwn("forEach", forEach)) {
    (source as HeaderContainer).forEach((value, name) => {
      if (isNamed(name, header)) found = add(value, found);
    });
    return found;
  }
  const names = Object.keys(source);
  for (let position = 0; position < names.length; position++) {
    const name = names[position]!;
    if (isNamed(name, header)) found = add((source as HeaderRecord)[name], found);
  }
  return found;
}

type Members = Partial<Record<"then" | "headers" | "multiValueHeaders" | "forEach" | typeof Symbol.iterator, unknown>>;

/** Whether a member is not one that somebody has given to every object, by `Object.prototype`. */
function isOfItsOwn(name: keyof Members, value: unknown): boolean {
  return value === undefined || value !== (Object.prototype as Members)[name];
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNamed(name: unknown, header: string): boolean {
  if (typeof name !== "string") return false;
  if (header === ANY_SIGNATURE) return name.toLowerCase().includes("signature");
  return name.length === header.length && name.toLowerCase() === header;
}

/** Adds an entry of a list: a value, or the name and the value of a header. */
function addEntry(entry: unknown, header: string, found: string | undefined): string | undefined {
  if (Array.isArray(entry)) return isNamed(entry[0], header) ? add(entry[1], found) : found;
  const { key = header } = (typeof entry === "object" && entry !== null ? entry : {}) as Partial<EdgeHeader>;
  return isNamed(key, header) ? addOne(found, entry) : found;
}

/** Adds a value, or each of several, to those found so far. */
function add(value: unknown, found: string | undefined): string | undefined {
  if (Array.isArray(value)) return value.reduce(addOne, found) as string | undefined;
  return addOne(found, value);
}

function addOne(found: string | undefined, value: unknown): string | undefined {
  if (value === undefined || value === null) return found;
  const inner = typeof value === "object" ? (value as Partial<EdgeHeader>).value : value;
  const text = typeof inner === "string" ? inner : "?";
  return found === undefined ? text : `${found},${text}`;
}
