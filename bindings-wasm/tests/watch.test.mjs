// Waiting for invoices of both gateways.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import { ApiForCrypto, Bitloga, InvalidInputError } from "payseal";

import { client, failure, MINUTE, START } from "./support/payouts.mjs";

const UUID = "5b6e1f0a-2d51-4f0b-9d3f-6f7d2a1c0b9e";
const crypto = () => new ApiForCrypto({ walletId: "the-wallet", notificationSecret: "the-secret" });

const invoice = (changes) => ({
  status: 200,
  body: JSON.stringify({
    to: "WMZ", amount: 1, purse: "Z1", type: "Invoice", status: "Created", invoiceid: 5, uniqueid: "125", success: true, ...changes,
  }),
});

const cryptoFields = {
  id: UUID, blockchain: "tron", symbol: "USDT", address: "TQ", active: true, value: 10, status: "NOT_PAID", confirmations: 1,
};
const cryptoInvoice = (changes) => ({ status: 200, body: JSON.stringify({ ...cryptoFields, ...changes }) });

/** A verified callback of an invoice. */
function callback(status, uniqueid = "125") {
  const { body, headers } = client().signCallback({ to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid, status });
  return client().verifyCallback(body, headers);
}

/** A verified notification of an invoice. */
function notification(changes) {
  const created = crypto().createInvoice({
    blockchain: "tron", symbol: "USDT", value: 10n, expiry: 30, confirmations: 1, data: { order_id: "125" },
  });
  const { secret_key } = JSON.parse(created.body);
  return crypto().verifyNotification(JSON.stringify({ ...cryptoFields, data: { order_id: "125" }, secret_key, ...changes }));
}

/** `settle` for requests without a body. */
function watch(watched, answer, options) {
  let now = options?.now ?? START;
  const questions = [];
  for (let count = 0; count < 1000; count++) {
    const step = watched.next(now);
    if (step.type === "done") return { outcome: step, questions };
    if (step.type === "wait") {
      assert.ok(step.until > now);
      now = step.until;
      continue;
    }
    questions.push(now - START);
    const reply = answer(questions.length);
    if (reply === undefined) watched.onNoResponse(step, now);
    else watched.onResponse(step, reply.status, reply.body, { now });
  }
  return assert.fail("the watch never ends");
}

describe("a watch of an invoice of Bitloga", () => {
  test("asks for its details until it is paid, with growing pauses", () => {
    const watched = client().watchInvoice("125");
    const { outcome, questions } = watch(watched, (count) => (count < 4 ? invoice() : invoice({ status: "Payed" })));
    assert.deepEqual(outcome, { type: "done", verdict: "paid", isPaid: true, status: "Payed" });
    assert.deepEqual(questions, [0, 5000, 15_000, 35_000]);
    assert.equal(watched.uniqueid, "125");
  });

  test("sends details of the invoice", () => {
    const { call } = client().watchInvoice("125").next(START);
    assert.deepEqual(JSON.parse(call.body), { action: "details", uniqueid: "125" });
  });

  test("is closed when it was seen closed twice, a pause apart", () => {
    const { outcome, questions } = watch(client().watchInvoice("125"), () => invoice({ status: "Canceled" }));
    assert.deepEqual([outcome.verdict, outcome.isPaid, outcome.status], ["closed", false, "Canceled"]);
    assert.ok(questions.at(-1) >= MINUTE);
    const revived = watch(client().watchInvoice("125"), (count) => invoice({ status: count === 1 ? "Canceled" : "Complete" }));
    assert.equal(revived.outcome.verdict, "paid");
  });

  test("learns nothing from silence, failures, refusals and other invoices", () => {
    const nothing = [undefined, { status: 500, body: "" }, { status: 200, body: '{"success":false,"error":"not found"}' },
      invoice({ uniqueid: "126", status: "Payed" }), invoice({ type: "Withdraw", status: "Complete" }), { status: 502, body: "<html>" }];
    const { outcome, questions } = watch(client().watchInvoice("125"), (count) => (count <= nothing.length ? nothing[count - 1] : invoice({ status: "Payed" })));
    assert.equal(outcome.verdict, "paid");
    assert.equal(questions.length, nothing.length + 1);
  });

  test("gives up in its time", () => {
    const { outcome, questions } = watch(client().watchInvoice("125", { giveUpTime: 20 * MINUTE }), () => invoice());
    assert.deepEqual([outcome.verdict, outcome.status], ["unknown", "Created"]);
    assert.ok(questions.at(-1) >= 20 * MINUTE);
  });

  test("ends with a callback, whatever the gateway is asked meanwhile", () => {
    const watched = client().watchInvoice("125");
    const question = watched.next(START);
    const { revision } = watched;
    assert.equal(watched.onCallback(callback("Payed")), true);
    watched.onResponse(question, 200, invoice().body, { now: START });
    assert.equal(watched.next(START).verdict, "paid");
    assert.equal(watched.revision, revision + 1, "one step to be saved");
  });

  test("takes late, repeated and reordered callbacks", () => {
    const watched = client().watchInvoice("125");
    watched.next(START);
    assert.equal(watched.onCallback(callback("Payed")), true);
    const text = String(watched);
    for (const status of ["Payed", "Created", "Canceled"]) assert.equal(watched.onCallback(callback(status)), true);
    assert.equal(String(watched), text);
    assert.equal(watched.next(START).verdict, "paid");
    // One that does not say paid ends nothing: it may be late.
    const open = client().watchInvoice("125");
    for (const status of ["Created", "Canceled", "Frozen"]) assert.equal(open.onCallback(callback(status)), true);
    assert.equal(open.next(START).type, "send");
    assert.equal(open.onCallback(callback("Payed", "126")), false);
    assert.equal(open.next(START).type, "wait");
  });

  test("that was closed becomes paid by a late payment", () => {
    const watched = client().watchInvoice("125");
    assert.equal(watch(watched, () => invoice({ status: "Canceled" })).outcome.verdict, "closed");
    watched.onCallback(callback("Payed"));
    assert.equal(watched.next(START).verdict, "paid");
  });
});

