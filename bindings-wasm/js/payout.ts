// Payouts that happen exactly once.

import type { Difference } from "./errors.js";
import type { TransactionStatus } from "./generated/answers.js";
import type { WithdrawParameters } from "./generated/parameters.js";
import { withdrawParameters } from "./generated/parameters.js";
import { valuesOf } from "./inputs.js";
import { BEGIN, PAYOUT, RESUME } from "./generated/constants.js";
import { DrivenMachine, savedText } from "./machine.js";
import { isTrue, sameText } from "./output.js";
import type { Fields, OutputReader } from "./output.js";
import { payoutOptions, policyValues } from "./policy.js";
import type { PayoutPolicy } from "./policy.js";
import type { ClientHandle } from "./client-handle.js";
import type { Step } from "./step.js";

/**
 * The short of how a payout ended.
 *
 * | verdict | has money moved | can it still move | is a new `uniqueid` safe |
 * |---|---|---|---|
 * | `paid`: paid out as asked for | yes | no | no |
 * | `failed`: taken on, and ended without paying | no | no | yes |
 * | `rejected`: refused, and not known after the settle time | no | no | yes |
 * | `conflict`: the `uniqueid` is of a transaction that differs | perhaps | perhaps | no |
 * | `unknown`: nobody knows | perhaps | perhaps | no |
 */
export type PayoutVerdict = "paid" | "failed" | "rejected" | "conflict" | "unknown" | (string & {});

/** What is known of a question about money. */
export type Certainty = "yes" | "no" | "perhaps";

/** How a payout ended. */
export interface PayoutOutcome {
  /** The short of it. */
  readonly verdict: PayoutVerdict;
  /** Whether the money was paid out, once, as asked for. */
  readonly isPaid: boolean;
  /** The gateway's status, if it said one. */
  readonly status?: TransactionStatus;
  /** The gateway's identifier of the transaction, as in the user panel. */
  readonly orderid?: string;
  /** The gateway's unique identifier of the transaction. */
  readonly transid?: string;
  /** Why the gateway refused, in its own words; for `unknown`, the last words it had. */
  readonly reason?: string;
  /** Whether money has moved. */
  readonly hasMoneyMoved: Certainty;
  /** Whether money can still move for this `uniqueid`. */
  readonly canMoneyStillMove: Certainty;
  /** Whether the same payment may be made under a new `uniqueid` without paying twice. */
  readonly isNewUniqueidSafe: boolean;
  /** For `conflict`: every field in which the transaction differs from what was asked for. */
  readonly differences: readonly Difference[];
}

/** What to do next. */
export type PayoutStep = Step<PayoutOutcome>;

/**
 * A payout as a state machine: it says what to do, you do it and say what came of it. `run` does all that:
 *
 * ```js
 * const payout = bitloga.payout({ uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse });
 * const outcome = await run(payout, { store: (text, revision) => save("135", text, revision) });
 * ```
 *
 * `bitloga.resumePayout(text)` goes on after a crash without paying twice.
 */
export class Payout extends DrivenMachine<PayoutOutcome> {
  /** Its identifier. */
  get uniqueid(): string {
    return this.subject;
  }

  /** @internal */
  protected override readOutcome(output: OutputReader): PayoutOutcome {
    return { ...output.record(outcomeFields), differences: output.differences() };
  }
}

const outcomeFields: Fields<Omit<PayoutOutcome, "differences">> = {
  verdict: sameText,
  isPaid: isTrue,
  status: sameText,
  orderid: sameText,
  transid: sameText,
  reason: sameText,
  hasMoneyMoved: sameText,
  canMoneyStillMove: sameText,
  isNewUniqueidSafe: isTrue,
};

export function newPayout(handle: ClientHandle, parameters: WithdrawParameters, policy?: PayoutPolicy): Payout {
  const values = valuesOf(parameters, withdrawParameters);
  return new Payout(PAYOUT, handle, BEGIN, [...policyValues(policy, payoutOptions), ...values]);
}

export function savedPayout(handle: ClientHandle, text: string): Payout {
  return new Payout(PAYOUT, handle, RESUME, savedText(text));
}
