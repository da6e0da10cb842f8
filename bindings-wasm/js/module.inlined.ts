// The module inlined, for wherever it may be compiled from bytes.

import { base64 } from "../dist/payseal.wasm?base64";

export function load(): WebAssembly.Module {
  return new WebAssembly.Module(decode());
}

/** What Node, Deno and Bun have. */
interface Platform {
  Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> };
}

/** The bytes of the module. With a function called for each byte this would take more than twice the time. */
export function decode(): Uint8Array<ArrayBuffer> {
  // Not by its bare name, for which some bundlers would add a copy of their own.
  const { Buffer } = globalThis as Platform;
  if (Buffer !== undefined) return Buffer.from(base64, "base64");
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
