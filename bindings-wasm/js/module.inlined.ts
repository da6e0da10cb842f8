// The module inlined, for wherever it may be compiled from bytes.

import { decoder, text } from "../dist/payseal.wasm?text";

export function load(): WebAssembly.Module {
  return new WebAssembly.Module(decode());
}

/** Where the text goes in the decoder's memory, and where its bytes are afterwards. */
const PLACE = 384;

/**
 * Reads what scripts/module-text.mjs has written, by a module of its own: a loop in JavaScript, which nothing has warmed
 * up, takes more than twice as long.
 */
export function decode(): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(decoder), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { memory, decode } = exports as { memory: WebAssembly.Memory; decode: (length: number) => number };
  memory.grow(text.length >> 16);
  const decoded = new Uint8Array(memory.buffer as ArrayBuffer, PLACE);
  if (typeof TextEncoder === "function") new TextEncoder().encodeInto(text, decoded);
  else for (let at = 0; at < text.length; at++) decoded[at] = text.charCodeAt(at);
  return decoded.subarray(0, decode(text.length));
}
