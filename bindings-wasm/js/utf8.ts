// UTF-8: by the platform or, where that has nothing for it, as jsdom, by hand.

/** As much of a `TextEncoder` as this package needs. */
export interface Encoder {
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}

/** As much of a `TextDecoder` as this package needs. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
}

export function encoder(): Encoder {
  return typeof TextEncoder === "function" ? new TextEncoder() : { encodeInto };
}

/** Keeps a byte order mark: it has to reach the core, which refuses it. */
export function decoder(): Decoder {
  return typeof TextDecoder === "function" ? new TextDecoder("utf-8", { ignoreBOM: true }) : { decode };
}

const REPLACEMENT = 0xfffd;

function encodeInto(text: string, into: Uint8Array): { read: number; written: number } {
  let [read, written] = [0, 0];
  while (read < text.length) {
    const code = text.codePointAt(read)!;
    const bytes = bytesOf(code >= 0xd800 && code < 0xe000 ? REPLACEMENT : code);
    if (written + bytes.length > into.length) break;
    into.set(bytes, written);
    written += bytes.length;
    read += code > 0xffff ? 2 : 1;
  }
  return { read, written };
}

function bytesOf(code: number): number[] {
  if (code < 0x80) return [code];
  const last = 0x80 | (code & 0x3f);
  if (code < 0x800) return [0xc0 | (code >> 6), last];
  const middle = 0x80 | ((code >> 6) & 0x3f);
  if (code < 0x10000) return [0xe0 | (code >> 12), middle, last];
  return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), middle, last];
}

function decode(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const [code, length] = codeAt(bytes, at);
    text += String.fromCodePoint(code);
    at += length;
  }
  return text;
}

/** The character at a place, and how many bytes it takes. Bytes that are not a character take as many as begin one. */
function codeAt(bytes: Uint8Array, at: number): [code: number, length: number] {
  const first = bytes[at]!;
  if (first < 0x80) return [first, 1];
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4) return [REPLACEMENT, 1];
  let code = first & (0x3f >> more);
  for (let position = 1; position <= more; position++) {
    const byte = bytes[at + position];
    // The second byte also rules out what is too long, too large, or half a surrogate pair.
    const lowest = position > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const highest = position > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (byte === undefined || byte < lowest || byte > highest) return [REPLACEMENT, position];
    code = (code << 6) | (byte & 0x3f);
  }
  return [code, more + 1];
}
