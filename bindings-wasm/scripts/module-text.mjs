// The module as text, for the entries that carry it. js/module.inlined.ts reads it.
//
// Each frequent byte is one character, every other one a mark and a character: a sixteenth more than the bytes, and
// compressed as small as they are, where base64 is a third more both before and after. All of it is ASCII that needs
// no escape in any kind of string or script, so that no minifier, page or charset changes it.

import { readFileSync } from "node:fs";

import binaryen from "binaryen";

const marks = "}~";
const characters = Array.from({ length: 0x7d - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
  .filter((character) => !"\"'`\\$<".includes(character))
  .join("");
const markable = characters + marks;

/** How many places of the decoder's table are for what stands alone, and how many for each of the marks. */
const ROW = 128;

/**
 * The text of some bytes, and the module that reads it, in base64.
 *
 * @param {Uint8Array} bytes
 */
export function textOf(bytes) {
  const counts = new Array(256).fill(0);
  for (const byte of bytes) counts[byte]++;
  const byCount = [...counts.keys()].sort((one, other) => counts[other] - counts[one] || one - other);
  const ascending = (one, other) => one - other;
  const frequent = byCount.slice(0, characters.length).sort(ascending);
  const rare = byCount.slice(characters.length).sort(ascending);

  const codes = [];
  const table = new Uint8Array((1 + marks.length) * ROW);
  frequent.forEach((byte, position) => {
    codes[byte] = characters[position];
    table[codes[byte].charCodeAt(0)] = byte;
  });
  rare.forEach((byte, position) => {
    const mark = Math.floor(position / markable.length);
    codes[byte] = marks[mark] + markable[position % markable.length];
    table[(1 + mark) * ROW + codes[byte].charCodeAt(1)] = byte;
  });
  return { decoder: decoderWith(table).toString("base64"), text: Array.from(bytes, (byte) => codes[byte]).join("") };
}

function decoderWith(table) {
  const source = readFileSync(new URL("module-text.wat", import.meta.url), "utf8");
  const data = Array.from(table, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  const module = binaryen.parseText(source.replace("TABLE", data));
  module.optimize();
  const binary = Buffer.from(module.emitBinary());
  module.dispose();
  return binary;
}
