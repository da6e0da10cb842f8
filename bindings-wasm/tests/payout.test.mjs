// Payouts that happen exactly once: the core's rules as far as they reach JavaScript, and the interface around them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import { ApiForCrypto, Bitloga, GatewayError, InvalidInputError, send } from "payseal";

import {
  actionOf, client, failure, MINUTE, notKnown, refusal, SETTLED, settle, START, transaction, withdrawal, withdraws,
} from "./support/payouts.mjs";

const DAY = 24 * 60 * MINUTE;
const YEAR = 366 * DAY;

/** A payout whose `withdraw` is on its way, and the step. */
function sent(policy) {
  const payout = client().payout(withdrawal, policy);
  return { payout, step: payout.next(START) };
}

describe("a payout", () => {
  test("is sent once, and done when the answer says so", () => {
    const { payout, step } = sent();
    assert.equal(actionOf(step), "withdraw");
    payout.onResponse(step, 200, transaction().body, { now: START });
    const { type, ...outcome } = payout.next(START);
    assert.deepEqual(outcome, {
      verdict: "paid", isPaid: true, status: "Complete", orderid: "29", transid: "436fd74c",
      hasMoneyMoved: "yes", canMoneyStillMove: "no", isNewUniqueidSafe: false, differences: [],
    });
  });

  test("is asked about after silence", () => {
    const { outcome, sent } = settle(client().payout(withdrawal), (action) => (action === "details" ? transaction() : undefined));
    assert.equal(outcome.verdict, "paid");
    assert.deepEqual(sent.map(({ action }) => action), ["withdraw", "details"]);
  });

  test("counts its revisions: one for a withdraw, one for every report", () => {
    const { payout, step } = sent();
    assert.equal(client().payout(withdrawal).revision, 0);
    assert.equal(payout.revision, 1);
    payout.onNoResponse(step, START);
    assert.equal(payout.revision, 2);
    const { until } = payout.next(START);
    assert.equal(payout.revision, 2);
    payout.onResponse(payout.next(until), 500, "", { now: until });
    assert.equal(payout.revision, 3);
    assert.equal(JSON.parse(String(payout)).revision, 3);
  });

  test("shows where it is at, a refusal at once", () => {
    const { payout, step } = sent();
    assert.equal(payout.progress().stage, "withdrawing");
    payout.onResponse(step, 200, refusal("insufficient balance").body, { now: START + 7 });
    assert.deepEqual(payout.progress(), {
      stage: "waiting", acknowledged: false, sends: 1, questions: 0, denials: 0, refusal: "insufficient balance",
      lastStatus: 200, lastReason: "insufficient balance", lastAnswerAt: START + 7, since: START,
      nextLook: payout.next(START + 7).until,
    });
  });

  test("gives times as numbers and its identifier as text", () => {
    const payout = client().payout({ ...withdrawal, uniqueid: "Ж-135" });
    assert.equal(payout.uniqueid, "Ж-135");
    const { since } = (payout.next(START), payout.progress());
    assert.equal(since, START);
  });

  test("refuses what makes no sense, and goes on", () => {
    const { payout, step } = sent();
    const text = String(payout);
    for (const now of [-1, NaN, 1.5, "0", null]) {
      assert.equal(failure(() => payout.next(now)).field, "now");
      assert.equal(failure(() => payout.onNoResponse(step, now)).field, "now");
    }
    assert.equal(failure(() => payout.onResponse(step, "200", "")).field, "status");
    assert.equal(failure(() => payout.onResponse(step, 200, { parsed: true })).code, "body_not_raw");
    assert.equal(failure(() => payout.onResponse(step, 200, "", { notKnown: "no" })).field, "notKnown");
    assert.equal(String(payout), text);
    payout.onResponse(step, 200, Buffer.alloc(3 << 20), { now: START });
    assert.equal(payout.next(START).type, "wait");
  });
});

