// Payouts against a gateway that is played by a function, on a clock that does not wait.

import assert from "node:assert/strict";

import { Bitloga } from "payseal";

export const START = 1_700_000_000_000;
export const MINUTE = 60_000;

/** How long a denial has to come after the last send to count: the settle time, and a tenth of it. */
export const SETTLED = 11 * MINUTE;

export const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z123456789012" };

export const client = () => new Bitloga({ apiKey: "the-api-key", apiSecret: "the-api-secret" });

/** What the gateway says of the transaction, with some fields changed. */
export const transaction = (changes) => ({
  status: 200,
  body: JSON.stringify({
    from: "USD", to: "WMZ", amount_from: 10.1, amount_from_comis: 10.1, amount_to: 10, purse: "Z123456789012",
    type: "Withdraw", status: "Complete", orderid: 29, transid: "436fd74c", uniqueid: "135", success: true, ...changes,
  }),
});

export const refusal = (error, status = 200) => ({ status, body: JSON.stringify({ success: false, error }) });

export const notKnown = refusal("transaction not found");

/** What a step sends: `withdraw` or `details`. */
export const actionOf = (step) => JSON.parse(step.call.body).action;

/** What a function throws. */
export function failure(action) {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

/**
 * Goes on with a payout to its end, or until `stop` says so. `gateway` is given the action, the time since the start and
 * how often this action was sent, and answers; `undefined` is not an answer.
 */
export function settle(payout, gateway, { now = START, stop = () => false, judge } = {}) {
  const sent = [];
  for (let count = 0; count < 2000; count++) {
    const step = payout.next(now);
    if (step.type === "done") return { outcome: step, sent, now: now - START };
    if (stop(now - START)) return { outcome: undefined, sent, now: now - START };
    if (step.type === "wait") {
      assert.ok(step.until > now);
      now = step.until;
      continue;
    }
    const action = actionOf(step);
    sent.push({ action, at: now - START });
    const answer = gateway(action, now - START, sent.filter((other) => other.action === action).length);
    if (answer === undefined) payout.onNoResponse(step, now);
    else payout.onResponse(step, answer.status, answer.body, { now, notKnown: judge?.(answer) });
  }
  return assert.fail("the payout never ends");
}

/** How often `withdraw` was sent. */
export const withdraws = ({ sent }) => sent.filter(({ action }) => action === "withdraw").length;
