// What an operation leaves, read: see src/output.rs.

import { enter, keepOutputFor, leave, outputText, textAt, writeBody } from "./boundary.js";
import { errorOf } from "./errors.js";
import type { Difference, PaysealError } from "./errors.js";
import { ESCAPED, NO_TEXT, RESULT, UNQUOTED } from "./generated/constants.js";
import { hiddenHeaders } from "./shown.js";

/** Fields that the gateway's document does not name, with their numbers as texts. */
export interface Extra {
  readonly [field: string]: ExtraValue;
}

/** A value in a field that the gateway's document does not name. */
export type ExtraValue = string | boolean | null | readonly ExtraValue[] | Extra;

/** A message, its fields left where they are in its text. */
export interface Reading {
  readonly body: string;
  /** The output itself, or a copy of it: ask for it each time. */
  numbers: Uint32Array;
  /** The text that the module has written itself. */
  readonly outputText: string;
  /** Which of its type's shapes it has. */
  readonly shape: number;
}

export type Reader<Answer> = (reading: Reading, at: number) => Answer;

/** Reads the message in an output. */
export function readMessage<Answer>(numbers: Uint32Array, body: string, read: Reader<Answer>): Answer {
  return read({ body, numbers, outputText: outputText(), shape: numbers[RESULT]! }, RESULT + 1);
}

/**
 * Parses a part of a message. What a program has put in place of the platform's `JSON.parse` may use this library, and
 * so the memory of the output: the rest of the message is then read from a copy.
 */
function parse(json: string, reading: Reading): unknown {
  keepOutputFor(reading);
  const value: unknown = JSON.parse(json);
  keepOutputFor(undefined);
  return value;
}

/** Texts longer than this are not kept for the sake of a part of them. */
const LONG = 1 << 12;

/** A part of a text. Engines let a part refer to the whole, which stays in memory with it, unless it is put together. */
function part(text: string, start: number | undefined, end: number | undefined): string {
  const found = text.slice(start, end);
  return text.length > LONG ? ` ${found}`.slice(1) : found;
}

export function text(reading: Reading, at: number): string {
  const { body, numbers } = reading;
  const start = numbers[at]!;
  const end = numbers[at + 1]!;
  if (end < ESCAPED) return part(body, start, end);
  return parse(`"${body.slice(start, end - ESCAPED)}"`, reading) as string;
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
  const entries: [string, string][] = [];
  const [count, start] = [reading.numbers[at]!, reading.numbers[at + 1]!];
  for (let position = 0; position < count; position++) {
    entries.push([text(reading, start + 4 * position), text(reading, start + 4 * position + 2)]);
  }
  // Unlike an assignment, this makes a currency of `__proto__`, too.
  return Object.fromEntries(entries);
}

/** A text that the module has written itself. */
export function written({ numbers, outputText }: Reading, at: number): string {
  return part(outputText, numbers[at], numbers[at + 1]);
}

export function addExtra(result: { extra?: Extra }, reading: Reading, at: number): void {
  const end = reading.numbers[at + 1]!;
  if (end < UNQUOTED) {
    result.extra = parse(written(reading, at), reading) as Extra;
    return;
  }
  const fields = part(reading.outputText, reading.numbers[at], end - UNQUOTED);
  const property = { enumerable: true, configurable: true };
  let value: Extra | undefined;
  Object.defineProperty(result, "extra", {
    ...property,
    get() {
      value ??= JSON.parse(exactly(fields)) as Extra;
      // A frozen result keeps its getter.
      Reflect.defineProperty(result, "extra", { ...property, writable: true, value });
      return value;
    },
  });
}

/** JSON that the module has read before, with its numbers as texts: `JSON.parse` would round them. */
function exactly(json: string): string {
  const length = writeBody(json, 0, Infinity);
  leave(enter().quote_numbers(length));
  return outputText();
}

/** How the fields of an object are made of their texts. */
export type Fields<Members> = {
  readonly [Name in keyof Members]-?: (text: string) => Exclude<Members[Name], undefined>;
};

export function sameText<Text extends string>(text: string): Text {
  return text as Text;
}

export function isTrue(text: string): boolean {
  return text === "true";
}

const differenceFields: Fields<Difference> = { field: sameText, expected: sameText, actual: sameText };

/** The texts that an operation has written anew, and the numbers between them, in order. */
export class OutputReader {
  readonly #numbers: Uint32Array;
  readonly #text = outputText();
  #at = RESULT;

  constructor(numbers: Uint32Array) {
    this.#numbers = numbers;
  }

  number(): number {
    return this.#numbers[this.#at++]!;
  }

  text(): string {
    return part(this.#text, this.number(), this.number());
  }

  optional(): string | undefined {
    if (this.#numbers[this.#at] !== NO_TEXT) return this.text();
    this.#at += 2;
    return undefined;
  }

  flag(): boolean {
    return this.number() === 1;
  }

  /** An object of the texts that are there, in the order of its fields. */
  record<Members>(fields: Fields<Members>): Members {
    const entries = Object.entries<(text: string) => unknown>(fields).flatMap(([name, read]) => {
      const text = this.optional();
      return text === undefined ? [] : [[name, read(text)] as const];
    });
    return Object.fromEntries(entries) as Members;
  }

  differences(): Difference[] {
    const differences: Difference[] = [];
    for (let left = this.number(); left > 0; left--) differences.push(this.record(differenceFields));
    return differences;
  }

  /** A text that never changes, which is read in the module only the first time. */
  staticText(): string {
    const [address, length] = [this.number(), this.number()];
    let text = staticTexts.get(address);
    if (text?.length !== length) {
      text = textAt(address, length);
      staticTexts.set(address, text);
    }
    return text;
  }

  headers(): Record<string, string> {
    const headers = hiddenHeaders();
    for (let left = this.number(); left > 0; left--) {
      const name = this.staticText();
      headers[name] = this.text();
    }
    return headers;
  }
}

/** Texts that never change, which are ASCII, by their addresses in the module. */
const staticTexts = new Map<number, string>();

/** The error in an output. `body` is what the gateway answered, if it has; `nameOf` is what callers call a field. */
export function readError(numbers: Uint32Array, body?: string, nameOf?: (field: string) => string): PaysealError {
  const output = new OutputReader(numbers);
  const code = output.number();
  const status = output.number();
  const retryable = output.flag();
  let message = output.text();
  let field = output.optional();
  if (field !== undefined && nameOf !== undefined) {
    message = message.replace(field, nameOf);
    field = nameOf(field);
  }
  const reason = output.optional();
  const differences = output.differences();
  return errorOf(code, message, { field, status, retryable, reason, body, differences });
}