describe("exactly once", () => {
  const pending = transaction({ status: "Pending" });

  test("A1: acknowledged, then denied for ever: never sent again, never rejected", () => {
    const result = settle(client().payout(withdrawal), (action) => (action === "withdraw" ? pending : notKnown));
    assert.equal(withdraws(result), 1);
    assert.equal(result.outcome.verdict, "unknown");
    assert.equal(result.outcome.hasMoneyMoved, "perhaps");
  });

  test("A2: refused at once and denied at once is not rejected before the settle time", () => {
    const gateway = (action) => (action === "withdraw" ? refusal("uniqueid was used before") : notKnown);
    const early = settle(client().payout(withdrawal), gateway, { stop: (now) => now >= SETTLED - 1 });
    assert.equal(early.outcome, undefined);
    const { outcome, now } = settle(client().payout(withdrawal), gateway);
    assert.deepEqual([outcome.verdict, outcome.reason], ["rejected", "uniqueid was used before"]);
    assert.deepEqual([outcome.hasMoneyMoved, outcome.isNewUniqueidSafe], ["no", true]);
    assert.ok(now > SETTLED);
  });

  test("A3, A5: the refusal of a repeat is never read as a rejection", () => {
    const gateway = (action, _, count) => {
      if (action === "details") return notKnown;
      return count === 1 ? undefined : refusal("uniqueid was used before");
    };
    const result = settle(client().payout(withdrawal, { sends: 2 }), gateway);
    assert.equal(withdraws(result), 2);
    assert.deepEqual([result.outcome.verdict, result.outcome.reason], ["unknown", "uniqueid was used before"]);
  });

  test("A4: an answer was lost and details lag: sent once, unless told otherwise, and not before the settle time", () => {
    const gateway = (action) => (action === "withdraw" ? undefined : notKnown);
    assert.equal(withdraws(settle(client().payout(withdrawal), gateway)), 1);
    const { sent } = settle(client().payout(withdrawal, { sends: 2 }), gateway);
    const [, second] = sent.filter(({ action }) => action === "withdraw");
    assert.ok(second.at >= SETTLED, String(second.at));
  });

  test("A6: a text that was saved before the send asks, and does not send before the settle time", () => {
    const payout = client().payout(withdrawal);
    const saved = String(payout);
    assert.equal(payout.next(START).type, "send");
    const restored = settle(client().resumePayout(saved), (action) => (action === "details" ? notKnown : undefined));
    assert.equal(restored.sent[0].action, "details");
    const [first] = restored.sent.filter(({ action }) => action === "withdraw");
    assert.ok(first.at >= SETTLED);
    // It may have been sent before: a refusal proves nothing.
    const refused = settle(client().resumePayout(saved), (action) => (action === "details" ? notKnown : refusal("no")));
    assert.equal(refused.outcome.verdict, "unknown");
  });

  test("a payout that is not restored sends at once, whatever is between its calls", () => {
    const payout = client().payout(withdrawal);
    payout.progress();
    String(payout);
    assert.equal(actionOf(payout.next(START)), "withdraw");
  });

  test("A8: a uniqueid that belongs to another transaction is a conflict that names the fields", () => {
    const earlier = transaction({ amount_to: 1, purse: "Z000000000000" });
    const { outcome, now } = settle(client().payout(withdrawal), () => earlier);
    assert.equal(outcome.verdict, "conflict");
    assert.deepEqual(outcome.differences, [
      { field: "amount_to", expected: "10.00", actual: "1" },
      { field: "purse", expected: "Z123456789012", actual: "Z000000000000" },
    ]);
    assert.ok(now >= SETTLED, "it was not looked at a second time");
    assert.deepEqual(client().resumePayout(JSON.stringify({ ...JSON.parse(saved(outcome)) })).next(0), outcome);
  });

  for (const words of ["too many requests", "invalid signature", "maintenance", "merchant not found", ""]) {
    test(`A9: "${words}" is not a denial`, () => {
      for (const status of [200, 400]) {
        const payout = client().payout(withdrawal);
        settle(payout, (action) => (action === "withdraw" ? undefined : refusal(words, status)), { stop: (now) => now > 2 * SETTLED });
        assert.equal(payout.progress().denials, 0, `${status}`);
      }
    });
  }

  for (const [name, answer] of Object.entries({
    "404 with a JSON value": { status: 404, body: '{"message":"nothing"}' },
    "an empty list": { status: 200, body: "[]" },
    "an empty data": { status: 200, body: '{"success":true,"data":[]}' },
    "words": refusal("unknown uniqueid"),
    "words in Russian": refusal("Транзакция Не Найдена"),
  })) {
    test(`A10: ${name} is a denial`, () => {
      const gateway = (action) => (action === "withdraw" ? refusal("no") : answer);
      assert.equal(settle(client().payout(withdrawal), gateway).outcome.verdict, "rejected");
    });
  }

  test("A10: 401, 404 without JSON and 429 are not denials", () => {
    for (const answer of [refusal("not found", 401), { status: 404, body: "<html>" }, refusal("not found", 429)]) {
      const gateway = (action) => (action === "withdraw" ? refusal("no") : answer);
      assert.equal(settle(client().payout(withdrawal), gateway).outcome.verdict, "unknown", answer.body);
    }
  });

  test("A10: a clock that is set back a year makes the pause no longer", () => {
    const { payout, step } = sent();
    payout.onNoResponse(step, START);
    const pause = payout.next(START).until - START;
    const back = payout.next(START - YEAR);
    assert.deepEqual(back, { type: "wait", until: START - YEAR + pause });
    assert.equal(payout.next(back.until).type, "send");
  });

  test("A10: a clock that jumps ahead a year does not make it hasty", () => {
    const { payout, step } = sent();
    payout.onResponse(step, 200, refusal("no").body, { now: START });
    const ask = payout.next(START + YEAR);
    payout.onResponse(ask, 200, notKnown.body, { now: START + YEAR });
    assert.equal(payout.next(START + YEAR).type, "wait");
    assert.equal(payout.progress().denials, 0);
  });

  test("A10: it gives up after a day, and says so", () => {
    const { outcome, now } = settle(client().payout(withdrawal), () => undefined);
    assert.equal(outcome.verdict, "unknown");
    assert.ok(now >= DAY && now < 2 * DAY, String(now));
  });

  test("A11: the type in another case, an unknown type and blanks around the uniqueid make no difference", () => {
    for (const changes of [{ type: "withdraw" }, { type: "Payout" }, { uniqueid: " 135 " }]) {
      assert.equal(settle(client().payout(withdrawal), () => transaction(changes)).outcome.verdict, "paid", JSON.stringify(changes));
    }
  });

  test("A11: an Error that becomes Complete is paid", () => {
    const gateway = (action) => transaction({ status: action === "withdraw" ? "Error" : "Complete" });
    assert.equal(settle(client().payout(withdrawal), gateway).outcome.verdict, "paid");
    assert.equal(settle(client().payout(withdrawal), () => transaction({ status: "Error" })).outcome.verdict, "failed");
  });

  test("A13: a server that failed has decided nothing", () => {
    const gateway = (action) => (action === "withdraw" ? refusal("internal error", 500) : notKnown);
    const payout = client().payout(withdrawal);
    assert.equal(settle(payout, gateway).outcome.verdict, "unknown");
    assert.equal(payout.progress().refusal, undefined);
  });

  test("the caller's judgement takes the place of the library's", () => {
    const odd = { status: 200, body: '{"success":false,"error":"nope"}' };
    const gateway = (action) => (action === "withdraw" ? refusal("no") : odd);
    const judged = settle(client().payout(withdrawal), gateway, { judge: ({ body }) => body.includes("nope") });
    assert.equal(judged.outcome.verdict, "rejected");
    const strict = settle(client().payout(withdrawal), (action) => (action === "withdraw" ? refusal("no") : notKnown), { judge: () => false });
    assert.equal(strict.outcome.verdict, "unknown");
    // It is not asked about an answer that is about the payout.
    const known = settle(client().payout(withdrawal), () => transaction(), { judge: () => true });
    assert.equal(known.outcome.verdict, "paid");
  });
});

