// The module as text, for the entries that carry it. js/module.inlined.ts reads it.
//
// Each frequent byte is one character, every other one a mark and a character: a twentieth more than the bytes, and
// compressed as small as they are, where base64 is a third more both before and after. All of it is ASCII that needs
// no escape in any kind of string or script, so that no minifier, page or charset changes it.

const alphabet = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
  .filter((character) => !"\"'`\\$<".includes(character))
  .join("");

/** The last characters of the alphabet. The decoder knows that there are two, and that one follows the other. */
const marks = alphabet.slice(-2);
const characters = alphabet.slice(0, -marks.length);

/**
 * The text of some bytes, the alphabet it is written in, and the bytes that are one character each, by their position.
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
  frequent.forEach((byte, position) => (codes[byte] = characters[position]));
  rare.forEach((byte, position) => {
    const row = Math.floor(position / alphabet.length);
    codes[byte] = marks[row] + alphabet[position % alphabet.length];
  });
  return { alphabet, frequent, text: Array.from(bytes, (byte) => codes[byte]).join("") };
}
