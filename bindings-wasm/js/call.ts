// A request that knows its answer.

import { begin, beginningOf, bodyText, finish, writeBody } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { invalidInput, thrownBy } from "./errors.js";
import { DONE } from "./generated/constants.js";
import { readError, readMessage, Written } from "./reply.js";
import type { Reader } from "./reply.js";
import { SignedRequest } from "./request.js";
import type { Slot } from "./slot.js";

/**
 * What to send, and how to read what comes back. It is a valid `RequestInit`: `fetch(call.url, call)`.
 *
 * Send it unchanged, do not follow redirects, and hand every answer to `parse`, whatever its status.
 */
export class Call<Answer> extends SignedRequest {
  readonly #slot: Slot;
  readonly #number: number;
  readonly #read: Reader<Answer>;
  #answer: Answer | undefined;

  /** @internal */
  constructor(written: Written, slot: Slot, number: number, read: Reader<Answer>) {
    super(written);
    this.#slot = slot;
    this.#number = number;
    this.#read = read;
  }

  /** Reads the answer: its HTTP status and its body, as text or bytes. */
  parse(status: number, body: Body): Answer {
    try {
      if (!isStatus(status)) throw invalidInput("status", "must be the HTTP status of the answer");
      const raw = rawBody(body);
      const { gateway, maxBody } = this.#slot;
      const length = writeBody(raw, 0, maxBody);
      const reply = finish(begin().parse(gateway, this.#number, status, 0, length, maxBody));
      if (reply[0] !== DONE) throw readError(reply, beginningOf(raw, maxBody));
      return (this.#answer = readMessage(reply, bodyText(raw, 0, length), this.#read));
    } catch (error) {
      throw thrownBy(own().parse, error);
    }
  }

  /** The answer that was parsed last. @internal */
  static lastAnswerOf<Answer>(call: Call<Answer>): Answer | undefined {
    return call.#answer;
  }
}

// The class must not name itself: what builds the package would give it another name.
function own(): Call<unknown> {
  return Call.prototype;
}

export function isStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 0 && (status as number) < 1000;
}
