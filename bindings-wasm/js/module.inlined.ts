// The module inlined, for wherever it may be compiled from bytes.

import { alphabet, frequent, text } from "../dist/payseal.wasm?text";

export function load(): WebAssembly.Module {
  try {
    return new WebAssembly.Module(decode());
  } catch (cause) {
    throw new Error(
      "payseal could not compile its WebAssembly. In a page with a content security policy, script-src needs " +
        "'wasm-unsafe-eval'. In an edge runtime that refuses bytes, see payseal/slim.",
      { cause },
    );
  }
}

/** Reads what scripts/module-text.mjs has written. In place: the bytes are never more than the characters. */
export function decode(): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const bytes = encoder.encode(text);
  const characters = encoder.encode(alphabet);
  const table = tableOf(characters);
  const firstMark = characters[frequent.length]!;
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    let place = bytes[at]!;
    if (place >= firstMark) place = rowOf(place - firstMark) + bytes[++at]!;
    bytes[length++] = table[place]!;
  }
  return bytes.subarray(0, length);
}

/** The byte that each character stands for, first alone, then behind each of the two marks. */
function tableOf(characters: Uint8Array): Uint8Array {
  const table = new Uint8Array(rowOf(2));
  frequent.forEach((byte, position) => (table[characters[position]!] = byte));
  let position = 0;
  for (let byte = 0; byte < 256; byte++) {
    if (frequent.includes(byte)) continue;
    table[rowOf(Math.floor(position / characters.length)) + characters[position % characters.length]!] = byte;
    position++;
  }
  return table;
}

/** Where the row of a mark begins: ASCII has 128 characters. */
function rowOf(mark: number): number {
  return (mark + 1) << 7;
}
