// The WebAssembly module: starting it, and the memory that both sides write to.
//
// One operation is one crossing. What goes in is written into buffers that are used again; what comes back is a table
// of numbers (see output.ts). Nothing is allocated that would have to be freed.

import type { InitOutput } from "../dist/wasm/payseal.js";

import { byteLength, viewOf } from "./bytes.js";
import { COUNT, TOO_LONG } from "./generated/constants.js";
import { wasmModule } from "./module.js";
import * as utf8 from "./utf8.js";

export type Wasm = InitOutput;

/** Where bodies begin in the input; what comes before is for signatures. */
export const BODY = 512;

/** No header is longer: what is cut off was no signature before. */
const MAX_HEADER_VALUE = 16384;

const FIRST_INPUT = 4096;
const FIRST_TABLE = 128;

const nothing = new Uint8Array(0);

let wasm: Wasm | undefined;
/** Whether an operation is under way. If it still is when the next one begins, it broke off, and left nothing that can be relied on. */
let isUnderWay = false;
let input = nothing;
let bodyInput = nothing;
let table = new Uint32Array(0);
let output = new Uint32Array(0);
let outputAddress = 0;
/** What is being read from the output while something else may use the module. */
let unfinished: Unfinished | undefined;

let encoder: utf8.Encoder;
let decoder: utf8.Decoder;

const halfSurrogate = /\p{Surrogate}/u;

/** What wasm-bindgen imports prepares a table of JavaScript's values, of which none ever crosses. */
const imports = { "./payseal_bg.js": { __wbindgen_init_externref_table() {} } };

function start(): Wasm {
  encoder = utf8.encoder();
  decoder = utf8.decoder();
  // Before anything else: it says what is missing where WebAssembly is.
  const compiled = wasmModule();
  wasm = new WebAssembly.Instance(compiled, imports).exports as Wasm & WebAssembly.Exports;
  isUnderWay = false;
  input = bodyInput = nothing;
  table = output = new Uint32Array(0);
  return wasm;
}

/**
 * The module, for one operation whose input has been written. What it returns goes to `leave` at once: nothing that may
 * throw is between them but the operation itself.
 */
export function enter(): Wasm {
  copyOutput();
  isUnderWay = true;
  return wasm!;
}

/** What is read from the output itself, or from a copy of it. */
interface Unfinished {
  numbers: Uint32Array;
}

/**
 * Keeps the output for what is being read from it, until there is nothing any more: before another operation overwrites
 * the output, that gets a copy. A copy each time would take half as long as verifying a short callback.
 */
export function keepOutputFor(reading: Unfinished | undefined): void {
  unfinished = reading;
}

function copyOutput(): void {
  if (unfinished === undefined) return;
  unfinished.numbers = unfinished.numbers.slice(0, unfinished.numbers[COUNT]);
  unfinished = undefined;
}

/** The output of an operation, of which `address` is the result. */
export function leave(address: number): Uint32Array {
  isUnderWay = false;
  // Memory that has grown leaves views of the old one empty.
  if (address !== outputAddress || output.length === 0) {
    output = new Uint32Array(wasm!.memory.buffer, address);
    outputAddress = address;
  }
  return output;
}

/**
 * Makes room for the input of an operation, and finds it again where memory has grown. Whatever writes input begins with
 * this, so that it is written into a sound module.
 */
function prepare(bytes: number, numbers: number): void {
  if (!isUnderWay && input.length >= bytes && table.length >= numbers && input.length > 0) return;
  copyOutput();
  const instance = isUnderWay || wasm === undefined ? start() : wasm;
  const inputLength = Math.max(bytes, input.length, FIRST_INPUT);
  const tableLength = Math.max(numbers, table.length, FIRST_TABLE);
  isUnderWay = true;
  const inputAddress = instance.input(inputLength);
  const tableAddress = instance.table(tableLength);
  isUnderWay = false;
  input = new Uint8Array(instance.memory.buffer, inputAddress, inputLength);
  bodyInput = input.subarray(BODY);
  table = new Uint32Array(instance.memory.buffer, tableAddress, tableLength);
}

/** The table, with room for so many numbers: a kind and a length of each entry, and what comes after them. */
export function entryTable(numbers: number): Uint32Array {
  prepare(0, numbers);
  return table;
}

