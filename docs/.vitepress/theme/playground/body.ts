// The body that a person gives: as text, whose line breaks a text field does not keep, or as exact bytes.

export const forms = ["text", "base64", "hex", "file"] as const;
export type Form = (typeof forms)[number];

/** What a line ends with, by its usual name. */
export const lineBreaks = { LF: "\n", CRLF: "\r\n" } as const;
export type LineBreak = keyof typeof lineBreaks;

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface GivenBody {
  form: Form;
  /** Text, base64 or hexadecimal digits. */
  text: string;
  lineBreak: LineBreak;
  file: GivenFile | undefined;
}

/** What was typed cannot be read as what it was said to be. */
export class Unreadable extends Error {}

export const emptyBody = (): GivenBody => ({ form: "text", text: "", lineBreak: "LF", file: undefined });

/** The very bytes. Throws `Unreadable`. */
export function bytesOf({ form, text, lineBreak, file }: GivenBody): Uint8Array {
  switch (form) {
    case "text":
      return new TextEncoder().encode(text.replaceAll("\n", lineBreaks[lineBreak]));
    case "base64":
      return fromBase64(text);
    case "hex":
      return fromHex(text);
    case "file":
      if (file === undefined) throw new Unreadable("No file was chosen.");
      return file.bytes;
  }
}

/** A body of these bytes: as text where a text field keeps them. */
export function bodyOf(bytes: Uint8Array): GivenBody {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { ...emptyBody(), form: "hex", text: toHex(bytes) };
  }
  for (const lineBreak of ["LF", "CRLF"] as const) {
    const lines = text.split(lineBreaks[lineBreak]);
    if (!lines.some((line) => /[\0\r\n]/.test(line))) return { ...emptyBody(), text: lines.join("\n"), lineBreak };
  }
  return { ...emptyBody(), form: "hex", text: toHex(bytes) };
}

export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  const digits = text.replace(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/");
  try {
    return Uint8Array.from(atob(digits), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Unreadable("The body is not base64.");
  }
}

function fromHex(text: string): Uint8Array {
  const digits = text.replace(/\s/g, "");
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new Unreadable("The body is not hexadecimal: two digits make a byte.");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
