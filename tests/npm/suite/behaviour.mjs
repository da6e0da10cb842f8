// What a consumer does with the package, checked against the platform's own cryptography.

import { equal, ok, thrown } from "./check.mjs";
import { bytesOf, callbackText, otherSecret, secret, sign } from "./fixtures.mjs";

/** @typedef {typeof import("payseal")} Payseal */
/** @typedef {(payseal: Payseal) => void | Promise<void>} Check */

/** @param {Payseal} payseal */
const gateway = ({ Bitloga }, apiSecret = /** @type {string | string[]} */ (secret)) =>
  new Bitloga({ apiKey: "key", apiSecret });

const invoice = { uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z123456789012" };

/** @type {Record<string, Check>} */
export const behaviour = {
  "version: the one that was packed"(payseal) {
    ok(/^\d+\.\d+\.\d+/.test(payseal.version), `version is ${payseal.version}`);
  },

  async "sign: a call is signed over the bytes it sends"(payseal) {
    const call = gateway(payseal).createInvoice(invoice);
    equal(call.method, "POST", "method");
    equal(
      call.body,
      '{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z123456789012"}',
      "body",
    );
    equal(call.headers["X-SIGNATURE"], await sign(String(call.body)), "X-SIGNATURE");
  },

  async "sign: a call is a valid RequestInit"(payseal) {
    const call = gateway(payseal).createInvoice(invoice);
    const request = new Request(call.url, call);
    equal(request.method, "POST", "method");
    equal(request.headers.get("x-signature"), call.headers["X-SIGNATURE"], "x-signature");
    equal(await request.text(), call.body, "body");
  },

  async "send: any status of any fetch is read"(payseal) {
    const call = gateway(payseal).balances();
    const balances = await payseal.send(call, { fetch: async () => new Response('{"USD":10.45,"success":true}') });
    equal(balances, { USD: "10.45" }, "balances");
    const refused = payseal.send(call, { fetch: async () => new Response("<html>", { status: 502 }) });
    const error = await refused.then(() => undefined, (reason) => reason);
    equal(error?.code, "http_status", "code");
    equal(error?.status, 502, "status");
  },

  async "verify: text, bytes, a part of a buffer and an ArrayBuffer"(payseal) {
    const text = callbackText();
    const signature = await sign(text);
    const bytes = bytesOf(text);
    const part = bytesOf(`..${text}..`).subarray(2, -2);
    for (const body of [text, bytes, part, bytes.slice().buffer]) {
      const callback = gateway(payseal).verifyCallback(body, signature);
      equal(callback.uniqueid, "125", "uniqueid");
      equal(callback.event_id, "Invoice:5:Payed", "event_id");
      ok(callback.isPaid, "isPaid");
    }
  },

  async "verify: the signature in any container of headers"(payseal) {
    const text = callbackText();
    const signature = await sign(text);
    const sources = [
      signature,
      signature.toUpperCase(),
      new Headers({ "X-SIGNATURE": signature }),
      new Map([["x-signature", signature]]),
      { "x-signature": signature },
      { "X-Signature": signature },
      { "X-SIGNATURE": [signature] },
      { host: "localhost", accept: undefined, "x-signature": signature },
    ];
    for (const source of sources) equal(gateway(payseal).verifyCallback(text, source).uniqueid, "125", "uniqueid");
  },

  async "verify: a request of the platform"(payseal) {
    const text = callbackText({ name: "Гюнтер" });
    const headers = { "content-type": "application/json", "X-SIGNATURE": await sign(text) };
    const request = new Request("http://localhost/callback", { method: "POST", headers, body: text });
    const callback = gateway(payseal).verifyCallback(await request.arrayBuffer(), request.headers);
    equal(callback.name, "Гюнтер", "name");
  },

  async "verify: digits as written"(payseal) {
    const text = callbackText().replace('"amount":1', '"amount":1.000000000000000000000000000001');
    const callback = gateway(payseal).verifyCallback(text, await sign(text));
    equal(callback.amount, "1.000000000000000000000000000001", "amount");
  },

  async "verify: a body of 64 KiB"(payseal) {
    const text = callbackText({ note: "x".repeat(64 * 1024) });
    for (const body of [text, bytesOf(text)]) {
      const callback = gateway(payseal).verifyCallback(body, await sign(text));
      equal(callback.extra?.["note"], "x".repeat(64 * 1024), "note");
    }
  },

  async "verify: a body that is not ASCII"(payseal) {
    const name = "Zoë Иванова 王 🦭 \u2028";
    const text = callbackText({ name, surname: "\\ \" / \n", note: { name } });
    for (const body of [text, bytesOf(text), text.replace("🦭", "\\ud83e\\uddad")]) {
      const callback = gateway(payseal).verifyCallback(body, await sign(body));
      equal(callback.name, name, "name");
      equal(callback.surname, "\\ \" / \n", "surname");
      equal(callback.extra?.["note"], { name }, "note");
    }
  },

  async "rotation: the result says which secret matched"(payseal) {
    const text = callbackText();
    const client = gateway(payseal, [otherSecret, secret]);
    equal(client.verifyCallback(text, await sign(text)).secret_index, 1, "secret_index");
    equal(client.verifyCallback(text, await sign(text, otherSecret)).secret_index, 0, "secret_index");
    equal(client.balances().headers["X-SIGNATURE"], await sign('{"action":"balances"}', otherSecret), "signed");
  },

  async "refuse: one bit of the body changed"(payseal) {
    const text = callbackText();
    const signature = await sign(text);
    const client = gateway(payseal);
    for (let index = 0; index < text.length; index += 1) {
      const bytes = bytesOf(text);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      const error = thrown(() => client.verifyCallback(bytes, signature), `byte ${index}`);
      equal(error.code, "signature_mismatch", `code for byte ${index}`);
    }
    equal(client.verifyCallback(text, signature).uniqueid, "125", "the same client afterwards");
  },

  async "refuse: one digit of the signature changed"(payseal) {
    const text = callbackText();
    const signature = await sign(text);
    const client = gateway(payseal);
    for (let index = 0; index < signature.length; index += 1) {
      const digit = signature[index] === "0" ? "1" : "0";
      const forged = signature.slice(0, index) + digit + signature.slice(index + 1);
      const error = thrown(() => client.verifyCallback(text, forged), `digit ${index}`);
      equal(error.code, "signature_mismatch", `code for digit ${index}`);
    }
  },

  async "refuse: two different signatures"(payseal) {
    const text = callbackText();
    const signature = await sign(text);
    const sources = [
      { "x-signature": [signature, "0".repeat(128)] },
      { "x-signature": signature, "X-Signature": "0".repeat(128) },
    ];
    for (const source of sources) {
      const error = thrown(() => gateway(payseal).verifyCallback(text, source), "two signatures");
      equal(error.code, "signature_ambiguous", "code");
    }
  },

  async "signCallback: a test callback verifies"(payseal) {
    const client = gateway(payseal);
    const signed = client.signCallback({ ...JSON.parse(callbackText()), amount: "1.00" });
    equal(signed.headers["X-SIGNATURE"], await sign(String(signed.body)), "X-SIGNATURE");
    equal(client.verifyCallback(signed.body, signed.headers).amount, "1.00", "amount");
  },

  async "notification: verified with a derived secret, nothing stored"(payseal) {
    const client = new payseal.ApiForCrypto({ walletId: "wallet", notificationSecret: secret });
    const call = client.createInvoice({
      blockchain: "tron",
      symbol: "USDT",
      value: "10000000",
      expiry: 15,
      confirmations: 1,
      data: { order_id: "order-125" },
    });
    const sent = JSON.parse(String(call.body));
    equal(sent.secret_key, await sign("order-125"), "secret_key");
    const invoice = {
      id: "i1", blockchain: "tron", symbol: "USDT", address: "T", active: true, value: 10000000,
      created: "2026-02-07 12:00:00", expiry: "2026-02-07 12:30:00", status: "PAID", confirmations: 1,
      data: { order_id: "order-125" },
    };
    const text = JSON.stringify({ ...invoice, secret_key: sent.secret_key });
    const notification = client.verifyNotification(text);
    equal(notification.value, "10000000", "value");
    ok(notification.isPaid, "isPaid");
    ok(!JSON.stringify(notification).includes(sent.secret_key), "the notification does not show the secret_key");
    const forged = text.replace(sent.secret_key, await sign("order-126"));
    equal(thrown(() => client.verifyNotification(forged), "forged").code, "signature_mismatch", "code");
  },

  async "run: a payout to its end, through pauses and lost answers"(payseal) {
    const withdraw = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
    const payout = gateway(payseal).payout(withdraw, { firstPause: 1, longestPause: 5 });
    /** @type {string[]} */
    const events = [];
    const outcome = await payseal.run(payout, {
      store: async (text, revision) => void events.push(`saved ${revision}`),
      send: async (call) => {
        events.push(JSON.parse(String(call.body)).action);
        if (events.length < 6) throw new TypeError("terminated");
        const paid = { to: "WMZ", amount_to: 10, purse: "Z1", status: "Complete", uniqueid: "135", success: true };
        return { status: 200, body: bytesOf(JSON.stringify(paid)) };
      },
    });
    equal(outcome.verdict, "paid", "verdict");
    equal(events, ["saved 1", "withdraw", "saved 2", "details", "saved 3", "details", "saved 4"], "events");
    equal(gateway(payseal).resumePayout(String(payout)).progress().stage, "done", "stage");
  },

  async "run: a callback ends a watch that sleeps"(payseal) {
    const client = gateway(payseal);
    const watch = client.watchInvoice("125", { firstPause: 600_000, longestPause: 600_000 });
    const sent = { status: 200, body: '{"type":"Invoice","status":"Created","uniqueid":"125","success":true}' };
    const text = callbackText();
    const callback = client.verifyCallback(text, await sign(text));
    const running = payseal.run(watch, { store: () => {}, send: async () => sent });
    await new Promise((resolve) => setTimeout(resolve, 10));
    ok(watch.onCallback(callback), "it is about the invoice");
    equal(await running, { verdict: "paid", isPaid: true, status: "Payed" }, "outcome");
  },

  async "run: without a send of its own it uses fetch, and is stopped by a signal"(payseal) {
    const nowhere = new payseal.Bitloga({ apiKey: "key", apiSecret: secret, baseUrl: "http://127.0.0.1:9/" });
    const withdraw = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
    const stop = new AbortController();
    const payout = nowhere.payout(withdraw);
    // Jest's jsdom has none.
    if (typeof fetch !== "function") {
      const refused = await payseal.run(payout, { store: () => {} }).catch((/** @type {any} */ error) => error);
      equal(refused.field, "send", "field");
      return;
    }
    const stopped = await payseal.run(payout, { store: () => {}, onProgress: () => stop.abort(), signal: stop.signal });
    equal(stopped, undefined, "outcome");
    equal(payout.progress().stage, "waiting", "stage");
  },

  "uniqueId: fresh, 26 characters, safe in URLs"({ uniqueId }) {
    const identifiers = new Set(Array.from({ length: 1000 }, () => uniqueId()));
    equal(identifiers.size, 1000, "how many differ");
    for (const identifier of identifiers) ok(/^[0-9A-Za-z_-]{26}$/.test(identifier), identifier);
  },
};
