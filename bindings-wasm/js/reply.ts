// What an operation leaves, read: see src/reply.rs.

import { replyText } from "./boundary.js";
import { errorOf } from "./errors.js";
import type { Difference, PaysealError } from "./errors.js";

/** How an operation ended: the first number of its reply. */
export const DONE = 0;
export const ERROR = 1;
export const STALE = 2;
export const END = 3;

/** Where the result begins. */
export const RESULT = 4;

/** In the end of a text: it has JSON escapes in it. */
const ESCAPED = 0x80000000;

/** The place of a text that is not there. */
const NO_TEXT = 0xffffffff;

/** Fields that the gateway's document does not name, with their numbers as texts. */
export interface Extra {
  readonly [field: string]: ExtraValue;
}

/** A value in a field that the gateway's document does not name. */
export type ExtraValue = string | boolean | null | readonly ExtraValue[] | Extra;

/** A message, its fields left where they stand in its text. */
export interface Reading {
  readonly body: string;
  readonly numbers: Uint32Array;
  /** Which of its type's shapes it has. */
  readonly shape: number;
}

export type Reader<Answer> = (reading: Reading, at: number) => Answer;

/** Reads the message in a reply. */
export function readMessage<Answer>(numbers: Uint32Array, body: string, read: Reader<Answer>): Answer {
  return read({ body, numbers, shape: numbers[RESULT]! }, RESULT + 1);
}

export function text({ body, numbers }: Reading, at: number): string {
  const start = numbers[at]!;
  const end = numbers[at + 1]!;
  if (end < ESCAPED) return body.slice(start, end);
  return JSON.parse(`"${body.slice(start, end - ESCAPED)}"`) as string;
}

export function integer(reading: Reading, at: number): number {
  return Number(text(reading, at));
}

export function boolean({ numbers }: Reading, at: number): boolean {
  return numbers[at] === 2;
}

export function texts(reading: Reading, at: number): string[] {
  return items(reading, at, 2, text);
}

export function list<Item>(reading: Reading, at: number, read: Reader<Item>): Item[] {
  return items(reading, at, 1, (reading, at) => read(reading, reading.numbers[at]!));
}

function items<Item>(reading: Reading, at: number, width: number, read: Reader<Item>): Item[] {
  const length = reading.numbers[at]! - 1;
  const start = reading.numbers[at + 1]!;
  const values: Item[] = [];
  for (let position = 0; position < length; position++) values.push(read(reading, start + width * position));
  return values;
}

export function amounts(reading: Reading, at: number): Record<string, string> {
  const { numbers } = reading;
  const entries: [string, string][] = [];
  const start = numbers[at + 1]!;
  for (let position = 0; position < numbers[at]!; position++) {
    entries.push([text(reading, start + 4 * position), text(reading, start + 4 * position + 2)]);
  }
  // Unlike an assignment, this makes a currency of `__proto__`, too.
  return Object.fromEntries(entries);
}

/** A text that the module has written itself. */
export function written({ numbers }: Reading, at: number): string {
  return replyText().slice(numbers[at], numbers[at + 1]);
}

/** Unknown fields that are longer than this become objects when somebody looks at them: who knows how many. */
const LARGE = 1 << 14;

export function addExtra(result: { extra?: Extra }, reading: Reading, at: number): void {
  const fields = written(reading, at);
  if (fields.length < LARGE) {
    result.extra = parseExactly(fields);
    return;
  }
  const property = { enumerable: true, configurable: true };
  Object.defineProperty(result, "extra", {
    ...property,
    get() {
      const value = parseExactly(fields);
      Object.defineProperty(result, "extra", { ...property, writable: true, value });
      return value;
    },
  });
}

/** Parses JSON that the module has read before, with its numbers as texts: `JSON.parse` would round them. */
function parseExactly(json: string): Extra {
  let quoted = "";
  for (let at = 0; at < json.length; ) {
    const text = json.indexOf('"', at);
    const plain = json.slice(at, text < 0 ? json.length : text);
    quoted += plain.replace(/-?\d[\d.eE+-]*/g, '"$&"');
    at += plain.length;
    if (text < 0) break;
    do at += json[at] === "\\" ? 2 : 1;
    while (json[at] !== '"');
    quoted += json.slice(text, ++at);
  }
  return JSON.parse(quoted) as Extra;
}

/** The texts that an operation has written anew, and the numbers between them, in order. */
export class Written {
  readonly #numbers: Uint32Array;
  readonly #text = replyText();
  #at = RESULT;

  constructor(numbers: Uint32Array) {
    this.#numbers = numbers;
  }

  number(): number {
    return this.#numbers[this.#at++]!;
  }

  text(): string {
    return this.#text.slice(this.number(), this.number());
  }

  optional(): string | undefined {
    if (this.#numbers[this.#at] !== NO_TEXT) return this.text();
    this.#at += 2;
    return undefined;
  }

  differences(): Difference[] {
    const differences: Difference[] = [];
    for (let count = this.number(); count > 0; count--) {
      const difference = { field: this.text(), expected: this.text() };
      const actual = this.optional();
      differences.push(actual === undefined ? difference : { ...difference, actual });
    }
    return differences;
  }

  headers(): Record<string, string> {
    const start = this.#at;
    const headers = { ...lastHeaders };
    let left = this.number();
    for (const name in headers) {
      if (left-- === 0 || this.text() !== name) return this.#otherHeaders(start);
      headers[name] = this.text();
    }
    return left === 0 ? headers : this.#otherHeaders(start);
  }

  #otherHeaders(start: number): Record<string, string> {
    this.#at = start;
    const headers: Record<string, string> = {};
    lastHeaders = {};
    for (let count = this.number(); count > 0; count--) {
      const name = this.text();
      headers[name] = this.text();
      lastHeaders[name] = "";
    }
    return headers;
  }
}

/** The names of the headers that were written last, which are nearly always those of the next ones. */
let lastHeaders: Record<string, string> = {};

/** The error in a reply. `body` is what the gateway answered, if it has; `nameOf` is what callers call a field. */
export function readError(numbers: Uint32Array, body?: string, nameOf?: (field: string) => string): PaysealError {
  const written = new Written(numbers);
  const code = written.number();
  const status = written.number();
  const retryable = written.number() === 1;
  let message = written.text();
  let field = written.optional();
  if (field !== undefined && nameOf !== undefined) {
    message = message.replace(field, nameOf);
    field = nameOf(field);
  }
  const reason = written.optional();
  const differences = written.differences();
  return errorOf(code, message, { field, status, retryable, reason, body, differences });
}
