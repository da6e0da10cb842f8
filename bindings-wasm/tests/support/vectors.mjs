// The vectors that every language reads, and what their forms mean in JavaScript. See tests/vectors/README.md.

import { readFileSync } from "node:fs";

const folder = new URL("../../../tests/vectors/", import.meta.url);

const load = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

export const bitloga = load("bitloga.json");
export const apiForCrypto = load("apiforcrypto.json");
export const badInputs = load("bad-inputs.json");

export const camelCase = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** A body in every form that a caller may have it in. Bytes that are not text have no form as a string. */
export function forms(body) {
  if (typeof body === "object" && "parsed" in body) return [body.parsed];
  const bytes = bytesOf(body);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const view = new Uint8Array([1, 2, 3, ...bytes, 4]).subarray(3, 3 + bytes.length);
  const all = [bytes, view, shared, view.slice().buffer, new DataView(bytes.buffer, bytes.byteOffset, bytes.length)];
  try {
    all.unshift(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // Not UTF-8.
  }
  return all;
}

function bytesOf(body) {
  if (typeof body === "string") return Buffer.from(body);
  if (body.base64 !== undefined) return Buffer.from(body.base64, "base64");
  return Buffer.from(body.pieces.map(([text, times]) => text.repeat(times)).join(""));
}

/** A signature, in every form that a caller may have it in. */
export function sources(signature) {
  if (signature === null) return ["", null, undefined, {}, new Headers(), new Map(), { "X-SIGNATURE": "" }];
  if (Array.isArray(signature)) {
    const headers = new Headers();
    for (const value of signature) if (isHeaderValue(value)) headers.append("x-signature", value);
    const containers = [{ "x-signature": signature }, new Map([["X-Signature", signature]])];
    return signature.every(isHeaderValue) ? [headers, ...containers] : containers;
  }
  return [signature];
}

function isHeaderValue(value) {
  try {
    return new Headers({ a: value }).get("a") === value;
  } catch {
    return false;
  }
}

/** Without what verification and JavaScript add: the value as the vectors have it. */
export function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { isPaid, isFinal, event_id, secret_index, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, name === "extra" ? member : plain(member)]));
}