describe("reports", () => {
  test("of a request that was reported on are refused, and change nothing", () => {
    const { payout, step } = sent();
    payout.onNoResponse(step, START);
    const text = String(payout);
    for (const report of [() => payout.onNoResponse(step), () => payout.onResponse(step, 200, transaction().body)]) {
      const error = failure(report);
      assert.deepEqual([error.code, error.field], ["invalid_input", "request"]);
    }
    assert.equal(String(payout), text);
  });

  test("of an earlier request are refused once another is under way", () => {
    const { payout, step } = sent();
    const { until } = payout.next(START);
    const question = payout.next(until);
    assert.equal(actionOf(question), "details");
    assert.equal(failure(() => payout.onResponse(step, 200, transaction().body)).field, "request");
    payout.onResponse(question, 200, transaction().body, { now: until });
    assert.equal(payout.next(until).verdict, "paid");
  });

  test("of another payout's request are refused, though it has the same number", () => {
    const { payout } = sent();
    const other = client().payout({ ...withdrawal, uniqueid: "136" });
    assert.equal(failure(() => payout.onResponse(other.next(START), 200, transaction().body)).field, "step");
  });

  test("need the step that was sent, not a copy of it", () => {
    const { payout, step } = sent();
    for (const none of [undefined, null, {}, { ...step }, step.call, 1, { type: "wait", until: 5 }]) {
      assert.equal(failure(() => payout.onResponse(none, 200, "")).field, "step", inspect(none));
      assert.equal(failure(() => payout.onNoResponse(none)).field, "step", inspect(none));
    }
  });
});

