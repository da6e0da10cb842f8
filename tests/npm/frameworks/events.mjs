// The events that AWS Lambda hands to its handler. Those in events/ have the shapes that AWS documents, and the
// callback of the gateway's document as their body.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { credentials, sign } from "./signing.mjs";

const SHAPES = ["http-api", "http-api-base64", "rest-api", "load-balancer"];

/** @typedef {{ statusCode: number, body: string }} Answer */

/**
 * @param {import("node:test").TestContext} context
 * @param {string} folder
 */
export async function checkEvents(context, folder) {
  Object.assign(process.env, credentials);
  for (const shape of SHAPES) {
    await context.test(shape, async () => {
      // The query makes it a module of its own, as a new instance of the function would have.
      const url = `${pathToFileURL(join(folder, "index.js")).href}?${shape}`;
      /** @type {{ handler: (event: object) => Promise<Answer> }} */
      const { handler } = await import(url);
      await checkEvent(handler, shape);
    });
  }
}

/**
 * @param {(event: object) => Promise<Answer>} handler
 * @param {string} shape
 */
async function checkEvent(handler, shape) {
  const path = new URL(`./events/${shape}.json`, import.meta.url);
  const event = JSON.parse(readFileSync(path, "utf8"));
  assert.deepEqual(await handler(event), { statusCode: 200, body: "fulfilled" });
  assert.deepEqual(await handler(event), { statusCode: 200, body: "already known" });

  const other = Buffer.from('{"status":"Payed"}').toString(event.isBase64Encoded ? "base64" : "utf8");
  assert.deepEqual(await handler({ ...event, body: other }), { statusCode: 401, body: "signature_mismatch" });
  const unsigned = { ...event, headers: undefined, multiValueHeaders: undefined };
  assert.deepEqual(await handler(unsigned), { statusCode: 401, body: "signature_missing" });
  const malformed = { ...unsigned, body: "", isBase64Encoded: false, headers: { "X-Signature": sign("") } };
  assert.deepEqual(await handler(malformed), { statusCode: 400, body: "malformed_body" });
}
