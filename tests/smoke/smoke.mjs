// Uses the installed npm package, on any system: smoke.mjs VECTORS
//
// A callback is verified, a changed one refused, a call built to the byte, and amounts stay exact. It needs only the
// package and the vectors of Bitloga, tests/vectors/bitloga.json.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

import { Bitloga, SignatureError } from "payseal";

const { client, callbacks, calls } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const bitloga = new Bitloga({ apiKey: client.api_key, apiSecret: client.api_secret });

const received = callbacks.find(({ name }) => name === "as documented");
const callback = bitloga.verifyCallback(received.body, received.signature);
assert.equal(callback.event_id, received.event_id);
assert.equal(callback.amount, received.value.amount);

assert.throws(
  () => bitloga.verifyCallback(received.body.replace("1.00", "9.00"), received.signature),
  (error) => error instanceof SignatureError && error.code === "signature_mismatch",
);

const { input, request } = calls.find(({ name }) => name === "create_invoice: as documented");
const call = bitloga.createInvoice(input);
assert.deepEqual(Object.entries(call.headers), request.headers);
assert.equal(call.body, request.body);

// The other module format, too.
const { Bitloga: Required } = createRequire(import.meta.url)("payseal");
assert.equal(new Required({ apiKey: "key", apiSecret: client.api_secret })
  .verifyCallback(received.body, received.signature).event_id, received.event_id);

console.log(`payseal works on ${process.platform} ${process.arch}, Node ${process.versions.node}`);