describe("the policy", () => {
  const values = { settleTime: 120_000, denials: 3, sends: 2, firstPause: 1000, longestPause: 60_000, giveUpTime: 3_600_000 };

  test("is saved with the payout, every option of the core's", () => {
    const { policy } = JSON.parse(String(client().payout(withdrawal, values)));
    const inJavaScript = Object.entries(policy).map(([name, value]) => [name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), value]);
    assert.deepEqual(Object.fromEntries(inJavaScript), values);
  });

  test("has defaults", () => {
    const { policy } = JSON.parse(String(client().payout(withdrawal)));
    assert.deepEqual(policy, {
      settle_time: 600_000, denials: 2, sends: 1, first_pause: 5000, longest_pause: 900_000, give_up_time: 86_400_000,
    });
    assert.equal(String(client().payout(withdrawal, {})), String(client().payout(withdrawal, undefined)));
  });

  test("sets when a denial counts", () => {
    const gateway = (action) => (action === "withdraw" ? refusal("no") : notKnown);
    const { now } = settle(client().payout(withdrawal, { settleTime: 60_000, longestPause: 10_000 }), gateway);
    assert.ok(now >= 66_000 && now < SETTLED, String(now));
  });

  for (const [policy, field, words] of [
    [{ sends: 0 }, "policy.sends", /from 1 to 10/],
    [{ denials: 1 }, "policy.denials", /from 2 to 100/],
    [{ denials: 2 ** 40 }, "policy.denials", /from 2 to 100/],
    [{ settleTime: 8 * DAY }, "policy.settleTime", /7 days/],
    [{ firstPause: 10, longestPause: 9 }, "policy.longestPause", /at least the first pause/],
    [{ giveUpTime: 60_000 }, "policy.giveUpTime", /settle time/],
    [{ settleTime: 1.5 }, "policy.settleTime", /whole number/],
    [{ settleTime: "60000" }, "policy.settleTime", /whole number/],
    [{ settleTime: -1 }, "policy.settleTime", /whole number/],
    [{ settleTime: undefined }, "policy.settleTime", /whole number/],
    [{ settleTime: null }, "policy.settleTime", /whole number/],
    [{ settle_time: 60_000 }, "policy.settle_time", /did you mean policy.settleTime\?/],
    [{ giveupTime: 60_000 }, "policy.giveupTime", /did you mean policy.giveUpTime\?/],
    [{ patience: 60_000 }, "policy.patience", /is not an option$/],
    [5, "policy", /object of options/],
    [null, "policy", /object of options/],
  ]) {
    test(`${inspect(policy)} is refused`, () => {
      const error = failure(() => client().payout(withdrawal, policy));
      assert.ok(error instanceof InvalidInputError);
      assert.equal(error.field, field);
      assert.match(error.message, words);
    });
  }

  test("does not hide what is wrong with the parameters", () => {
    assert.equal(failure(() => client().payout({ ...withdrawal, amount: 0 }, values)).field, "amount");
    assert.equal(failure(() => client().payout({ ...withdrawal, uniqueId: "1" }, values)).field, "uniqueId");
  });
});