describe("a watch of an invoice of Api for Crypto", () => {
  test("asks for the invoice until it is paid", () => {
    const watched = crypto().watchInvoice(UUID);
    const states = ["NOT_PAID", "IN_MEMPOOL", "IN_BLOCK", "PAID"];
    const { outcome, questions } = watch(watched, (count) => cryptoInvoice({ status: states[count - 1] }));
    assert.deepEqual([outcome.verdict, outcome.status, questions.length], ["paid", "PAID", 4]);
    assert.equal(watched.uuid, UUID);
  });

  test("is closed when the invoice expired unpaid, but not while a payment is under way", () => {
    for (const status of ["NOT_PAID", "PARTIALLY_PAID"]) {
      assert.equal(watch(crypto().watchInvoice(UUID), () => cryptoInvoice({ status, active: false })).outcome.verdict, "closed");
    }
    for (const changes of [{ status: "IN_BLOCK", active: false }, { status: "NOT_PAID", active: true }, { status: "NOT_PAID", active: undefined }]) {
      assert.equal(watch(crypto().watchInvoice(UUID), () => cryptoInvoice(changes)).outcome.verdict, "unknown", inspect(changes));
    }
  });

  test("ends with a notification", () => {
    const watched = crypto().watchInvoice(UUID);
    watched.next(START);
    assert.equal(watched.onNotification(notification({ status: "IN_BLOCK" })), true);
    assert.equal(watched.onNotification(notification({ status: "PAID", id: "another" })), false);
    assert.equal(watched.next(START).type, "wait");
    assert.equal(watched.onNotification(notification({ status: "PAID" })), true);
    assert.equal(watched.next(START).verdict, "paid");
  });

  test("keeps the UUID out of logs", () => {
    const watched = crypto().watchInvoice(UUID);
    const step = watched.next(START);
    assert.ok(step.call.url.includes(UUID));
    assert.ok(!`${inspect(step, { depth: 9 })}${JSON.stringify(step)}${inspect(watched)}`.includes(UUID));
    assert.equal(step.call.method, "GET");
    assert.ok(!("body" in step.call));
  });
});

