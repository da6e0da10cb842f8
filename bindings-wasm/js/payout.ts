// Payouts that happen exactly once.

import { begin, finish, TOO_LONG, writeBody } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { isStatus } from "./call.js";
import { invalidInput, thrownBy } from "./errors.js";
import type { TransactionStatus } from "./generated/answers.js";
import { DONE, readError, Written } from "./reply.js";
import type { Slot } from "./slot.js";

// What to do next. The numbers are those of src/payouts.rs.
const SEND = 0;
const WAIT = 1;

const MAX_TEXT = 1 << 20;

/** A request of a payout. Its answer goes to `onResponse`. It is a valid `RequestInit`. */
export interface PayoutRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly redirect: "manual";
}

/** What became of a payout. */
export interface PayoutOutcome {
  /** `paid`; `failed`: it ended without paying; `rejected`; `conflict`: the `uniqueid` is another transaction's; `unknown`. */
  readonly verdict: "paid" | "failed" | "rejected" | "conflict" | "unknown" | (string & {});
  /** Whether the money has been paid out. */
  readonly isPaid: boolean;
  /** The gateway's status, if it said one. */
  readonly status?: TransactionStatus;
  /** The gateway's identifier of the transaction, as in the user panel. */
  readonly orderid?: string;
  /** The gateway's unique identifier of the transaction. */
  readonly transid?: string;
  /** Why the gateway refused, in its own words. */
  readonly reason?: string;
}

/** What to do next. Times are those of `Date.now()`. */
export type PayoutStep =
  | { readonly type: "send"; readonly call: PayoutRequest }
  | { readonly type: "wait"; readonly until: number }
  | ({ readonly type: "done" } & PayoutOutcome);

/**
 * A payout as a state machine: it says what to do, you do it and say what came of it.
 *
 * Save its text (`String(payout)`) after `next` and before you send, and `bitloga.resumePayout(text)` goes on after a
 * crash without paying twice.
 *
 * ```js
 * for (let step; (step = payout.next()).type !== "done"; ) {
 *   await save(String(payout));
 *   if (step.type === "wait") await sleepUntil(step.until);
 *   else await fetch(step.call.url, step.call).then(
 *     async (response) => payout.onResponse(response.status, await response.text()),
 *     () => payout.onNoResponse(),
 *   );
 * }
 * ```
 */
export class Payout {
  #text: string;
  readonly #slot: Slot;

  /** @internal */
  constructor(text: string, slot: Slot) {
    this.#text = text;
    this.#slot = slot;
  }

  /** What to do next. Save the payout before you send. */
  next(now: number = Date.now()): PayoutStep {
    try {
      checkTime(now);
      const slot = this.#slot;
      let reply;
      do {
        const length = writeBody(this.#text, 0, MAX_TEXT);
        reply = finish(begin().next_of_payout(slot.number, length, now));
      } while (slot.wasLost(reply));
      const written = new Written(reply);
      const text = written.text();
      const step = readStep(written);
      this.#text = text;
      return step;
    } catch (error) {
      throw thrownBy(own().next, error);
    }
  }

  /** Reports the answer to the request that `next` gave. */
  onResponse(status: number, body: Body, now: number = Date.now()): void {
    try {
      checkTime(now);
      if (!isStatus(status)) throw invalidInput("status", "must be the HTTP status of the answer");
      const raw = rawBody(body);
      const length = writeBody(this.#text, 0, MAX_TEXT);
      const answer = writeBody(raw, length, this.#slot.maxBody);
      // An answer that is too long says as little as none.
      const answered = answer === TOO_LONG ? 0 : answer;
      this.#goOn(finish(begin().response_of_payout(length, status, answered, now)));
    } catch (error) {
      throw thrownBy(own().onResponse, error);
    }
  }

  /** Reports that no answer came: a time-out, a broken connection. */
  onNoResponse(now: number = Date.now()): void {
    try {
      checkTime(now);
      const length = writeBody(this.#text, 0, MAX_TEXT);
      this.#goOn(finish(begin().no_response_of_payout(length, now)));
    } catch (error) {
      throw thrownBy(own().onNoResponse, error);
    }
  }

  #goOn(reply: Uint32Array): void {
    if (reply[0] !== DONE) throw readError(reply);
    this.#text = new Written(reply).text();
  }

  /** The whole payout as text, for `bitloga.resumePayout`. It holds what `withdraw` takes, and no secret. */
  toString(): string {
    return this.#text;
  }

  /** The same text. */
  toJSON(): string {
    return this.#text;
  }
}

// The class must not name itself: what builds the package would give it another name.
function own(): Payout {
  return Payout.prototype;
}

function readStep(written: Written): PayoutStep {
  switch (written.number()) {
    case SEND:
      return { type: "send", call: readRequest(written) };
    case WAIT:
      return { type: "wait", until: Number(written.text()) };
    default:
      return { type: "done", ...readOutcome(written) };
  }
}

function readRequest(written: Written): PayoutRequest {
  const [method, url, body] = [written.text(), written.text(), written.optional() ?? ""];
  return { method, url, headers: written.headers(), body, redirect: "manual" };
}

function readOutcome(written: Written): PayoutOutcome {
  const verdict = written.text();
  const [status, orderid, transid, reason] = [
    written.optional(),
    written.optional(),
    written.optional(),
    written.optional(),
  ];
  return {
    verdict,
    isPaid: written.number() === 1,
    ...(status !== undefined && { status }),
    ...(orderid !== undefined && { orderid }),
    ...(transid !== undefined && { transid }),
    ...(reason !== undefined && { reason }),
  };
}

function checkTime(now: unknown): void {
  if (!Number.isSafeInteger(now) || (now as number) < 0) {
    throw invalidInput("now", "must be a time in milliseconds, as Date.now() gives it");
  }
}
