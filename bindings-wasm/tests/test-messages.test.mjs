// Messages made for the tests of an endpoint: any body, fields that no document names, both gateways.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import { ApiForCrypto, Bitloga, InvalidInputError } from "payseal";

const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
const fields = { to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125" };
const sign = (body) => createHmac("sha512", "secret").update(body).digest("hex");

const isRefused = (field) => (error) => {
  assert.ok(error instanceof InvalidInputError, String(error.stack));
  assert.equal(error.code, "invalid_input");
  assert.equal(error.field, field);
  return true;
};

describe("signCallbackBody", () => {
  for (const body of ["no callback", "", "Ж€😀", '{"a":1}', "x".repeat(3 << 20)]) {
    test(`signs ${inspect(body.slice(0, 20))} of ${body.length}`, () => {
      const signed = bitloga.signCallbackBody(body);
      assert.equal(signed.body, body);
      assert.equal(signed.headers["X-SIGNATURE"], sign(body));
      assert.equal(signed.headers["Content-type"], "application/json");
    });
  }

  test("signs bytes, whatever they are, and keeps a copy", () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x7b]);
    const signature = sign(bytes);
    for (const body of [bytes, new Uint8Array(bytes), new Uint8Array(bytes).buffer, new DataView(new Uint8Array(bytes).buffer)]) {
      const signed = bitloga.signCallbackBody(body);
      assert.equal(signed.headers["X-SIGNATURE"], signature);
      assert.deepEqual([...signed.body], [...bytes]);
    }
    const signed = bitloga.signCallbackBody(bytes);
    bytes.fill(0);
    assert.deepEqual([...signed.body], [0xff, 0x00, 0xfe, 0x7b]);
    assert.throws(() => bitloga.verifyCallback(signed.body, signed.headers), { code: "malformed_body" });
  });

  test("signs what is sent of half a surrogate pair", () => {
    const signed = bitloga.signCallbackBody("a\ud800b");
    assert.equal(signed.body, "a\ufffdb");
    assert.equal(signed.headers["X-SIGNATURE"], sign("a\ufffdb"));
  });

  test("refuses what is not a body", () => {
    for (const body of [undefined, null, 5, {}, ["a"]]) assert.throws(() => bitloga.signCallbackBody(body), { code: "body_not_raw" });
  });

  test("signs as a client that was evicted from the module", () => {
    const client = new Bitloga({ apiKey: "key", apiSecret: "secret" });
    for (let count = 0; count < 70; count++) new Bitloga({ apiKey: "key", apiSecret: `another ${count}` });
    assert.equal(client.signCallbackBody("body").headers["X-SIGNATURE"], sign("body"));
  });
});

