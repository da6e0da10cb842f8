// Bodies and headers of every make, sound and broken, and results that depend on nothing they were read from.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { createContext, runInContext, runInNewContext } from "node:vm";

import { ApiForCrypto, Bitloga, InvalidInputError, PaysealError, expectCallback, send } from "payseal";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
const sign = (body) => createHmac("sha512", "secret").update(body).digest("hex");
const callbackWith = (more) =>
  `{"to":"WMZ","amount":1.00,"purse":"Z123456789012345678901234567890","type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125"${more}}`;
const body = callbackWith("");
const signature = sign(body);
const checkWorks = () => assert.equal(bitloga.verifyCallback(body, signature).uniqueid, "125");

const withMember = (bytes, name, value) => Object.defineProperty(bytes, name, { value });

describe("bodies that lie about their length are read as they are:", () => {
  for (const [name, lie] of Object.entries({ NaN: NaN, none: 0, less: 5, more: 1e6, "too much": 2 ** 40, "a text": "9", negative: -1 })) {
    test(name, () => {
      for (const member of ["length", "byteLength", "byteOffset", "buffer"]) {
        assert.equal(bitloga.verifyCallback(withMember(Buffer.from(body), member, lie), signature).uniqueid, "125", member);
        const view = withMember(new DataView(Uint8Array.from(Buffer.from(body)).buffer), member, lie);
        assert.equal(bitloga.verifyCallback(view, signature).uniqueid, "125", member);
        const answer = withMember(Buffer.from('{"success":false,"error":"no"}'), member, lie);
        assert.throws(() => bitloga.balances().parse(200, answer), { code: "rejected", body: '{"success":false,"error":"no"}' });
      }
      checkWorks();
    });
  }

  test("a class of one's own that overrides everything", () => {
    class Sly extends Uint8Array {
      get length() { return NaN; }
      get byteLength() { throw new Error("never asked"); }
      subarray() { throw new Error("never called"); }
      slice() { throw new Error("never called"); }
      static get [Symbol.species]() { throw new Error("never asked"); }
    }
    assert.equal(bitloga.verifyCallback(new Sly(Buffer.from(body)), signature).uniqueid, "125");
    assert.throws(() => bitloga.balances().parse(502, new Sly(Buffer.from("down"))), { code: "http_status", body: "down" });
    checkWorks();
  });
});

describe("bodies of another realm", () => {
  const realm = createContext({ text: body });
  for (const code of [
    "Uint8Array.from(text, (character) => character.charCodeAt(0))",
    "Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer",
    "new DataView(Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer)",
  ]) {
    test(code, () => assert.equal(bitloga.verifyCallback(runInContext(code, realm), signature).uniqueid, "125"));
  }
});

/** Bytes whose memory was handed on to somebody else. */
function handedOn(make) {
  const { buffer } = Uint8Array.from(Buffer.from(body));
  const view = make(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  return view;
}

const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};

const refuse = () => {
  throw new TypeError("not today");
};
const throwing = new Proxy({}, { ownKeys: refuse, get: refuse, getOwnPropertyDescriptor: refuse });

