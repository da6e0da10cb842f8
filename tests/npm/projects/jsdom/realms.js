import { callbackText, secret, sign } from "./suite/fixtures.mjs";

const invoice = { blockchain: "tron", symbol: "USDT", value: "10000000", expiry: 15, confirmations: 1 };

/**
 * Checks that bytes are accepted as secrets and as bodies, whichever realm's `Uint8Array` they are.
 *
 * @param {typeof import("payseal")} payseal
 * @param {Uint8ArrayConstructor} Outside that of another realm
 * @returns {Promise<string[]>} the names of the checks
 */
export async function checkRealms({ ApiForCrypto, Bitloga }, Outside) {
  if (new Outside(1) instanceof Uint8Array) throw new Error("both are of one realm");
  const text = callbackText();
  const signature = await sign(text);
  const derived = await sign("order-125");
  for (const Bytes of [Uint8Array, Outside]) {
    const bytesOf = (/** @type {string} */ ascii) => Bytes.from(ascii, (character) => character.charCodeAt(0));
    for (const apiSecret of [bytesOf(secret), [bytesOf(secret)]]) {
      const { uniqueid } = new Bitloga({ apiKey: "key", apiSecret }).verifyCallback(bytesOf(text), signature);
      same(uniqueid, "125");
    }
    const client = new ApiForCrypto({ walletId: "wallet", notificationSecret: bytesOf(secret) });
    const call = client.createInvoice({ ...invoice, data: { order_id: "order-125" } });
    same(JSON.parse(String(call.body)).secret_key, derived);
  }
  return ["realms: bytes made inside", "realms: bytes made outside"];
}

/**
 * @param {unknown} actual
 * @param {unknown} expected
 */
function same(actual, expected) {
  if (actual !== expected) throw new Error(`${actual} is not ${expected}`);
}
