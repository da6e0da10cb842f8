// Headers as people have them: copied from a log, printed by curl, or as JSON.

import { wrongUse } from "./failure.js";

/** The name and the value of a header. */
export type Header = readonly [name: string, value: string];

/** A line of a log, with what `curl --verbose` puts before it. `POST / HTTP/1.1` is none. */
const LINE = /^(?:[<>] )?[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/;

/** The headers in a text. A body after an empty line, as `curl --include` prints it, is not read. */
export function readHeaders(text: string): Header[] {
  const headers = /^\s*[[{]/.test(text) ? ofJson(text) : ofLines(text);
  if (headers.length > 0) return headers;
  throw wrongUse('the file of --headers has no header: neither lines such as "Name: value" nor JSON');
}

function ofLines(text: string): Header[] {
  const headers: Header[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^[<>]?[ \t]*$/.test(line) && headers.length > 0) break;
    const [, name, value] = LINE.exec(line) ?? [];
    if (name !== undefined && value !== undefined) headers.push([name, value]);
  }
  return headers;
}

function ofJson(text: string): Header[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrongUse("the file of --headers is not JSON, although it begins like it");
  }
  return [...headersIn(value)];
}

function* headersIn(value: unknown): Generator<Header> {
  if (Array.isArray(value)) return yield* inList(value);
  const members = Object.entries(value as object);
  const inner = members.filter(([name, one]) => /^(headers|multiValueHeaders)$/.test(name) && isObject(one));
  // An event of AWS Lambda has its headers in one member or both.
  if (inner.length > 0) return yield* headersIn(inner.at(-1)![1]);
  for (const [name, one] of members) {
    for (const each of Array.isArray(one) ? one : [one]) yield [name, valueOf(each)];
  }
}

/** Pairs; objects with a name and a value; or names and values in turn, as Node's `rawHeaders`. */
function* inList(list: readonly unknown[]): Generator<Header> {
  if (list.length % 2 === 0 && list.every((one) => typeof one === "string")) {
    for (let at = 0; at < list.length; at += 2) yield [list[at] as string, list[at + 1] as string];
    return;
  }
  for (const entry of list) {
    const { name, key } = (isObject(entry) ? entry : {}) as { name?: unknown; key?: unknown };
    const pair = Array.isArray(entry) ? entry : [name ?? key, entry];
    if (typeof pair[0] !== "string" || pair.length !== 2) throw notHeaders();
    yield [pair[0], valueOf(pair[1])];
  }
}

function valueOf(given: unknown): string {
  const value = isObject(given) ? (given as { value?: unknown }).value : given;
  if (typeof value !== "string") throw notHeaders();
  return value;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function notHeaders(): Error {
  return wrongUse("the JSON of --headers is an object of names and texts, or a list of pairs");
}