describe("what cannot be read is an error of the family:", () => {
  for (const [name, broken] of Object.entries({
    "a Uint8Array whose memory was handed on": handedOn((buffer) => new Uint8Array(buffer)),
    "a DataView whose memory was handed on": handedOn((buffer) => new DataView(buffer)),
    "an ArrayBuffer that was handed on": handedOn((buffer) => buffer),
    "a revoked object": revoked({}),
    "a revoked list": revoked([]),
    "an object that throws": throwing,
  })) {
    test(`${name} as a body`, () => {
      const attempts = [
        () => bitloga.verifyCallback(broken, signature),
        () => bitloga.diagnose(broken, signature),
        () => bitloga.balances().parse(200, broken),
        () => new ApiForCrypto({ walletId: "w" }).verifyNotification(broken, "key"),
      ];
      for (const attempt of attempts) {
        assert.throws(attempt, (error) => error instanceof InvalidInputError && error.code === "body_not_raw");
      }
      checkWorks();
    });
  }

  test("transferred memory is named as such", () => {
    const broken = handedOn((buffer) => new Uint8Array(buffer));
    assert.throws(() => bitloga.verifyCallback(broken, signature), /handed on|transferred/);
  });

  const cyclic = {};
  cyclic.headers = cyclic;
  const cyclicLists = { headers: {} };
  cyclicLists.multiValueHeaders = cyclicLists;
  const cyclicValue = [];
  cyclicValue.push(cyclicValue);
  for (const [name, source] of Object.entries({
    "headers that hold themselves": cyclic,
    "headers of several values that hold themselves": cyclicLists,
    "headers that are revoked": revoked({}),
    "a list that is revoked": revoked([]),
    "a request whose headers are revoked": { headers: revoked({}) },
    "headers that throw": throwing,
    "a container that throws": { forEach() { throw new TypeError("not today"); } },
    "headers a thousand deep": Array.from({ length: 1000 }).reduce((inner) => ({ headers: inner }), { "x-signature": signature }),
  })) {
    test(name, () => {
      assert.throws(() => bitloga.verifyCallback(body, source), (error) => error instanceof InvalidInputError && error.field === "source");
      assert.throws(() => bitloga.diagnose(body, source), (error) => error instanceof PaysealError);
    });
  }

  test("a signature that holds itself or is revoked is refused", () => {
    assert.throws(() => bitloga.verifyCallback(body, { "x-signature": cyclicValue }), { code: "signature_malformed" });
    assert.throws(() => bitloga.verifyCallback(body, cyclicValue), { code: "signature_missing" });
    assert.throws(() => bitloga.verifyCallback(body, { "x-signature": revoked([]) }), PaysealError);
  });

  test("parameters, options, expectations and callbacks that are revoked or throw", () => {
    for (const broken of [revoked({}), throwing]) {
      const attempts = [
        () => bitloga.details(broken), () => bitloga.signCallback(broken), () => expectCallback(broken, { uniqueid: "1" }),
        () => expectCallback(bitloga.verifyCallback(body, signature), broken), () => new Bitloga(broken),
        () => new Bitloga({ apiKey: "key", apiSecret: broken }), () => new Bitloga({ apiKey: "key", apiSecret: [broken] }),
        () => new ApiForCrypto({ walletId: "w" }).createInvoice({ data: broken }), () => new ApiForCrypto(broken),
      ];
      for (const attempt of attempts) assert.throws(attempt, InvalidInputError, attempt.toString());
    }
  });

  test("options of send", async () => {
    for (const broken of [revoked({}), throwing]) await assert.rejects(send(bitloga.balances(), broken), InvalidInputError);
    for (const broken of [revoked({}), throwing]) await assert.rejects(send(broken), InvalidInputError);
  });
});

describe("signatures in lists", () => {
  const other = "0".repeat(128);
  for (const [name, source] of Object.entries({
    "a list of one": [signature],
    "a list of equal ones": [signature, signature.toUpperCase()],
    "headers as pairs": [["content-type", "application/json"], ["X-Signature", signature]],
    "headers of Lambda@Edge": { "x-signature": [{ key: "X-SIGNATURE", value: signature }] },
    "a request of Lambda@Edge": { method: "POST", headers: { "x-signature": [{ key: "X-SIGNATURE", value: signature }] } },
    "a list of headers of Lambda@Edge": [{ key: "X-SIGNATURE", value: signature }],
    "an iterable of pairs": new Map([["x-signature", signature]]).entries(),
  })) {
    test(name, () => assert.equal(bitloga.verifyCallback(body, source).uniqueid, "125"));
  }
  for (const [name, source, code] of [
    ["an empty list", [], "signature_missing"],
    ["a list of nothing", [undefined, null, ""], "signature_missing"],
    ["a list of two", [signature, other], "signature_ambiguous"],
    ["two values of Lambda@Edge", { "x-signature": [{ value: signature }, { value: other }] }, "signature_ambiguous"],
    ["a list of numbers", [5], "signature_malformed"],
    ["pairs without it", [["host", "shop.example"]], "signature_missing"],
    ["a value that is not text", { "x-signature": [{ key: "X-SIGNATURE", value: 5 }] }, "signature_malformed"],
  ]) {
    test(name, () => assert.throws(() => bitloga.verifyCallback(body, source), { code }));
  }
});

describe("headers that were not awaited", () => {
  const headers = new Headers({ "x-signature": signature });
  for (const [name, source] of Object.entries({
    "a promise": Promise.resolve(headers),
    "a promise of another realm": runInNewContext("Promise.resolve({})"),
    "what can be awaited": { then() {} },
    "a promise within a request": { headers: Promise.resolve(headers) },
  })) {
    test(name, () => {
      for (const action of ["verifyCallback", "diagnose"]) {
        assert.throws(() => bitloga[action](body, source), (error) => {
          assert.ok(error instanceof InvalidInputError);
          assert.equal(error.field, "source");
          return /await it/.test(error.message);
        });
      }
    });
  }
});

