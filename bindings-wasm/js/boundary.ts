// The WebAssembly module: starting it, and the memory that both sides write to.
//
// One operation is one crossing. What goes in is written into buffers that are used again; what comes back is a table
// of numbers (see reply.ts). Nothing is allocated that would have to be freed.

import type { InitOutput } from "../dist/wasm/payseal.js";

import { wasmModule } from "./module.js";

export type Wasm = InitOutput;

/** Where bodies begin in the input; what comes before is for signatures. */
export const BODY = 512;

/** A length that says: the body is longer than the client reads, and was not copied. */
export const TOO_LONG = 0xffffffff;

/** No header is longer: what is cut off was no signature before. */
const MAX_LINE = 16384;

const FIRST_INPUT = 4096;
const FIRST_TABLE = 128;

const nothing = new Uint8Array(0);

let wasm: Wasm | undefined;
/** Whether an operation is under way. If it still is when the next one begins, it broke off, and left who knows what. */
let isUnderWay = false;
let input = nothing;
let bodyInput = nothing;
let table = new Uint32Array(0);
let reply = new Uint32Array(0);
let replyAddress = 0;
let inputLength = FIRST_INPUT;
let tableLength = FIRST_TABLE;

const encoder = new TextEncoder();
// A byte order mark has to reach the core, which refuses it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

const halfSurrogate = /\p{Surrogate}/u;

/** What wasm-bindgen imports prepares a table of JavaScript's values, of which none ever crosses. */
const imports = { "./payseal_bg.js": { __wbindgen_init_externref_table() {} } };

function start(): Wasm {
  wasm = new WebAssembly.Instance(wasmModule(), imports).exports as Wasm & WebAssembly.Exports;
  isUnderWay = false;
  input = bodyInput = nothing;
  table = reply = new Uint32Array(0);
  inputLength = FIRST_INPUT;
  tableLength = FIRST_TABLE;
  return wasm;
}

/**
 * The module, for one operation whose input has been written. What it returns goes to `finish` at once: nothing that may
 * throw stands between them but the operation itself.
 */
export function begin(): Wasm {
  isUnderWay = true;
  return wasm!;
}

/** The reply of an operation, of which `address` is the result. */
export function finish(address: number): Uint32Array {
  isUnderWay = false;
  // Memory that has grown leaves views of the old one empty.
  if (address !== replyAddress || reply.length === 0) {
    reply = new Uint32Array(wasm!.memory.buffer, address);
    replyAddress = address;
  }
  return reply;
}

/**
 * Makes room for the input of an operation, and finds it again where memory has grown. Whatever writes input begins with
 * this, so that it is written into a sound module.
 */
function prepare(bytes: number, numbers: number): void {
  if (!isUnderWay && input.length >= bytes && table.length >= numbers && input.length > 0) return;
  const instance = isUnderWay || wasm === undefined ? start() : wasm;
  inputLength = Math.max(bytes, inputLength);
  tableLength = Math.max(numbers, tableLength);
  isUnderWay = true;
  const inputAddress = instance.input(inputLength);
  const tableAddress = instance.table(tableLength);
  isUnderWay = false;
  input = new Uint8Array(instance.memory.buffer, inputAddress, inputLength);
  bodyInput = input.subarray(BODY);
  table = new Uint32Array(instance.memory.buffer, tableAddress, tableLength);
}

/** The table, with room for a kind and a length of each of `entries`. */
export function entryTable(entries: number): Uint32Array {
  prepare(0, 2 * entries);
  return table;
}

/** Writes the texts of entries, one behind the other, and returns how many bytes they take. */
export function writeTexts(text: string): number {
  prepare(3 * text.length, 0);
  return encoder.encodeInto(text, input).written;
}

/** Writes secrets behind `count` entries and their texts, which take `start` bytes, and returns where they end. */
export function writeSecrets(start: number, count: number, secrets: readonly Uint8Array[]): number {
  prepareKeeping(start, secrets.reduce((end, secret) => end + secret.length, start));
  let at = start;
  let entry = count;
  for (const secret of secrets) {
    table[entry + 1] = secret.length;
    input.set(secret, at);
    at += secret.length;
    entry += 2;
  }
  return at;
}

/** Overwrites what was written, even if memory has grown since. */
export function erase(length: number): void {
  prepare(length, 0);
  input.fill(0, 0, length);
}

/** Writes a signature or a secret key, and returns its length in bytes. The body goes behind it. */
export function writeLine(text: string): number {
  const line = text.length > MAX_LINE ? text.slice(0, MAX_LINE) : text;
  prepare(behind(text), 0);
  return encoder.encodeInto(line, input).written;
}

/** Where a body begins that stands behind a line. */
export function behind(line: string): number {
  return Math.max(BODY, 3 * Math.min(line.length, MAX_LINE));
}

/** Writes a body, unless it is longer than `limit`, and returns its length in bytes. */
export function writeBody(body: string | Uint8Array, start: number, limit: number): number {
  prepare(start, 0);
  if (body.length > limit) return TOO_LONG;
  if (typeof body !== "string") {
    prepareKeeping(start, start + body.length);
    input.set(body, start);
    return body.length;
  }
  // Most bodies are ASCII. Others take up to three bytes for each code unit.
  prepareKeeping(start, start + body.length);
  let { read, written } = encoder.encodeInto(body, start === BODY ? bodyInput : input.subarray(start));
  if (read < body.length) {
    prepareKeeping(start, start + Math.min(3 * body.length, limit + 4));
    ({ read, written } = encoder.encodeInto(body, input.subarray(start)));
  }
  return read < body.length ? TOO_LONG : written;
}

/** Makes room, and keeps the line that was written before. */
function prepareKeeping(line: number, bytes: number): void {
  if (input.length >= bytes) return;
  const kept = input.slice(0, line);
  prepare(bytes, 0);
  input.set(kept);
}

/** The text of a body as the module has read it. */
export function bodyText(body: string | Uint8Array, start: number, length: number): string {
  if (typeof body === "string") return body.length === length ? body : wellFormed(body);
  prepare(0, 0);
  return decoder.decode(input.subarray(start, start + length));
}

/** The text that an operation has written itself. */
export function replyText(): string {
  const length = reply[2]!;
  if (length === 0) return "";
  return decoder.decode(new Uint8Array(reply.buffer, reply[1], length));
}

export function isWellFormed(text: string & { isWellFormed?(): boolean }): boolean {
  return text.isWellFormed?.() ?? !halfSurrogate.test(text);
}

/** What `TextEncoder` makes of a text that UTF-8 cannot hold. */
function wellFormed(text: string): string {
  return isWellFormed(text) ? text : decoder.decode(encoder.encode(text));
}

export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}
