// Where a signature may come from.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, test } from "node:test";

import { InvalidInputError, SignatureError } from "payseal";

import { bitloga } from "./support/clients.mjs";

const client = bitloga();
const { body, headers } = client.signCallback({ to: "WMZ", amount: "1.00", invoiceid: 5, uniqueid: "125" });
const signature = headers["X-SIGNATURE"];
const other = "0".repeat(128);

const accepted = {
  "the bare signature": signature,
  "in upper case": signature.toUpperCase(),
  Headers: new Headers(headers),
  "Headers with the same value twice": new Headers([["x-signature", signature], ["X-Signature", signature]]),
  "an object, as the gateway spells it": headers,
  "an object in lower case": { "content-type": "application/json", "x-signature": signature },
  "an object in any case": { "X-sIgNaTuRe": signature },
  "an object with an array": { "x-signature": [signature] },
  "an object with the same value in two cases": { "x-signature": signature, "X-SIGNATURE": [signature, signature] },
  "an object without a prototype": Object.assign(Object.create(null), { "X-Signature": signature }),
  "a Map": new Map([["X-Signature", signature]]),
  "a Map with arrays": new Map([["x-signature", [signature]]]),
  "a Request": new Request("http://localhost/", { method: "POST", headers, body }),
  "an event of AWS Lambda, version 1": { headers: { "X-Signature": signature }, multiValueHeaders: { "X-Signature": [signature] } },
  "an event of AWS Lambda without single values": { headers: null, multiValueHeaders: { "X-Signature": [signature] } },
  "an event of AWS Lambda, version 2": { version: "2.0", headers: { "x-signature": signature }, body },
  "white space around a header": { "x-signature": ` ${signature} ` },
};

const refused = {
  "nothing: null": [null, "signature_missing"],
  "nothing: undefined": [undefined, "signature_missing"],
  "nothing: an empty text": ["", "signature_missing"],
  "no such header": [{ "content-type": "application/json" }, "signature_missing"],
  "an empty header": [new Headers({ "x-signature": "" }), "signature_missing"],
  "an event without headers": [{ headers: {}, body }, "signature_missing"],
  "a similar header": [{ "x-signatures": signature, "x_signature": signature }, "signature_missing"],
  "two different values": [{ "x-signature": [signature, other] }, "signature_ambiguous"],
  "two different values in two cases": [{ "x-signature": signature, "X-SIGNATURE": other }, "signature_ambiguous"],
  "two different values in Headers": [new Headers([["x-signature", signature], ["x-signature", other]]), "signature_ambiguous"],
  "two different values of an event": [
    { headers: { "x-signature": signature }, multiValueHeaders: { "x-signature": [signature, other] } },
    "signature_ambiguous",
  ],
  "a header that is not text": [{ "x-signature": 5 }, "signature_malformed"],
  "a header that is an object": [{ "x-signature": { toString: () => signature } }, "signature_malformed"],
  "a very long text": ["a".repeat(1 << 22), "signature_malformed"],
  "a very long header": [{ "x-signature": "a".repeat(1 << 22) }, "signature_malformed"],
};

describe("sources", () => {
  for (const [name, source] of Object.entries(accepted)) {
    test(name, () => assert.equal(client.verifyCallback(body, source).uniqueid, "125"));
  }

  for (const [name, [source, code]] of Object.entries(refused)) {
    test(name, () => assert.throws(() => client.verifyCallback(body, source), { code, name: SignatureError.prototype.name }));
  }

  for (const source of [5, true, 1n, Symbol("s"), () => signature]) {
    test(`a ${typeof source} is not a source`, () => {
      assert.throws(() => client.verifyCallback(body, source), (error) => error instanceof InvalidInputError && error.field === "source");
    });
  }

  test("a long header with the same value many times, and a body after it", () => {
    const source = { "x-signature": Array(20).fill(signature) };
    assert.equal(client.verifyCallback(body, source).uniqueid, "125");
  });

  test("a request of node:http", async (t) => {
    const received = [];
    const server = createServer(async (request, response) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push(client.verifyCallback(Buffer.concat(chunks), request.headers), client.verifyCallback(Buffer.concat(chunks), request));
      response.end();
    });
    t.after(() => server.close());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    await fetch(`http://127.0.0.1:${server.address().port}/`, { method: "POST", headers, body });
    assert.deepEqual(received.map(({ uniqueid }) => uniqueid), ["125", "125"]);
  });
});
