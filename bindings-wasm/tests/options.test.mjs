// What is not given is not taken from elsewhere, and what is given is not left out.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ApiForCrypto, Bitloga, InvalidInputError, advance, expectCallback, run, send } from "payseal";

const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
const apiForCrypto = new ApiForCrypto({ walletId: "wallet" });
const invoice = { uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z123456789012" };
const signed = bitloga.signCallback({ to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125" });
const callback = bitloga.verifyCallback(signed.body, signed.headers);

const isRefused = (field, message) => (error) => {
  assert.ok(error instanceof InvalidInputError, String(error.stack));
  assert.equal(error.code, "invalid_input");
  assert.equal(error.field, field);
  if (message) assert.match(error.message, message);
  return true;
};

describe("an expectation without a value", () => {
  for (const field of ["uniqueid", "amount", "to", "purse"]) {
    for (const value of [undefined, null]) {
      test(`${field}: ${value} is refused`, () => {
        assert.throws(() => expectCallback(callback, { [field]: value }), isRefused(field, /no value/));
        const other = field === "uniqueid" ? { to: "WMZ" } : { uniqueid: "125" };
        assert.throws(() => expectCallback(callback, { ...other, [field]: value }), isRefused(field, /no value/));
      });
    }
  }

  test("one that is not there is not compared", () => expectCallback(callback, { uniqueid: "125" }));

  test("a getter is asked once", () => {
    let asked = 0;
    const sly = { uniqueid: "125", get amount() { return asked++ === 0 ? "1.00" : undefined; } };
    expectCallback(callback, sly);
    assert.equal(asked, 1);
  });
});

describe("a misspelt option is refused, and the right one named:", () => {
  const address = "http://127.0.0.1:8787/api/v1/";
  for (const [option, meant] of [
    ["baseURL", "baseUrl"], ["base_url", "baseUrl"], ["baseurl", "baseUrl"], ["BASE_URL", "baseUrl"], ["baseUri", "baseUrl"],
    ["max_body", "maxBody"], ["maxbody", "maxBody"],
  ]) {
    test(option, () => {
      const message = new RegExp(`${meant}\\b`);
      assert.throws(() => new Bitloga({ apiKey: "key", apiSecret: "secret", [option]: address }), isRefused(option, message));
      assert.throws(() => new ApiForCrypto({ walletId: "wallet", [option]: address }), isRefused(option, message));
    });
  }

  for (const [make, option, meant] of [
    [Bitloga, "api_key", "apiKey"], [Bitloga, "apikey", "apiKey"], [Bitloga, "apiSecrets", "apiSecret"], [Bitloga, "secret", "apiSecret"],
    [ApiForCrypto, "walletID", "walletId"], [ApiForCrypto, "wallet_id", "walletId"], [ApiForCrypto, "invoiceURL", "invoiceUrl"],
    [ApiForCrypto, "notificationSecrets", "notificationSecret"],
  ]) {
    test(`${make.name}, ${option}`, () => {
      assert.throws(() => new make({ [option]: "x" }), isRefused(option, new RegExp(`\\b${meant}\\b`)));
    });
  }

  test("of the other gateway, or unlike any option", () => {
    assert.throws(() => new Bitloga({ apiKey: "key", apiSecret: "secret", walletId: "w" }), isRefused("walletId"));
    assert.throws(() => new ApiForCrypto({ walletId: "w", agent: undefined }), isRefused("agent", /^agent: is not an option$/));
  });

  test("of send", async () => {
    let sent = 0;
    const fetch = async () => {
      sent++;
      return new Response('{"success":true}');
    };
    for (const [option, meant] of [["timeOut", "timeout"], ["time_out", "timeout"], ["signals", "signal"], ["Fetch", "fetch"]]) {
      await assert.rejects(send(bitloga.balances(), { fetch, [option]: 1 }), isRefused(option, new RegExp(`\\b${meant}\\b`)));
    }
    for (const options of [null, 5, "fast"]) await assert.rejects(send(bitloga.balances(), options), isRefused("options"));
    assert.equal(sent, 0);
  });

  test("of parameters", () => {
    const meant = (name) => new RegExp(`\\b${name}\\b`);
    assert.throws(() => bitloga.createInvoice({ ...invoice, callbackUrl: "x" }), isRefused("callbackUrl", meant("callbackurl")));
    assert.throws(() => bitloga.createInvoice({ ...invoice, uniqueId: "x" }), isRefused("uniqueId", meant("uniqueid")));
    assert.throws(() => expectCallback(callback, { amuont: 1 }), isRefused("amuont", meant("amount")));
    const data = { orderId: "1" };
    const crypto = { blockchain: "tron", symbol: "USDT", value: 1, expiry: 15, confirmations: 1, data };
    assert.throws(() => apiForCrypto.createInvoice(crypto), isRefused("data.orderId", meant("order_id")));
  });
});

describe("options", () => {
  test("that are not an object are refused", () => {
    for (const options of [null, "key", 5]) {
      assert.throws(() => new Bitloga(options), isRefused("options"));
      assert.throws(() => new ApiForCrypto(options), isRefused("options"));
    }
  });

  test("null is refused as an address", () => {
    assert.throws(() => new Bitloga({ apiKey: "key", apiSecret: "secret", baseUrl: null }), isRefused("baseUrl"));
    assert.throws(() => new ApiForCrypto({ walletId: "w", baseUrl: null }), isRefused("baseUrl"));
    assert.throws(() => new ApiForCrypto({ walletId: "w", invoiceUrl: null }), isRefused("invoiceUrl"));
  });
});

describe("what cannot be sent as a call is refused before anything is sent:", () => {
  const { url, method, headers, body } = bitloga.balances();
  const step = bitloga.payout({ uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" }).next(0);
  for (const [name, call] of Object.entries({ "a step": step, "the request of a step": step.call, "a request": { url, method, headers, body }, nothing: undefined, "null": null, "a text": url })) {
    test(name, async () => {
      let sent = 0;
      const fetch = async () => (sent++, new Response("{}"));
      await assert.rejects(send(call, { fetch }), isRefused("call"));
      assert.equal(sent, 0);
    });
  }
});

/** Does something while every object inherits some members. */
function polluted(members, action) {
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true, enumerable: false });
  }
  try {
    return action();
  } finally {
    for (const name of Object.keys(members)) delete Object.prototype[name];
  }
}

describe("nothing is inherited:", () => {
  test("options", () => {
    const evil = { baseUrl: "https://evil.example/", invoiceUrl: "https://evil.example/{uuid}", maxBody: 1, notificationSecret: "evil" };
    polluted(evil, () => {
      const client = new Bitloga({ apiKey: "key", apiSecret: "secret" });
      assert.equal(client.balances().url, "https://bitloga.com/api/v1/");
      assert.deepEqual(client.balances().parse(200, '{"USD":1,"success":true}'), { USD: "1" });
      const crypto = new ApiForCrypto({ walletId: "wallet" });
      assert.ok(!crypto.invoice({ uuid: "1" }).url.includes("evil"));
      assert.throws(() => crypto.verifyNotification("{}"), { name: "InvalidInputError" });
    });
    assert.throws(() => new Bitloga(Object.create({ apiKey: "key", apiSecret: "secret" })), InvalidInputError);
  });

  test("parameters, and those of groups", () => {
    const clean = bitloga.createInvoice(invoice).body;
    polluted({ callbackurl: "https://evil.example/", desc: "evil", email: "e@evil.example" }, () => {
      assert.equal(bitloga.createInvoice(invoice).body, clean);
    });
    const given = { blockchain: "tron", symbol: "USDT", value: 1, expiry: 15, confirmations: 1, data: { order_id: "1" } };
    const cleanCrypto = apiForCrypto.createInvoice(given).body;
    polluted({ url_callback: "https://evil.example/", secret_key: "evil", fiatCurrency: { currency: "USD" } }, () => {
      assert.equal(apiForCrypto.createInvoice(given).body, cleanCrypto);
      assert.throws(() => bitloga.details({}), isRefused("uniqueid"));
    });
    polluted({ uniqueid: "evil" }, () => assert.throws(() => bitloga.details({}), isRefused("uniqueid")));
  });

  test("expectations, and what a callback says", () => {
    polluted({ purse: "evil", amount: "9" }, () => expectCallback(callback, { uniqueid: "125" }));
    const { purse: _, ...without } = callback;
    polluted({ purse: "Z1" }, () => assert.throws(() => expectCallback(without, { purse: "Z1" }), { code: "mismatch" }));
  });

  test("options of send", async () => {
    const sent = [];
    const fetch = async (url, init) => (sent.push(init.signal), new Response('{"USD":1,"success":true}'));
    const aborted = AbortSignal.abort();
    await polluted({ fetch: () => assert.fail("an inherited fetch"), signal: aborted, timeout: 0 }, () =>
      send(bitloga.balances(), Object.assign(Object.create(null), { fetch })),
    );
    await polluted({ signal: aborted, timeout: 0 }, () => send(bitloga.balances(), { fetch }));
    for (const signal of sent) assert.equal(signal.aborted, false);
  });

  test("policies, reports and options of drivers", async () => {
    const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
    const clean = String(bitloga.payout(withdrawal));
    const evil = { settleTime: 60_000, sends: 9, notKnown: true, now: 5, send: () => assert.fail("an inherited send") };
    polluted(evil, () => {
      const payout = bitloga.payout(withdrawal, {});
      assert.equal(String(payout), clean);
      payout.onResponse(payout.next(1000), 500, "{}", {});
      assert.ok(payout.progress().lastAnswerAt > 5);
    });
    const sent = [];
    const send = async (call) => (sent.push(call), { status: 500, body: "{}" });
    const aborted = AbortSignal.abort();
    const store = () => {};
    await polluted({ signal: aborted, timeout: -1 }, () => advance(bitloga.payout(withdrawal), { store, send }));
    assert.equal(sent.length, 1);
  });

  test("what a watch is told", () => {
    const watch = bitloga.watchInvoice("125");
    polluted({ status: "Payed", type: "Invoice" }, () => {
      assert.throws(() => watch.onCallback({ uniqueid: "125" }), isRefused("callback"));
    });
    const { type: _, ...without } = callback;
    polluted({ type: "Withdraw" }, () => assert.equal(watch.onCallback(without), bitloga.watchInvoice("125").onCallback(without)));
    assert.equal(watch.onCallback(without), bitloga.watchInvoice("125").onCallback(without));
    polluted({ id: "i1", status: "PAID" }, () => {
      assert.throws(() => apiForCrypto.watchInvoice("i1").onNotification({}), isRefused("notification"));
    });
  });

  test("headers", () => {
    const { "X-SIGNATURE": signature } = signed.headers;
    const other = { "x-signature": "0".repeat(128) };
    polluted({ headers: other, multiValueHeaders: other, forEach: (visit) => visit(other, "x-signature"), "x-signature": other["x-signature"] }, () => {
      assert.equal(bitloga.verifyCallback(signed.body, { "x-signature": signature }).uniqueid, "125");
      assert.throws(() => bitloga.verifyCallback(signed.body, {}), { code: "signature_missing" });
    });
  });
});

describe("what a driver or a watch is given is refused before anything is done:", () => {
  const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
  for (const timeout of [-1, NaN, "5000", 1.5, null]) {
    test(`a time-out of ${JSON.stringify(timeout)}`, async () => {
      let stored = 0;
      // Ends a run that does not refuse, before anything is sent.
      const store = () => {
        stored++;
        throw new Error("it was not refused");
      };
      const local = new Bitloga({ apiKey: "key", apiSecret: "secret", baseUrl: "http://127.0.0.1:9/" });
      for (const drive of [run, advance]) {
        await assert.rejects(drive(local.payout(withdrawal), { store, timeout }), isRefused("timeout", /milliseconds/));
      }
      assert.equal(stored, 0);
    });
  }

  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const [name, given] of Object.entries({ "a revoked proxy": proxy, "what throws": { get uniqueid() { throw new Error("no"); } } })) {
    test(`${name} in place of a message, options or a policy`, async () => {
      assert.throws(() => bitloga.watchInvoice("125").onCallback(given), isRefused("callback", /cannot be read/));
      const notified = name === "what throws" ? { get id() { throw new Error("no"); } } : given;
      assert.throws(() => apiForCrypto.watchInvoice("i1").onNotification(notified), isRefused("notification", /cannot be read/));
      if (given !== proxy) return;
      assert.throws(() => bitloga.payout(withdrawal, proxy), isRefused("policy", /cannot be read/));
      await assert.rejects(run(bitloga.payout(withdrawal), proxy), isRefused("options", /cannot be read/));
    });
  }

  test("a misspelt option of a report", () => {
    const payout = bitloga.payout(withdrawal);
    const step = payout.next(0);
    assert.throws(() => payout.onResponse(step, 200, "{}", { notknown: true }), isRefused("notknown", /notKnown/));
    assert.equal(payout.revision, 1);
  });
});
