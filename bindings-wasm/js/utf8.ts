// UTF-8: by the platform or, where that lacks it, as Jest's jsdom does, by Node's `Buffer`.

import { unsupportedRuntime } from "./errors.js";

/** As much of a `TextEncoder` as this package needs. */
export interface Encoder {
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}

/** As much of a `TextDecoder` as this package needs. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
}

export function encoder(): Encoder {
  if (typeof TextEncoder === "function") return new TextEncoder();
  const Buffer = nodeBuffer();
  return {
    encodeInto(text, { buffer, byteOffset, length }) {
      const written = Buffer.from(buffer, byteOffset, length).write(text);
      return { read: written === Buffer.byteLength(text) ? text.length : 0, written };
    },
  };
}

/** Keeps a byte order mark: it has to reach the core, which refuses it. */
export function decoder(): Decoder {
  if (typeof TextDecoder === "function") return new TextDecoder("utf-8", { ignoreBOM: true });
  const Buffer = nodeBuffer();
  return { decode: ({ buffer, byteOffset, length }) => Buffer.from(buffer, byteOffset, length).toString() };
}

/** As much of Node's `Buffer` as is needed. */
interface NodeBuffer {
  from(memory: ArrayBufferLike, offset: number, length: number): { write(text: string): number; toString(): string };
  byteLength(text: string): number;
}

function nodeBuffer(): NodeBuffer {
  const { Buffer } = globalThis as { Buffer?: NodeBuffer };
  if (Buffer === undefined) throw unsupportedRuntime("this runtime has no TextEncoder");
  return Buffer;
}
