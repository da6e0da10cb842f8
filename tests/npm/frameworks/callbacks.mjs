// What every example has to answer over HTTP.

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { callbackText, sign } from "./signing.mjs";

const CONTENT_TYPES = [
  "",
  "text/plain",
  "application/json; charset=utf-8",
  "application/x-www-form-urlencoded",
];

/** How long what a server has printed may take to arrive, in milliseconds. */
const PRINTING = 200;

const JSON_TYPE = { "content-type": "application/json" };

/**
 * @param {import("node:test").TestContext} context
 * @param {string} url
 * @param {() => string} printed what the server has printed so far
 * @param {Record<string, number>} [refused] content types that the framework itself refuses, and with which status
 */
export async function checkCallbacks(context, url, printed, refused = {}) {
  /** @type {(body: string | Uint8Array, headers: Record<string, string>) => Promise<[number, string]>} */
  const post = async (body, headers) => {
    const response = await fetch(url, { method: "POST", headers, body: /** @type {BodyInit} */ (body) });
    return [response.status, await response.text()];
  };
  /** @type {(body: string | Uint8Array) => Promise<[number, string]>} */
  const postSigned = (body) => post(body, { ...JSON_TYPE, "X-SIGNATURE": sign(body) });
  const at = new URL(url).pathname;

  await context.test(`${at}: a genuine callback is acted on once`, async () => {
    const body = callbackText();
    assert.deepEqual(await postSigned(body), [200, "fulfilled"]);
    assert.deepEqual(await postSigned(body), [200, "already known"]);
    const order = JSON.parse(body).uniqueid;
    await pause(PRINTING);
    assert.equal(printed().split(`order ${order} is paid: 1.00 WMZ`).length - 1, 1);
  });

  await context.test(`${at}: the bytes are verified as they were sent`, async () => {
    for (const name of ["Zoë Иванова 王 🦭", "\\u0417\\u043e\\u044f", "x".repeat(64 * 1024)]) {
      assert.deepEqual(await postSigned(callbackText(name)), [200, "fulfilled"], name.slice(0, 20));
    }
  });

  await context.test(`${at}: without a content type, or with another`, async () => {
    for (const type of CONTENT_TYPES) {
      const body = new TextEncoder().encode(callbackText());
      const headers = { "X-SIGNATURE": sign(body), ...(type && { "content-type": type }) };
      const [status, text] = await post(body, headers);
      if (type in refused) assert.equal(status, refused[type], type);
      else assert.deepEqual([status, text], [200, "fulfilled"], type);
    }
  });

  await context.test(`${at}: forged callbacks get 401`, async () => {
    const body = callbackText();
    const signature = sign(body);
    const changed = body.replace("1.00", "100");
    assert.deepEqual(await post(changed, { ...JSON_TYPE, "X-SIGNATURE": signature }), [401, "signature_mismatch"]);
    assert.deepEqual(await post(body, { ...JSON_TYPE }), [401, "signature_missing"]);
    assert.deepEqual(await post(body, { ...JSON_TYPE, "X-SIGNATURE": `${signature}0` }), [401, "signature_malformed"]);
    assert.deepEqual(await postSigned(body), [200, "fulfilled"]);
  });

  await context.test(`${at}: what is signed and no callback gets 400`, async () => {
    const notUtf8 = Uint8Array.from([0x7b, 0xff, 0x7d]);
    const withMark = new TextEncoder().encode(`\ufeff${callbackText()}`);
    for (const body of ["{}", "no JSON", '{"status":"Payed","status":"Error"}', notUtf8, withMark]) {
      assert.deepEqual(await postSigned(body), [400, "malformed_body"], String(body));
    }
    assert.deepEqual(await postSigned(callbackText()), [200, "fulfilled"]);
  });

  await context.test(`${at}: an empty body is not a callback`, async () => {
    const [status] = await postSigned("");
    assert.equal(status, 400);
  });
}
