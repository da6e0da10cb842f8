// What the interface promises beyond the vectors.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";

import * as payseal from "payseal";

import { apiForCrypto, bitloga } from "./support/clients.mjs";

const client = bitloga();
const invoice = { uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z123456789012" };
const callbackFields = { to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125" };

const failure = (action) => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
};

describe("calls", () => {
  test("are plain data that survives being spread and copied", () => {
    const call = client.createInvoice(invoice);
    const copy = { ...call };
    assert.deepEqual(Object.keys(copy).sort(), ["body", "headers", "method", "redirect", "url"]);
    assert.equal(new Request(call.url, copy).headers.get("x-signature"), call.headers["X-SIGNATURE"]);
  });

  test("are a RequestInit", async () => {
    const call = client.createInvoice({ ...invoice, desc: "Ж😀" });
    const request = new Request(call.url, call);
    assert.equal(request.method, "POST");
    assert.equal(request.redirect, "manual");
    assert.equal(await request.text(), call.body);
    assert.equal(request.headers.get("content-type"), "application/json");
  });

  test("of one gateway's client alone are refused by another's", () => {
    const { diagnose, signCallback, watchInvoice } = payseal.Bitloga.prototype;
    const crypto = apiForCrypto();
    const borrowed = [
      () => diagnose.call(crypto, "{}", "00"),
      () => signCallback.call(crypto, callbackFields),
      () => watchInvoice.call(crypto, "125"),
      () => payseal.ApiForCrypto.prototype.watchInvoice.call(client, "125"),
    ];
    for (const borrow of borrowed) assert.match(failure(borrow).message, /client: is of another gateway/);
  });

  test("have no body for GET", () => {
    const call = apiForCrypto().wallet();
    assert.equal(call.method, "GET");
    assert.ok(!("body" in call));
    assert.equal(new Request(call.url, call).method, "GET");
  });

  test("of clients by their own names", () => {
    assert.deepEqual([client, apiForCrypto()].map((value) => value.constructor.name), ["Bitloga", "ApiForCrypto"]);
  });

  test("and clients keep keys and signatures out of logs", () => {
    const call = client.createInvoice(invoice);
    const payout = client.payout({ ...invoice, currency: "USD" });
    const logged = [call, client, apiForCrypto(), payout].map((value) => `${inspect(value)} ${JSON.stringify(value)}`).join();
    for (const secret of [...Object.values(call.headers).slice(1), call.url.slice(30)]) {
      if (secret) assert.ok(!logged.includes(secret), secret);
    }
  });
});

describe("amounts", () => {
  const digits = (amount) => /"amount":([^,]*)/.exec(client.createInvoice({ ...invoice, amount }).body)[1];

  for (const [amount, written] of [["1.00", "1.00"], [1, "1"], [0.1, "0.1"], [10n, "10"], [123456789012345, "123456789012345"], [10n ** 30n, `1${"0".repeat(30)}`]]) {
    test(`${typeof amount} ${amount}`, () => assert.equal(digits(amount), written));
  }

  for (const amount of [0.1 + 0.2, NaN, Infinity, -1, 0, "", " 1", "1,5", "0x10", "1e999999999", "1".repeat(65), true, {}, [], new Date(0), Symbol("a")]) {
    test(`${typeof amount} ${String(amount).slice(0, 20)} is refused`, () => {
      const error = failure(() => digits(amount));
      assert.equal(error.code, "invalid_input");
      assert.equal(error.field, "amount");
    });
  }
});

describe("parameters", () => {
  test("half a surrogate pair is refused", () => {
    for (const desc of ["\ud800", "a\udc00b", "\udc00\ud800"]) {
      assert.equal(failure(() => client.createInvoice({ ...invoice, desc })).field, "desc");
    }
    // Two halves in two parameters do not make a whole.
    const error = failure(() => client.createInvoice({ ...invoice, name: "\ud83d", surname: "\ude00" }));
    assert.equal(error.field, "name");
  });

  test("one that the method does not have is refused, since it may be misspelt", () => {
    const error = failure(() => client.createInvoice({ ...invoice, callbackUrl: "https://shop.example/" }));
    assert.equal(error.code, "invalid_input");
    assert.equal(error.field, "callbackUrl");
    const nested = failure(() =>
      apiForCrypto().createInvoice({ blockchain: "tron", symbol: "USDT", value: 1, expiry: 15, confirmations: 1, data: { orderId: "1" } }),
    );
    assert.equal(nested.field, "data.orderId");
  });

  test("null and undefined count as not given", () => {
    const { body } = client.createInvoice({ ...invoice, desc: null, email: undefined });
    assert.equal(body, client.createInvoice(invoice).body);
  });

  test("what is not an object of parameters is refused", () => {
    for (const given of [null, "125", 5, true]) assert.equal(failure(() => client.details(given)).code, "invalid_input");
    assert.equal(failure(() => client.details()).field, "uniqueid");
  });

  test("a group that is not an object is refused", () => {
    for (const data of ["x", 5, true, () => {}]) {
      const given = { blockchain: "tron", symbol: "USDT", value: 1, expiry: 15, confirmations: 1, data };
      assert.equal(failure(() => apiForCrypto().createInvoice(given)).field, "data");
    }
  });

  test("a getter that uses the library does not disturb the call", () => {
    const sly = {
      ...invoice,
      get desc() {
        client.withdraw({ ...invoice, currency: "USD", uniqueid: "another" });
        return "from a getter";
      },
    };
    assert.equal(client.createInvoice(sly).body, client.createInvoice({ ...invoice, desc: "from a getter" }).body);
  });

  test("very long texts are refused, and not even copied", () => {
    assert.equal(failure(() => client.createInvoice({ ...invoice, desc: "a".repeat(1 << 24) })).field, "desc");
  });
});

describe("options", () => {
  for (const [options, code, field] of [
    [undefined, "invalid_secret", undefined],
    [{ apiKey: "key" }, "invalid_secret", undefined],
    [{ apiKey: "key", apiSecret: [] }, "invalid_secret", undefined],
    [{ apiKey: "key", apiSecret: 5 }, "invalid_secret", undefined],
    [{ apiSecret: "secret" }, "invalid_input", "apiKey"],
    [{ apiKey: "key with spaces", apiSecret: "secret" }, "invalid_input", "apiKey"],
    [{ apiKey: "key", apiSecret: "secret", baseUrl: "bitloga.com" }, "invalid_input", "baseUrl"],
    [{ apiKey: "key", apiSecret: "secret", maxBody: -1 }, "invalid_input", "maxBody"],
    [{ apiKey: "key", apiSecret: "secret", maxBody: 1.5 }, "invalid_input", "maxBody"],
  ]) {
    test(`${JSON.stringify(options)} is refused`, () => {
      const error = failure(() => new payseal.Bitloga(options));
      assert.ok(error instanceof payseal.InvalidInputError, String(error.stack));
      assert.equal(error.code, code);
      assert.equal(error.field, field);
    });
  }

  test("a secret may be bytes, and later changes to them change nothing", () => {
    const apiSecret = new TextEncoder().encode("the secret");
    const fromBytes = new payseal.Bitloga({ apiKey: "key", apiSecret });
    apiSecret.fill(0);
    const fromText = new payseal.Bitloga({ apiKey: "key", apiSecret: "the secret" });
    assert.deepEqual(fromBytes.balances().headers, fromText.balances().headers);
  });

  test("bodies are limited to maxBody", () => {
    const small = new payseal.Bitloga({ apiKey: "key", apiSecret: "secret", maxBody: 200 });
    const { body, headers } = small.signCallback(callbackFields);
    assert.equal(small.verifyCallback(body, headers).uniqueid, "125");
    for (const long of [body + " ".repeat(200), Buffer.from(body + " ".repeat(200)), "Ж".repeat(101)]) {
      assert.equal(failure(() => small.verifyCallback(long, headers)).code, "malformed_body");
      assert.equal(failure(() => small.verifyCallback(long, "")).code, "signature_missing");
      assert.equal(failure(() => small.balances().parse(500, long)).code, "http_status");
    }
  });
});

describe("callbacks", () => {
  const { body, headers } = client.signCallback(callbackFields);

  test("are plain objects that say whether the money has arrived", () => {
    const callback = client.verifyCallback(body, headers);
    assert.equal(Object.getPrototypeOf(callback), Object.prototype);
    assert.deepEqual(structuredClone(callback), callback);
    assert.deepEqual([callback.isPaid, callback.isFinal], [true, true]);
    const created = client.signCallback({ ...callbackFields, status: "Created" });
    const { isPaid, isFinal } = client.verifyCallback(created.body, created.headers);
    assert.deepEqual([isPaid, isFinal], [false, false]);
    const unknown = client.signCallback({ ...callbackFields, status: "Frozen" });
    assert.equal(client.verifyCallback(unknown.body, unknown.headers).isFinal, false);
  });

  test("that differ from what is expected name every field", () => {
    const callback = client.verifyCallback(body, headers);
    payseal.expectCallback(callback, { uniqueid: "125", amount: 1, to: "WMZ", purse: "Z1" });
    const error = failure(() => payseal.expectCallback(callback, { uniqueid: "126", amount: "1.01" }));
    assert.ok(error instanceof payseal.MismatchError);
    assert.deepEqual(error.differences, [
      { field: "uniqueid", expected: "126", actual: "125" },
      { field: "amount", expected: "1.01", actual: "1.00" },
    ]);
    assert.equal(failure(() => payseal.expectCallback(callback, {})).code, "invalid_input");
    assert.equal(failure(() => payseal.expectCallback(undefined, { uniqueid: "1" })).code, "invalid_input");
  });

  test("are diagnosed", () => {
    const { cause, message } = client.diagnose(JSON.stringify(JSON.parse(body), null, 1).replace("1,", "1.00,"), headers);
    assert.equal(cause, "body_rewritten");
    assert.match(message, /as received/);
    assert.equal(client.diagnose(body, headers).cause, "valid");
    assert.equal(client.diagnose(body, null).cause, "signature_missing");
    assert.equal(client.diagnose("", headers).cause, "body_empty");
    assert.equal(client.diagnose(Buffer.from(body).toString("base64"), headers).cause, "body_base64");
    const short = new payseal.Bitloga({ apiKey: "api-key", apiSecret: "api-secret", maxBody: 10 });
    assert.equal(short.diagnose(body, headers).cause, "body_too_long");
  });

  test("are diagnosed by the secret, too", () => {
    const right = "api-secret";
    const { headers } = new payseal.Bitloga({ apiKey: "key", apiSecret: right }).signCallbackBody(body);
    const causeOf = (apiSecret, secret) =>
      new payseal.Bitloga({ apiKey: "key", apiSecret }).diagnose(body, headers, { secret }).cause;
    const [quoted, line, encoded] = [`"${right}"`, `API_SECRET=${right}`, Buffer.from(right).toString("base64")];
    assert.equal(causeOf(quoted, quoted), "secret_wrapped");
    assert.equal(causeOf(line, Buffer.from(line)), "secret_wrapped");
    assert.equal(causeOf(encoded, encoded), "secret_encoded");
    assert.equal(causeOf("another", right), "secret_differs");
    assert.equal(causeOf("another", undefined), "other");
    assert.throws(() => client.diagnose(body, headers, { secrets: [] }), { code: "invalid_input" });
    assert.throws(() => client.diagnose(body, headers, { secret: 5 }), { code: "invalid_secret" });
  });

  test("are diagnosed by other headers, too", () => {
    const signature = client.signCallbackBody(body).headers["X-SIGNATURE"];
    for (const source of [
      { HTTP_X_SIGNATURE: signature },
      new Headers({ "x_signature": signature }),
      new Map([["X-Original-Signature", `sha512=${signature}`]]),
      [["host", "shop.example"], ["Signature", signature]],
      { headers: { "x-forwarded-signature": signature } },
    ]) {
      assert.equal(client.diagnose(body, source).cause, "signature_in_another_header");
    }
    assert.equal(client.diagnose(body, { "stripe-signature": "t=1,v1=00" }).cause, "other_sender");
    assert.equal(client.diagnose(body, { "x-api-key": signature }).cause, "signature_missing");
    assert.equal(client.diagnose('{"secret_key":"k"}', {}).cause, "other_gateway");
  });

  test("whose text UTF-8 cannot hold give what was verified", () => {
    const key = "x".repeat(8);
    const signer = new payseal.Bitloga({ apiKey: key, apiSecret: key });
    const signed = signer.signCallback({ ...callbackFields, name: "a\ufffdb" });
    const { name } = signer.verifyCallback(signed.body.replace("\ufffd", "\ud800"), signed.headers);
    assert.equal(name, "a\ufffdb");
  });
});

describe("errors", () => {
  test("of a gateway keep its body out of logs", () => {
    const error = failure(() => client.balances().parse(503, "<html>the whole page</html>"));
    assert.ok(error instanceof payseal.GatewayError);
    assert.deepEqual([error.status, error.retryable, error.body], [503, true, "<html>the whole page</html>"]);
    assert.ok(!`${inspect(error)}${JSON.stringify(error)}`.includes("whole page"));
  });

  test("for a parsed body name the cure of every framework", () => {
    const { message } = failure(() => client.verifyCallback({ to: "WMZ" }, "a"));
    for (const framework of ["Express", "Fastify", "Hono", "Next.js", "Lambda", "isBase64Encoded", "node:http"]) {
      assert.ok(message.includes(framework), framework);
    }
    assert.match(failure(() => client.verifyCallback(Promise.resolve(""), "a")).message, /await it/);
  });

  test("of a status that is not an HTTP status", () => {
    for (const status of [undefined, "200", NaN, 200.5, -1, 65736]) {
      assert.equal(failure(() => client.balances().parse(status, "{}")).field, "status");
    }
  });
});

describe("pages of codes", () => {
  const page = (count) => JSON.stringify({
    data: Array.from({ length: count }, (_, number) => ({ code: `c${number}`, amount: 1, currency: "USD", status: "Active" })),
    success: true,
  });

  test("end at the first short page", () => {
    const bodies = [];
    const counts = [2, 2, 1];
    for (const call of client.codePages({ status: "Active", limit: 2 })) {
      bodies.push(JSON.parse(call.body));
      call.parse(200, page(counts.shift()));
    }
    assert.deepEqual(bodies.map(({ offset, limit }) => [offset, limit]), [[undefined, 2], [2, 2], [4, 2]]);
  });

  test("begin where they are told to, and are of 100 unless told otherwise", () => {
    const offsets = [];
    const counts = [100, 0];
    for (const call of client.codePages({ offset: 7 })) {
      offsets.push(JSON.parse(call.body).offset);
      call.parse(200, page(counts.shift()));
    }
    assert.deepEqual(offsets, [7, 107]);
  });

  test("have to be parsed", () => {
    assert.equal(failure(() => [...client.codePages()]).code, "invalid_input");
  });

  test("may be asked for side by side", () => {
    const [one, two] = [client.codePages({ limit: 1 }), client.codePages({ limit: 1 })];
    one.next().value.parse(200, page(1));
    two.next().value.parse(200, page(0));
    assert.equal(JSON.parse(one.next().value.body).offset, 1);
    assert.equal(two.next().done, true);
  });
});

describe("sending", () => {
  test("hands the call to fetch and parses the answer", async () => {
    const seen = [];
    const fetch = async (url, init) => {
      seen.push([url, init]);
      return new Response('{"USD":1.50,"success":true}');
    };
    assert.deepEqual(await payseal.send(client.balances(), { fetch }), { USD: "1.50" });
    const [[url, init]] = seen;
    assert.equal(url, "https://bitloga.com/api/v1/");
    assert.equal(init.redirect, "manual");
    assert.ok(init.signal instanceof AbortSignal);
    assert.equal(init.body, client.balances().body);
  });

  test("is given up after the time-out, or when aborted", async () => {
    const fetch = (_, { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    await assert.rejects(payseal.send(client.balances(), { fetch, timeout: 20 }), { name: "TimeoutError" });
    const controller = new AbortController();
    const sent = payseal.send(client.balances(), { fetch, signal: controller.signal });
    controller.abort();
    await assert.rejects(sent, { name: "AbortError" });
  });

  test("lets errors of the gateway through", async () => {
    const fetch = async () => new Response('{"success":false,"error":"no"}', { status: 200 });
    await assert.rejects(payseal.send(client.balances(), { fetch }), { code: "rejected", reason: "no" });
  });
});

test("identifiers are fresh and fit into URLs", () => {
  const identifiers = Array.from({ length: 1000 }, payseal.uniqueId);
  assert.equal(new Set(identifiers).size, 1000);
  for (const identifier of identifiers) assert.match(identifier, /^[0-9a-z]{26}$/);
});
