// Callbacks as the gateway sends them, signed with Node's own HMAC.

import { createHmac } from "node:crypto";

const secret = "9b1c7e20d4f84a6fb35e8a1d0c72f6e3";

/** What every example finds in its environment. */
export const credentials = { BITLOGA_API_KEY: "key", BITLOGA_API_SECRET: secret };

/**
 * @param {string | Uint8Array} body
 * @returns {string}
 */
export function sign(body) {
  return createHmac("sha512", secret).update(body).digest("hex");
}

let last = 0;

/**
 * The text of a callback that was not sent before, written as PHP does.
 *
 * @param {string} [name]
 */
export function callbackText(name = "") {
  last += 1;
  return `{ "to":"WMZ", "amount":1.00, "purse":"Z\\/1", "type":"Invoice", "status":"Payed",
    "name":"${name}", "invoiceid":${last}, "uniqueid":"order-${last}" }`;
}
