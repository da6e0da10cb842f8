// Payouts that happen exactly once.

import { TOO_LONG, operate, writeBody } from "./boundary.js";
import type { Wasm } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { isStatus } from "./call.js";
import { entered, invalidInput } from "./errors.js";
import type { TransactionStatus } from "./generated/answers.js";
import { DONE, readError, Written } from "./reply.js";

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

type Operate = (operation: (wasm: Wasm, client: number) => number) => Uint32Array;

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
  readonly #operate: Operate;
  readonly #maxBody: number;

  /** @internal */
  constructor(text: string, operate: Operate, maxBody: number) {
    this.#text = text;
    this.#operate = operate;
    this.#maxBody = maxBody;
  }

  /** What to do next. Save the payout before you send. */
  next(now: number = Date.now()): PayoutStep {
    return entered(this.next, () => {
      checkTime(now);
      const reply = this.#operate((wasm, client) => wasm.next_of_payout(client, writeBody(this.#text, 0, MAX_TEXT), now));
      const written = new Written(reply);
      const text = written.text();
      const step = readStep(written);
      this.#text = text;
      return step;
    });
  }

  /** Reports the answer to the request that `next` gave. */
  onResponse(status: number, body: Body, now: number = Date.now()): void {
    entered(this.onResponse, () => {
      checkTime(now);
      if (!isStatus(status)) throw invalidInput("status", "must be the HTTP status of the answer");
      const raw = rawBody(body);
      this.#report((wasm) => {
        const length = writeBody(this.#text, 0, MAX_TEXT);
        const answer = writeBody(raw, length, this.#maxBody);
        // An answer that is too long says as little as none.
        return wasm.response_of_payout(length, status, answer === TOO_LONG ? 0 : answer, now);
      });
    });
  }

  /** Reports that no answer came: a time-out, a broken connection. */
  onNoResponse(now: number = Date.now()): void {
    entered(this.onNoResponse, () => {
      checkTime(now);
      this.#report((wasm) => wasm.no_response_of_payout(writeBody(this.#text, 0, MAX_TEXT), now));
    });
  }

  #report(operation: (wasm: Wasm) => number): void {
    const reply = operate(operation);
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