/** A saved payout that has ended. */
function saved({ type, isPaid, hasMoneyMoved, canMoneyStillMove, isNewUniqueidSafe, differences, ...outcome }) {
  const text = JSON.parse(String(client().payout(withdrawal)));
  const fields = differences.map(({ field, expected, actual }) => [field, { expected, actual }]);
  return JSON.stringify({ ...text, stage: "done", outcome: { ...outcome, differences: Object.fromEntries(fields) } });
}

describe("a saved payout", () => {
  const text = String(sent().payout);

  test("goes on where it was", () => {
    const { outcome, sent: requests } = settle(client().resumePayout(text), () => transaction());
    assert.equal(outcome.verdict, "paid");
    assert.deepEqual(requests.map(({ action }) => action), ["details"]);
    assert.equal(client().resumePayout(text).revision, 1);
  });

  test("of another account or address is refused", () => {
    const others = [
      new Bitloga({ apiKey: "another-key", apiSecret: "the-api-secret" }),
      new Bitloga({ apiKey: "the-api-key", apiSecret: "the-api-secret", baseUrl: "http://127.0.0.1:8787/api/v1/" }),
    ];
    for (const other of others) {
      const error = failure(() => other.resumePayout(text));
      assert.ok(error instanceof InvalidInputError);
      assert.equal(error.field, "gateway");
      assert.match(error.message, /another account/);
    }
    // The secret may be rotated.
    new Bitloga({ apiKey: "the-api-key", apiSecret: "a-new-secret" }).resumePayout(text);
  });

  test("is read whatever maxBody is, and so are answers", () => {
    const small = new Bitloga({ apiKey: "the-api-key", apiSecret: "the-api-secret", maxBody: 10 });
    assert.equal(settle(small.resumePayout(text), () => transaction()).outcome.verdict, "paid");
    assert.equal(settle(small.payout(withdrawal), () => transaction()).outcome.verdict, "paid");
  });

  test("may be a megabyte long, and what is longer is called too long", () => {
    assert.equal(client().resumePayout(text + " ".repeat((1 << 20) - text.length)).uniqueid, "135");
    const error = failure(() => client().resumePayout(text + " ".repeat((1 << 20) - text.length + 1)));
    assert.deepEqual([error.code, error.field], ["invalid_input", "text"]);
    assert.match(error.message, /longer than any text/);
  });

  test("is refused if the text is not a payout", () => {
    for (const none of ["", "{}", '{"version":3}', "\ud800", text.replace('"stage"', '"estage"')]) {
      assert.equal(failure(() => client().resumePayout(none)).code, "malformed_body", none);
    }
    for (const none of [{}, undefined, Buffer.from(text)]) assert.equal(failure(() => client().resumePayout(none)).code, "invalid_input");
    const watch = String(client().watchInvoice("125"));
    assert.equal(failure(() => client().resumePayout(watch)).code, "malformed_body");
  });

  test("of the first version is read", () => {
    const first = JSON.stringify({ version: 1, stage: "unsettled", sends: 1, asked: 2, denials: 1, withdraw: { ...withdrawal, amount: "10.00" } });
    const { outcome, sent: requests } = settle(client().resumePayout(first), () => transaction());
    assert.equal(outcome.verdict, "paid");
    assert.equal(requests[0].action, "details");
  });

  test("holds no key, and JSON.stringify gives the same text", () => {
    const { payout } = sent();
    assert.equal(JSON.parse(JSON.stringify({ payout })).payout, String(payout));
    assert.ok(!String(payout).includes("the-api"));
  });
});