describe("signCallback with extra fields", () => {
  test("adds them after those of the document, with their digits", () => {
    const extra = { network: "tron", fee: 0.5, block: 12345678901234567890n, deep: { list: [1, null, true, "Ж\n"] }, empty: {} };
    const { body, headers } = bitloga.signCallback(fields, { extra });
    const end = '"network":"tron","fee":0.5,"block":12345678901234567890,"deep":{"list":[1,null,true,"Ж\\n"]},"empty":{}}';
    assert.ok(body.endsWith(end), body);
    assert.equal(headers["X-SIGNATURE"], sign(body));
    const callback = bitloga.verifyCallback(body, headers);
    assert.equal(callback.uniqueid, "125");
    assert.deepEqual(callback.extra, {
      network: "tron", fee: "0.5", block: "12345678901234567890", deep: { list: ["1", null, true, "Ж\n"] }, empty: {},
    });
  });

  test("changes nothing where there are none", () => {
    const { body } = bitloga.signCallback(fields);
    for (const options of [undefined, {}, { extra: {} }]) assert.equal(bitloga.signCallback(fields, options).body, body);
  });

  const cyclic = {};
  cyclic.again = cyclic;
  let deep = 1;
  for (let depth = 0; depth < 100; depth++) deep = [deep];
  for (const [name, extra] of Object.entries({
    "a field of the document": { amount: "2.00" }, "a value that is left out": { network: undefined }, "no number": { fee: NaN },
    "an infinite number": { fee: Infinity }, "a function": { fee() {} }, "a symbol": { fee: Symbol("x") },
    "what holds itself": cyclic, "what is too deep": { deep }, "half a surrogate pair": { text: "\ud800" },
    "half a surrogate pair in a name": { "\ud800": 1 }, "what throws": { get fee() { throw new Error("no"); } },
    "a list": ["a"], "a text": "a", nothing: null, "a class of its own": { date: new Date(0) },
  })) {
    test(`refuses ${name}`, () => assert.throws(() => bitloga.signCallback(fields, { extra }), isRefused("extra")));
  }

  test("takes only what an object itself has", () => {
    const { body } = bitloga.signCallback(fields, { extra: Object.create({ network: "tron" }, { fee: { value: 1, enumerable: true } }) });
    assert.ok(body.endsWith('"fee":1}') && !body.includes("network"), body);
  });

  test("refuses options that do not exist", () => {
    assert.throws(() => bitloga.signCallback(fields, { extras: {} }), isRefused("extras"));
    assert.throws(() => bitloga.signCallback(fields, { network: "tron" }), isRefused("network"));
    assert.throws(() => bitloga.signCallback(fields, "tron"), isRefused("options"));
  });
});

describe("testNotification", () => {
  const notification = { id: "i1", blockchain: "tron", symbol: "USDT", address: "TQ", value: 10_500_000n };

  test("verifies with the secret key it was made with", () => {
    const client = new ApiForCrypto({ walletId: "wallet" });
    const { body, headers } = client.testNotification({ ...notification, secret_key: "of this invoice" });
    assert.equal(headers["Content-type"], "application/json");
    const verified = client.verifyNotification(body, "of this invoice");
    assert.equal(verified.id, "i1");
    assert.equal(verified.value, "10500000");
    assert.equal(verified.status, "PAID");
    assert.ok(verified.isPaid);
    assert.throws(() => client.verifyNotification(body, "another"), { code: "signature_mismatch" });
  });

  test("derives the secret key from the order, as invoices do", () => {
    const client = new ApiForCrypto({ walletId: "wallet", notificationSecret: "mine" });
    for (let count = 0; count < 70; count++) new ApiForCrypto({ walletId: "wallet", notificationSecret: `another ${count}` });
    const { body } = client.testNotification({ ...notification, status: "PENDING", confirmations: 1, data: { order_id: "125" } });
    const verified = client.verifyNotification(body);
    assert.equal(verified.data.order_id, "125");
    assert.equal(verified.status, "PENDING");
    assert.equal(verified.confirmations, 1);
  });

  test("refuses what is missing, misspelt or of another type", () => {
    const client = new ApiForCrypto({ walletId: "wallet" });
    assert.throws(() => client.testNotification(notification), isRefused("secret_key"));
    assert.throws(() => client.testNotification({ ...notification, id: undefined, secret_key: "x" }), isRefused("id"));
    assert.throws(() => client.testNotification({ ...notification, secretKey: "x" }), isRefused("secretKey"));
    assert.throws(() => client.testNotification({ ...notification, value: "a", secret_key: "x" }), isRefused("value"));
    assert.throws(() => client.testNotification(), isRefused("id"));
  });

  test("keeps its secret key out of logs, but not from programs", () => {
    const client = new ApiForCrypto({ walletId: "wallet" });
    const message = client.testNotification({ ...notification, secret_key: "of this invoice" });
    for (const shown of [inspect(message), inspect([message], { depth: 9, showHidden: true }), JSON.stringify({ message }), String(message)]) {
      assert.ok(!shown.includes("of this invoice"), shown);
    }
    assert.equal(JSON.parse(message.body).secret_key, "of this invoice");
    assert.deepEqual(Object.keys(message).sort(), ["body", "headers"]);
  });
});
