// A request that knows its answer.

import { bodyText, operate, writeBody } from "./boundary.js";
import type { Wasm } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { entered, invalidInput } from "./errors.js";
import { DONE, readError, readMessage, Written } from "./reply.js";
import type { Reader } from "./reply.js";

/** How the answer to a call is read. */
export interface Reading<Answer> {
  readonly read: Reader<Answer>;
  readonly maxBody: number;
  /** The operation that reads it. */
  readonly parse: (wasm: Wasm, status: number, start: number, length: number) => number;
}

const inspect = Symbol.for("nodejs.util.inspect.custom");
const inspectInDeno = Symbol.for("Deno.customInspect");

/**
 * What to send, and how to read what comes back. It is a valid `RequestInit`: `fetch(call.url, call)`.
 *
 * Send it unchanged, do not follow redirects, and hand every answer to `parse`, whatever its status.
 */
export class Call<Answer> {
  /** `GET` or `POST`. */
  readonly method: string;
  /** The absolute URL. */
  readonly url: string;
  /** The headers to send. */
  readonly headers: Readonly<Record<string, string>>;
  /** The very text that was signed; absent for `GET`. */
  declare readonly body?: string;
  /** Redirects are not followed: they would carry the signed request elsewhere. */
  readonly redirect = "manual";
  readonly #reading: Reading<Answer>;
  #answer: Answer | undefined;

  /** @internal */
  constructor(written: Written, reading: Reading<Answer>) {
    this.method = written.text();
    this.url = written.text();
    const body = written.optional();
    this.headers = written.headers();
    if (body !== undefined) this.body = body;
    this.#reading = reading;
  }

  /** Reads the answer: its HTTP status and its body, as text or bytes. */
  parse(status: number, body: Body): Answer {
    return entered(this.parse, () => (this.#answer = parse(this.#reading, status, body)));
  }

  /** The answer that was parsed last. @internal */
  static lastAnswerOf<Answer>(call: Call<Answer>): Answer | undefined {
    return call.#answer;
  }

  /** Keys and signatures stay out of logs. */
  toJSON(): { method: string } {
    return { method: this.method };
  }

  /** @internal */
  [inspect](): string {
    return `Call { method: "${this.method}", … }`;
  }

  /** @internal */
  [inspectInDeno](): string {
    return this[inspect]();
  }
}

function parse<Answer>({ read, maxBody, parse }: Reading<Answer>, status: number, body: Body): Answer {
  if (!isStatus(status)) throw invalidInput("status", "must be the HTTP status of the answer");
  const raw = rawBody(body);
  const length = writeBody(raw, 0, maxBody);
  const reply = operate((wasm) => parse(wasm, status, 0, length));
  if (reply[0] === DONE) return readMessage(reply, bodyText(raw, 0, length), read);
  throw readError(reply, textFor(raw, maxBody));
}

/** A body for an error: programs may look at it. */
function textFor(body: string | Uint8Array, maxBody: number): string {
  if (typeof body === "string") return body.slice(0, maxBody);
  return new TextDecoder().decode(body.subarray(0, maxBody));
}

export function isStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 0 && (status as number) < 1000;
}