describe("a step", () => {
  const { step } = sent();
  const secrets = [...Object.values(step.call.headers).slice(1), "/api/v1", "Z123456789012", '"withdraw"', "uniqueid"];

  test("keeps keys, signature, path and body out of logs", () => {
    const logged = [
      inspect(step), inspect(step, { depth: 9, showHidden: true }), inspect(step.call), inspect({ step }), inspect([step], { depth: 9 }),
      JSON.stringify(step), JSON.stringify(step.call), JSON.stringify({ step }), String(step), `${step.call}`,
      step[Symbol.for("Deno.customInspect")]?.() ?? "", step.call[Symbol.for("Deno.customInspect")](),
    ].join("\n");
    for (const secret of secrets) assert.ok(!logged.includes(secret), secret);
    assert.match(logged, /send/);
  });

  test("has a call that is a RequestInit, also when it is spread", async () => {
    for (const init of [step.call, { ...step.call, keepalive: false }]) {
      const request = new Request(step.call.url, init);
      assert.deepEqual([request.method, request.redirect], ["POST", "manual"]);
      assert.equal(request.headers.get("x-signature"), step.call.headers["X-SIGNATURE"]);
      assert.equal(await request.text(), step.call.body);
    }
  });

  test("is not what send takes: it says so before anything is sent", async () => {
    let requests = 0;
    const fetch = async () => (requests++, new Response("{}"));
    for (const wrong of [step.call, step, undefined, {}]) {
      await assert.rejects(send(wrong, { fetch }), (error) => {
        assert.ok(error instanceof InvalidInputError);
        assert.equal(error.field, "call");
        return /onResponse/.test(error.message);
      });
    }
    assert.equal(requests, 0);
  });
});

describe("verdicts", () => {
  /** The rows of the table in the published documentation. */
  const types = readFileSync(new URL("../dist/cjs/index.d.ts", import.meta.url), "utf8");
  const rows = [...types.matchAll(/^ \* \| `(\w+)`[^|]*\| (\w+) \| (\w+) \| (\w+) \|$/gm)].map(([, ...cells]) => cells);

  test("are all in the documentation", () => {
    assert.deepEqual(rows.map(([verdict]) => verdict), ["paid", "failed", "rejected", "conflict", "unknown"]);
  });

  for (const [verdict, moved, canMove, isSafe] of rows) {
    test(`${verdict} says what the documentation says`, () => {
      const outcome = client().resumePayout(saved({ verdict, differences: [] })).next(0);
      const { hasMoneyMoved, canMoneyStillMove, isNewUniqueidSafe } = outcome;
      assert.deepEqual([hasMoneyMoved, canMoneyStillMove, isNewUniqueidSafe ? "yes" : "no"], [moved, canMove, isSafe]);
      assert.equal(outcome.isPaid, verdict === "paid");
    });
  }
});

describe("A12: whether a request may be sent again", () => {
  const gateway = client();
  const invoice = { uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z1" };
  const crypto = new ApiForCrypto({ walletId: "wallet", notificationSecret: "secret" });
  const cryptoInvoice = { blockchain: "tron", symbol: "USDT", value: 10n, expiry: 30, confirmations: 1, data: { order_id: "1" } };
  const [firstPage] = gateway.codePages();
  const movesMoney = {
    withdraw: gateway.withdraw(withdrawal),
    createCode: gateway.createCode({ amount: 1, currency: "USD" }),
    applyCode: gateway.applyCode({ code: "code" }),
  };
  const movesNone = {
    balances: gateway.balances(),
    createInvoice: gateway.createInvoice(invoice),
    details: gateway.details({ uniqueid: "125" }),
    listCodes: gateway.listCodes(),
    codePages: firstPage,
    "createInvoice of Api for Crypto": crypto.createInvoice(cryptoInvoice),
    "invoice of Api for Crypto": crypto.invoice({ uuid: "u" }),
    "wallet of Api for Crypto": crypto.wallet(),
  };

  const retryable = (call, status) => {
    const error = failure(() => call.parse(status, "<html>"));
    assert.ok(error instanceof GatewayError);
    return error.retryable;
  };

  for (const [name, call] of Object.entries(movesMoney)) {
    test(`${name}: never`, () => {
      for (const status of [500, 502, 503, 504, 408, 425, 429, 400]) assert.equal(retryable(call, status), false, String(status));
    });
  }

  for (const [name, call] of Object.entries(movesNone)) {
    test(`${name}: after a failure of the server`, () => {
      for (const status of [500, 502, 503, 504, 408, 425, 429]) assert.equal(retryable(call, status), true, String(status));
      for (const status of [400, 401, 404]) assert.equal(retryable(call, status), false, String(status));
    });
  }
});