/** Writes numbers at the beginning of the table, which has room for them. */
export function writeNumbers(numbers: Uint32Array): void {
  table.set(numbers);
}

/** Writes the texts of entries, one after the other, and returns how many bytes they take. */
export function writeTexts(text: string): number {
  prepare(3 * text.length, 0);
  return encoder.encodeInto(text, input).written;
}

/** Writes secrets one after the other and their lengths into the table, and returns where they end. */
export function writeSecrets(secrets: readonly (string | Uint8Array)[]): number {
  const most = secrets.reduce((sum, secret) => sum + 3 * lengthOf(secret), 0);
  // Room for all of them: what has to move leaves a copy of itself.
  prepare(most, 2 * secrets.length);
  return secrets.reduce((end, secret, position) => {
    const length = writeBody(secret, end, Infinity);
    table[2 * position + 1] = length;
    return end + length;
  }, 0);
}

/** Overwrites what was written: some bytes of the input, some numbers of the table. */
export function wipeInput(bytes: number, numbers: number): void {
  // They are where they were, even if memory has grown since.
  prepare(bytes, numbers);
  input.fill(0, 0, bytes);
  table.fill(0, 0, numbers);
}

/** Overwrites the text that an operation has written itself. */
export function wipeOutputText(): void {
  new Uint8Array(output.buffer, output[1], output[2]).fill(0);
}

/** Overwrites some numbers of the output. */
export function wipeOutput(start: number, end: number): void {
  output.fill(0, start, end);
}

/** The length of a text in code units, or of bytes. */
function lengthOf(body: string | Uint8Array): number {
  return typeof body === "string" ? body.length : byteLength(body);
}

/** Writes a signature or a secret key, and returns its length in bytes. The body goes after it. */
export function writeHeaderValue(text: string): number {
  const value = text.length > MAX_HEADER_VALUE ? text.slice(0, MAX_HEADER_VALUE) : text;
  prepare(bodyOffset(text), 0);
  return encoder.encodeInto(value, input).written;
}

/** Where a body begins that comes after a header value. */
export function bodyOffset(headerValue: string): number {
  return Math.max(BODY, 3 * Math.min(headerValue.length, MAX_HEADER_VALUE));
}

/** Writes a body, unless it is longer than `limit`, and returns its length in bytes. */
export function writeBody(body: string | Uint8Array, start: number, limit: number): number {
  prepare(start, 0);
  const size = lengthOf(body);
  if (size > limit) return TOO_LONG;
  if (typeof body !== "string") {
    prepareKeeping(start, start + size);
    input.set(body, start);
    return size;
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

/** Makes room, and keeps the bytes that were written before. */
function prepareKeeping(kept: number, bytes: number): void {
  if (input.length >= bytes) return;
  const before = input.slice(0, kept);
  prepare(bytes, 0);
  input.set(before);
}

/** The text of a body as the module has read it. */
export function bodyText(body: string | Uint8Array, start: number, length: number): string {
  if (typeof body === "string") return body.length === length ? body : wellFormed(body);
  prepare(0, 0);
  return decoder.decode(input.subarray(start, start + length));
}

/** The text that an operation has written itself. */
export function outputText(): string {
  const length = output[2]!;
  return length === 0 ? "" : textAt(output[1]!, length);
}

/** A text in the module's memory. */
export function textAt(address: number, length: number): string {
  return decoder.decode(new Uint8Array(output.buffer, address, length));
}

export function isWellFormed(text: string & { isWellFormed?(): boolean }): boolean {
  return text.isWellFormed?.() ?? !halfSurrogate.test(text);
}

/** The beginning of a body, for an error. */
export function beginningOf(body: string | Uint8Array, limit: number): string {
  if (typeof body === "string") return body.slice(0, limit);
  // Bytes in shared memory cannot be decoded in place.
  return decoder.decode(new Uint8Array(viewOf(body)!.subarray(0, limit)));
}

/** What `TextEncoder` makes of a text that UTF-8 cannot hold. */
function wellFormed(text: string): string {
  return isWellFormed(text) ? text : text.replace(/\p{Surrogate}/gu, "\ufffd");
}
