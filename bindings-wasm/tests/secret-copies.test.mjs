// Secrets are copied: whatever becomes of the bytes that were given, a client verifies with what it was made of.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";

import { ApiForCrypto, Bitloga } from "payseal";

const body = '{"to":"WMZ","amount":1.00,"purse":"Z1","type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125"}';
const sign = (key) => createHmac("sha512", key).update(body).digest("hex");

/** So many clients that the module has to open those before again. */
function evict() {
  for (let count = 0; count < 70; count++) new Bitloga({ apiKey: "key", apiSecret: `secret-${count}` });
  for (let count = 0; count < 70; count++) new ApiForCrypto({ walletId: "wallet", notificationSecret: `secret-${count}` });
}

for (const [name, give] of Object.entries({
  "a secret": (key) => key,
  "a list of secrets": (key) => ["another secret", key],
  "a Uint8Array": (key) => new Uint8Array(key.buffer, key.byteOffset, key.length),
})) {
  test(`${name} that was wiped afterwards`, () => {
    const key = Buffer.from("a shared secret!");
    const genuine = sign(key);
    const client = new Bitloga({ apiKey: "key", apiSecret: give(key) });
    key.fill(0);
    evict();
    assert.equal(client.verifyCallback(body, genuine).uniqueid, "125");
    assert.throws(() => client.verifyCallback(body, sign(Buffer.alloc(16))), { code: "signature_mismatch" });
  });
}

test("one buffer for the secrets of two tenants", () => {
  const scratch = Buffer.alloc(16);
  const tenant = (secret) => {
    scratch.write(secret);
    return { client: new Bitloga({ apiKey: "key", apiSecret: scratch }), signature: sign(Buffer.from(secret)) };
  };
  const [one, other] = [tenant("secret of tenant"), tenant("another's secret")];
  evict();
  for (const [{ client }, { signature }] of [[one, one], [other, other]]) client.verifyCallback(body, signature);
  for (const [{ client }, { signature }] of [[one, other], [other, one]]) {
    assert.throws(() => client.verifyCallback(body, signature), { code: "signature_mismatch" });
  }
});

test("a notification secret that was wiped afterwards", () => {
  const key = Buffer.from("a secret of mine");
  const client = new ApiForCrypto({ walletId: "wallet", notificationSecret: key });
  const invoice = { blockchain: "tron", symbol: "USDT", value: 1n, expiry: 30, confirmations: 1, data: { order_id: "125" } };
  const before = client.createInvoice(invoice).body;
  key.fill(0);
  evict();
  assert.equal(client.createInvoice(invoice).body, before);
});
