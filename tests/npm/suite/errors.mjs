// Every class and every code of the errors, and that they are real errors which tell no secret.

import { equal, ok, thrown } from "./check.mjs";
import { callbackText, otherSecret, secret, sign } from "./fixtures.mjs";

/** @typedef {import("./behaviour.mjs").Payseal} Payseal */

/**
 * Everything that goes wrong, by class and code.
 *
 * @param {Payseal} payseal
 * @returns {Promise<[family: string, code: string, action: () => unknown][]>}
 */
async function mistakes({ Bitloga, expectCallback }) {
  const client = new Bitloga({ apiKey: "key", apiSecret: secret });
  const text = callbackText();
  const signature = await sign(text);
  const callback = client.verifyCallback(text, signature);
  const malformed = '{"status":"Payed","status":"Error"}';
  const malformedSignature = await sign(malformed);
  const answer = client.balances();
  return [
    ["InvalidInputError", "invalid_input", () => client.withdraw(/** @type {any} */ ({ uniqueid: "1" }))],
    ["InvalidInputError", "invalid_secret", () => new Bitloga({ apiKey: "key", apiSecret: " " })],
    ["InvalidInputError", "body_not_raw", () => client.verifyCallback(JSON.parse(text), signature)],
    ["SignatureError", "signature_missing", () => client.verifyCallback(text, {})],
    ["SignatureError", "signature_malformed", () => client.verifyCallback(text, `${signature}00`)],
    ["SignatureError", "signature_mismatch", () => client.verifyCallback(`${text} `, signature)],
    [
      "SignatureError",
      "signature_ambiguous",
      () => client.verifyCallback(text, { "x-signature": [signature, "0".repeat(128)] }),
    ],
    ["GatewayError", "rejected", () => answer.parse(200, '{"success":false,"error":"Wrong key"}')],
    ["GatewayError", "http_status", () => answer.parse(502, "<html>")],
    ["MalformedError", "malformed_body", () => client.verifyCallback(malformed, malformedSignature)],
    ["MismatchError", "mismatch", () => expectCallback(callback, { uniqueid: "125", amount: "100" })],
  ];
}

/** @type {Record<string, import("./behaviour.mjs").Check>} */
export const errors = {
  async "errors: every class and code is a real error"(payseal) {
    for (const [family, code, action] of await mistakes(payseal)) {
      const error = thrown(action, code);
      equal(error.code, code, "code");
      equal(error.name, family, `name of ${code}`);
      const classes = /** @type {Record<string, any>} */ (payseal);
      ok(error instanceof Error, `${code} is an Error`);
      ok(error instanceof payseal.PaysealError, `${code} is a PaysealError`);
      ok(error instanceof classes[family], `${code} is a ${family}`);
      ok(error.message.length > 0 && String(error).includes(error.message), `${code} has a message`);
      ok(error.stack?.includes("\n"), `${code} has a stack`);
    }
  },

  async "errors: only the right class"(payseal) {
    const families = ["InvalidInputError", "SignatureError", "GatewayError", "MalformedError", "MismatchError"];
    const classes = /** @type {Record<string, any>} */ (payseal);
    for (const [family, code, action] of await mistakes(payseal)) {
      const error = thrown(action, code);
      const matching = families.filter((name) => error instanceof classes[name]);
      equal(matching, [family], `classes of ${code}`);
    }
  },

  async "errors: no secret, signature or body in anything they show"(payseal) {
    const text = callbackText();
    const shown = [secret, otherSecret, await sign(text), text];
    for (const [, code, action] of await mistakes(payseal)) {
      const error = thrown(action, code);
      const all = [error.message, error.stack, String(error), JSON.stringify(error)].join("\n");
      for (const hidden of shown) ok(!all.includes(hidden), `${code} shows ${hidden.slice(0, 4)}…`);
    }
  },

  async "errors: what they carry"({ Bitloga, expectCallback }) {
    const client = new Bitloga({ apiKey: "key", apiSecret: secret });
    const text = callbackText();
    const callback = client.verifyCallback(text, await sign(text));
    equal(thrown(() => client.details({ uniqueid: "" }), "details").field, "uniqueid", "field");
    const rejected = thrown(() => client.balances().parse(200, '{"success":false,"error":"Wrong key"}'), "rejected");
    equal(rejected.reason, "Wrong key", "reason");
    equal(rejected.retryable, false, "retryable");
    equal(thrown(() => client.balances().parse(502, "<html>"), "status 502").retryable, true, "retryable");
    const mismatch = thrown(() => expectCallback(callback, { uniqueid: "126", amount: "2" }), "mismatch");
    ok(mismatch.message.includes("uniqueid") && mismatch.message.includes("amount"), mismatch.message);
  },

  async "errors: the client works after each of them"(payseal) {
    const client = new payseal.Bitloga({ apiKey: "key", apiSecret: secret });
    const text = callbackText();
    const signature = await sign(text);
    for (const [, code, action] of await mistakes(payseal)) {
      thrown(action, code);
      equal(client.verifyCallback(text, signature).uniqueid, "125", `uniqueid after ${code}`);
    }
  },
};