describe("both kinds of watch", () => {
  test("go on from their text", () => {
    const watched = client().watchInvoice("125", { firstPause: 7000 });
    const question = watched.next(START);
    watched.onResponse(question, 200, invoice().body, { now: START });
    const resumed = client().resumeWatch(String(watched));
    assert.equal(resumed.revision, watched.revision);
    assert.deepEqual(resumed.progress(), watched.progress());
    assert.deepEqual(resumed.next(START), { type: "wait", until: START + 7000 });
    const cryptoText = String(crypto().watchInvoice(UUID));
    assert.equal(crypto().resumeWatch(cryptoText).uuid, UUID);
  });

  test("are refused by another account, address or gateway, and if the text is not a watch", () => {
    const text = String(client().watchInvoice("125"));
    const cryptoText = String(crypto().watchInvoice(UUID));
    for (const [resume, field] of [
      [() => new Bitloga({ apiKey: "another", apiSecret: "the-api-secret" }).resumeWatch(text), "gateway"],
      [() => new ApiForCrypto({ walletId: "another" }).resumeWatch(cryptoText), "gateway"],
      [() => client().resumeWatch(cryptoText), "gateway"],
      [() => crypto().resumeWatch(text), "gateway"],
      [() => client().resumeWatch(5), "text"],
    ]) {
      const error = failure(resume);
      assert.ok(error instanceof InvalidInputError, String(error));
      assert.equal(error.field, field);
    }
    for (const none of ["", "{}", String(client().payout({ uniqueid: "1", currency: "USD", paysys: "WMZ", amount: "1", purse: "Z1" }))]) {
      assert.equal(failure(() => client().resumeWatch(none)).code, "malformed_body");
    }
  });

  test("show where they are at", () => {
    const watched = client().watchInvoice("125");
    assert.equal(watched.progress().stage, "waiting");
    const question = watched.next(START);
    watched.onResponse(question, 200, invoice().body, { now: START + 5 });
    const { stage, questions, transactionStatus, lastStatus, lastAnswerAt, acknowledged } = watched.progress();
    assert.deepEqual([stage, questions, transactionStatus, lastStatus, lastAnswerAt, acknowledged], ["waiting", 1, "Created", 200, START + 5, true]);
  });

  test("check their policy and what they wait for", () => {
    const limits = { firstPause: 1000, longestPause: 2000, closingPause: 0, giveUpTime: 5000 };
    const { policy } = JSON.parse(String(client().watchInvoice("125", limits)));
    assert.deepEqual(policy, { first_pause: 1000, longest_pause: 2000, closing_pause: 0, give_up_time: 5000 });
    for (const [begin, field] of [
      [() => client().watchInvoice("125", { settleTime: 5 }), "policy.settleTime"],
      [() => client().watchInvoice("125", { first_pause: 5 }), "policy.first_pause"],
      [() => client().watchInvoice("125", { firstPause: 0 }), "policy.firstPause"],
      [() => crypto().watchInvoice(UUID, { giveUpTime: null }), "policy.giveUpTime"],
      [() => client().watchInvoice(""), "uniqueid"],
      [() => client().watchInvoice(125), "uniqueid"],
      [() => crypto().watchInvoice(undefined), "uuid"],
      [() => crypto().watchInvoice({ uuid: UUID }), "uuid"],
      [() => client().watchInvoice("125").onCallback({}), "callback"],
      [() => client().watchInvoice("125").onCallback(undefined), "callback"],
      [() => crypto().watchInvoice(UUID).onNotification('{"id":"1"}'), "notification"],
    ]) {
      const error = failure(begin);
      assert.equal(error.code, "invalid_input", String(begin));
      assert.equal(error.field, field, String(begin));
    }
  });

  test("refuse the steps of others", () => {
    const [one, other] = [client().watchInvoice("125"), client().watchInvoice("126")];
    one.next(START);
    assert.equal(failure(() => one.onNoResponse(other.next(START))).field, "step");
  });
});

describe("whether an invoice is final", () => {
  const call = crypto().invoice({ uuid: UUID });

  for (const [status, active, isFinal] of [
    ["PAID", true, true],
    ["PAID", undefined, true],
    ["NOT_PAID", true, false],
    ["NOT_PAID", undefined, false],
    ["NOT_PAID", false, true],
    ["PARTIALLY_PAID", false, true],
    ["IN_MEMPOOL", false, false],
    ["IN_BLOCK", false, false],
    ["FROZEN", false, false],
  ]) {
    test(`${status}, active: ${active}`, () => {
      const { status: code, body } = cryptoInvoice({ status, active });
      assert.equal(call.parse(code, body).isFinal, isFinal);
      assert.equal(notification({ status, active }).isFinal, isFinal);
    });
  }
});
