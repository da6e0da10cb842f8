// The limits of payouts and watches.

import { invalidInput } from "./errors.js";
import { camelCase, optionEntries } from "./names.js";

/** The limits of a payout. Times are in milliseconds. The defaults are for a gateway of which nothing is known. */
export interface PayoutPolicy {
  /**
   * How far `details` may lag, and how late a request may arrive: 600000 (10 minutes). No denial counts before
   * this time since the last send, and a closed status or a conflict has to be seen again after it. Too short, and a
   * payout is called rejected, or sent again, while the first request is still on its way.
   */
  readonly settleTime?: number;
  /**
   * How many denials are needed: 2, the least. More take longer; each makes a passing refusal that looks like a denial
   * less of a risk.
   */
  readonly denials?: number;
  /**
   * How often `withdraw` may be sent: once. At a gateway that pays on a repeated `uniqueid`, every further send may pay
   * again if the settle time was too short; at one that refuses repeats it is safe, and a lost request is made up for.
   */
  readonly sends?: number;
  /** The first pause before asking `details`: 5000. Each further one is twice as long. Shorter asks more often. */
  readonly firstPause?: number;
  /** The longest pause: 900000 (15 minutes). Longer learns later how the payout ended. */
  readonly longestPause?: number;
  /**
   * After how long without an end the payout is `unknown`: 86400000 (24 hours) since the last send. Shorter leaves more
   * payouts for a person to settle.
   */
  readonly giveUpTime?: number;
}

/** The limits of a watch, in milliseconds. The defaults follow an invoice for a day. */
export interface WatchPolicy {
  /** The first pause between questions: 5000. Each further one is twice as long. */
  readonly firstPause?: number;
  /** The longest pause: 300000 (5 minutes). Longer learns later that the invoice was paid. */
  readonly longestPause?: number;
  /**
   * How long after it was first seen closed the invoice has to be seen so again: 60000. Shorter believes an answer that
   * lags.
   */
  readonly closingPause?: number;
  /** After how long the watch gives up: 86400000 (24 hours). It may be begun anew. */
  readonly giveUpTime?: number;
}

export const payoutOptions: readonly (keyof PayoutPolicy)[] = [
  "settleTime",
  "denials",
  "sends",
  "firstPause",
  "longestPause",
  "giveUpTime",
];

export const watchOptions: readonly (keyof WatchPolicy)[] = ["firstPause", "longestPause", "closingPause", "giveUpTime"];

/** The options of a policy as the module takes them: how many there are, then the core's name and the value of each. */
export function policyValues(policy: unknown, names: readonly string[]): unknown[] {
  const options = optionEntries(policy, "policy", names, "policy.");
  const values = options.flatMap(([name, value]) => {
    if (!Number.isSafeInteger(value) || (value as number) < 0) {
      throw invalidInput(`policy.${name}`, "must be a whole number; times are in milliseconds");
    }
    return [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value];
  });
  return [options.length, ...values];
}

/** The core's `policy.settle_time` is `policy.settleTime` here. Parameters keep the gateway's names. */
export function optionName(field: string): string {
  return field.startsWith("policy.") ? camelCase(field) : field;
}
