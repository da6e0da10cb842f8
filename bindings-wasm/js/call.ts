// A request that knows its answer.

import { enter, beginningOf, bodyText, leave, writeBody } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { invalidInput, withStackOf } from "./errors.js";
import { DONE } from "./generated/constants.js";
import { readError, readMessage, OutputReader } from "./output.js";
import type { Reader } from "./output.js";
import { SignedRequest } from "./request.js";
import type { ClientHandle } from "./client-handle.js";

/**
 * What to send, and how to read what comes back. It is a valid `RequestInit`: `fetch(call.url, call)`.
 *
 * Send it unchanged, do not follow redirects, and hand every answer to `parse`, whatever its status.
 */
export class Call<Answer> extends SignedRequest {
  readonly #handle: ClientHandle;
  readonly #number: number;
  readonly #read: Reader<Answer>;
  #answer: Answer | undefined;

  /** @internal */
  constructor(output: OutputReader, handle: ClientHandle, number: number, read: Reader<Answer>) {
    super(output);
    this.#handle = handle;
    this.#number = number;
    this.#read = read;
  }

  /** Reads the answer: its HTTP status and its body, as text or bytes. */
  parse(status: number, body: Body): Answer {
    try {
      if (!isStatus(status)) throw invalidInput("status", "must be the HTTP status of the answer");
      const raw = rawBody(body);
      const { gateway, maxBody } = this.#handle;
      const length = writeBody(raw, 0, maxBody);
      const output = leave(enter().parse(gateway, this.#number, status, 0, length, maxBody));
      if (output[0] !== DONE) throw readError(output, beginningOf(raw, maxBody));
      return (this.#answer = readMessage(output, bodyText(raw, 0, length), this.#read));
    } catch (error) {
      throw withStackOf(prototype().parse, error);
    }
  }

  /** The answer that was parsed last. @internal */
  static lastAnswerOf<Answer>(call: Call<Answer>): Answer | undefined {
    return call.#answer;
  }
}

// The class must not name itself: what builds the package would give it another name.
function prototype(): Call<unknown> {
  return Call.prototype;
}

export function isStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 0 && (status as number) < 1000;
}