describe("results", () => {
  const escaped = callbackWith(String.raw`,"name":"a \"b\" c","note":"\u0416"`);

  const patient = new Bitloga({ apiKey: "key", apiSecret: "secret", maxBody: 1 << 26 });
  let length = 1 << 20;

  /** Does something while the platform's own functions use this library in between. */
  function reentrant(action) {
    const { parse } = JSON;
    const { fromEntries } = Object;
    let isInside = false;
    const disturbing = (original) =>
      function (...values) {
        if (!isInside) {
          isInside = true;
          // Longer each time, so that the module's memory has to grow and moves.
          length += 1 << 20;
          const long = callbackWith(`,"note":"${"x".repeat(length)}"`);
          patient.verifyCallback(long, sign(long));
          bitloga.createInvoice({ uniqueid: "other", paysys: "OTHER", amount: "9.99", purse: "OTHER" });
          bitloga.verifyCallback(body, signature);
          isInside = false;
        }
        return original.apply(this, values);
      };
    JSON.parse = disturbing(parse);
    Object.fromEntries = disturbing(fromEntries);
    try {
      return action();
    } finally {
      JSON.parse = parse;
      Object.fromEntries = fromEntries;
    }
  }

  test("are whole when JSON.parse uses this library", () => {
    const expected = bitloga.verifyCallback(escaped, sign(escaped));
    assert.deepEqual(reentrant(() => bitloga.verifyCallback(escaped, sign(escaped))), expected);
    const answer = '{"U\\u0053D":1.50,"EUR":"2","success":true,"note":{"a":1}}';
    const balances = bitloga.balances().parse(200, answer);
    assert.deepEqual(reentrant(() => bitloga.balances().parse(200, answer)), balances);
    const page = '{"success":true,"data":[{"code":"\\u0061","amount":1.00,"currency":"USD","status":"Active","x":1},{"code":"\\u0062","amount":2,"currency":"EUR","status":"Active"}]}';
    assert.deepEqual(reentrant(() => bitloga.listCodes().parse(200, page)), bitloga.listCodes().parse(200, page));
  });

  for (const count of [10, 20_000]) {
    test(`that are frozen show ${count} unknown values`, () => {
      const values = Array.from({ length: count }, (_, number) => number);
      const long = callbackWith(`,"note":[${values}]`);
      for (const protect of [Object.freeze, Object.seal, Object.preventExtensions]) {
        const callback = protect(bitloga.verifyCallback(long, sign(long)));
        assert.deepEqual(callback.extra, { note: values.map(String) });
        assert.equal(callback.extra, callback.extra);
      }
    });
  }

  test("of which one field is kept do not keep the whole body", () => {
    const filler = "x".repeat(900_000);
    const kept = [];
    const used = () => (collectGarbage(), process.memoryUsage().heapUsed);
    const measured = (make) => {
      make(0);
      const before = used();
      for (let number = 1; number <= 30; number++) kept.push(make(number));
      return (used() - before) / 30;
    };
    const long = (number) => callbackWith(`,"name":"${filler}${number}"`).replace("Z12345", `Z${number}`);
    const perText = measured((number) => {
      const text = Buffer.from(long(number)).toString("latin1");
      return bitloga.verifyCallback(text, sign(text)).purse;
    });
    const perBytes = measured((number) => {
      const bytes = Buffer.from(long(number));
      return bitloga.verifyCallback(bytes, sign(bytes)).purse;
    });
    const perEscaped = measured((number) => {
      const text = Buffer.from(long(number).replace("Z", "\\u005a")).toString("latin1");
      return bitloga.verifyCallback(text, sign(text)).purse;
    });
    const perExtra = measured((number) => {
      const bytes = Buffer.from(callbackWith(`,"note":"a note that is longer than a word ${number}","filler":"${filler}"`));
      return bitloga.verifyCallback(bytes, sign(bytes)).event_id;
    });
    for (const bytes of [perText, perBytes, perEscaped, perExtra]) assert.ok(bytes < 20_000, `${bytes} bytes for each field`);
    assert.equal(kept.length, 120);
    assert.match(kept[3], /^Z4/);
  });
});

describe("payouts of any length of text", () => {
  const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z123456789012" };

  test("are resumed by a client that reads short bodies", () => {
    const small = new Bitloga({ apiKey: "key", apiSecret: "secret", maxBody: 10 });
    const payout = small.payout(withdrawal);
    payout.next(1000);
    assert.equal(String(small.resumePayout(String(payout))), String(payout));
  });

  test("are refused as too long when no payout is so long", () => {
    const long = `{"version":1,"x":"${"x".repeat(2 << 20)}"}`;
    for (const maxBody of [undefined, 1 << 26]) {
      const client = new Bitloga({ apiKey: "key", apiSecret: "secret", maxBody });
      assert.throws(() => client.resumePayout(long), { name: "InvalidInputError", field: "text", message: /longer than any text/ });
    }
  });
});
