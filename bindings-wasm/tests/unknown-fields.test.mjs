// Fields that no document names: small ones are there at once, large ones when somebody looks.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import { Bitloga } from "payseal";

const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });

/** A genuine callback with a field that no document names. */
function callbackWith(note) {
  const body = `{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125","note":${note}}`;
  return bitloga.verifyCallback(body, createHmac("sha512", "secret").update(body).digest("hex"));
}

const items = (count) => `[${Array.from({ length: count }, (_, number) => `${number}.50`).join(",")}]`;
const texts = (count) => Array.from({ length: count }, (_, number) => `${number}.50`);

describe("unknown fields", () => {
  test("numbers keep their digits, wherever they are", () => {
    const { extra } = callbackWith(String.raw`{"1":-2.50E+3,"\"3\\":["4","\u0035",6,true,null],"":{}}`);
    assert.deepEqual(extra, { note: { 1: "-2.50E+3", '"3\\': ["4", "5", "6", true, null], "": {} } });
  });

  for (const count of [10, 20_000]) {
    test(`${count} values read the same in every way`, () => {
      const expected = { note: texts(count) };
      assert.deepEqual(callbackWith(items(count)).extra, expected);
      assert.deepEqual({ ...callbackWith(items(count)) }.extra, expected);
      assert.deepEqual(structuredClone(callbackWith(items(count))).extra, expected);
      assert.deepEqual(JSON.parse(JSON.stringify(callbackWith(items(count)))).extra, expected);
    });
  }

  test("many values are read once, when somebody looks", () => {
    const callback = callbackWith(items(20_000));
    assert.match(inspect(callback), /extra: \[Getter\]/);
    assert.equal(callback.extra, callback.extra);
    assert.equal(typeof Object.getOwnPropertyDescriptor(callback, "extra").value, "object");
  });

  test("few values are there at once", () => {
    assert.equal(typeof Object.getOwnPropertyDescriptor(callbackWith(items(10)), "extra").value, "object");
  });
});
