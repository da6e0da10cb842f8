// Texts of others as they are printed, and the names that were probably meant.

import { mistakes } from "../distance.js";

/** What moves the cursor or turns the text around, and so could make a terminal show something else. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const UNPRINTABLE_IN_LINES = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A text on one line. */
export function onOneLine(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** A text that may have several lines. */
export function onLines(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(UNPRINTABLE_IN_LINES, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** The end of a message about an unknown name: the known one that is most like it, if any is. */
export function didYouMean(unknown: string, known: readonly string[]): string {
  let [meant, least] = ["", 3];
  for (const name of known) {
    const distance = mistakes(unknown.slice(0, 40), name);
    if (distance < least && distance < name.length) [meant, least] = [name, distance];
  }
  return meant === "" ? "" : `; did you mean ${meant}?`;
}

/** The text in bytes: UTF-8, or UTF-16 as PowerShell writes files. */
export function decoded(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
