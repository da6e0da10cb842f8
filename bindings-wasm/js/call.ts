// A request that knows its answer.

import { beginningOf, bodyText, enter, leave, wipeInput, wipeOutputText, writeBody } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { invalidInput, withStackOf } from "./errors.js";
import { DONE, END, NO_PAGES } from "./generated/constants.js";
import { writeValues } from "./inputs.js";
import type { ParameterSet } from "./inputs.js";
import { readError, readMessage, OutputReader } from "./output.js";
import type { Reader } from "./output.js";
import { SignedRequest } from "./request.js";
import type { ClientHandle } from "./client-handle.js";

/** A method of a gateway. */
export interface Method<Answer> {
  /** Its place among the methods of its gateway. */
  readonly number: number;
  readonly parameters: ParameterSet<never>;
  readonly read: Reader<Answer>;
  /** Whether its parameters, and so its requests, may hold a secret. */
  readonly hasSecrets: boolean;
}

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

/**
 * Makes the call of a method; or, once pages have held `received` entries, the last of them `last`, for the page after
 * them: nothing after the last page.
 */
export function makeCall<Answer>(
  handle: ClientHandle,
  method: Method<Answer>,
  values: readonly unknown[],
  received = NO_PAGES,
  last = 0,
): Call<Answer> | undefined {
  const { number, read, hasSecrets } = method;
  let output, written;
  do {
    const length = writeValues(values);
    output = leave(enter().call(handle.number, number, length, received, last));
    written = new OutputReader(output);
    if (hasSecrets) wipeInput(length, 0);
  } while (handle.wasEvicted(output));
  if (output[0] === END) return undefined;
  const call = new Call(written, handle, number, read);
  if (hasSecrets) wipeOutputText();
  return call;
}

export function isStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 0 && (status as number) < 1000;
}
