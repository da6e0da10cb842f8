// A client belongs to the secret it was made with, whatever becomes of the memory that held it; and nothing shows it.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

// Looks at the module from outside: the package itself shows nothing of it.
const instances = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...values) {
    super(...values);
    instances.push(this);
  }
};

const payseal = await import("payseal");
const { ApiForCrypto, Bitloga, PaysealError } = payseal;

const body = '{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125"}';
const sign = (key, text = body) => createHmac("sha512", key).update(text).digest("hex");
const cryptoInvoice = { blockchain: "tron", symbol: "USDT", value: 10n, expiry: 30, confirmations: 1, data: { order_id: "125" } };
const secretKeyOf = (client) => JSON.parse(client.createInvoice(cryptoInvoice).body).secret_key;

/** What makes a client lose its place in the module. */
const losses = {
  "70 further clients": () => {
    for (let number = 0; number < 70; number++) {
      new Bitloga({ apiKey: "key", apiSecret: `another ${number}` });
      new ApiForCrypto({ walletId: "wallet", notificationSecret: `another ${number}` });
    }
  },
  "a module that broke off and was started again": () => {
    const started = instances.length;
    const { memory } = instances.at(-1).exports;
    // An operation that runs out of stack: `begin` was called, `finish` was not.
    const descend = () => {
      try {
        descend();
      } catch {
        // The stack is used up as far as this.
      }
      if (instances.length > started) return;
      try {
        client.diagnose(body, { "x-signature": sign("x") });
      } catch {
        // It broke off, here or in the module.
      }
    };
    const client = new Bitloga({ apiKey: "key", apiSecret: "secret" });
    descend();
    client.balances();
    assert.ok(instances.at(-1).exports.memory !== memory, "the module was not started again");
  },
};

/** Every kind of memory that a secret may be in. */
const memories = {
  Buffer: (size) => Buffer.alloc(size),
  "Buffer of the pool": (size) => Buffer.allocUnsafe(size),
  Uint8Array: (size) => new Uint8Array(size),
  "part of a larger one": (size) => new Uint8Array(size + 20).subarray(10, 10 + size),
  "shared memory": (size) => new Uint8Array(new SharedArrayBuffer(size)),
  "another realm": (size) => runInNewContext(`new Uint8Array(${size})`),
};

describe("a client belongs to its first secret", () => {
  for (const [loss, lose] of Object.entries(losses)) {
    for (const [name, allocate] of Object.entries(memories)) {
      test(`in ${name}, wiped, after ${loss}`, () => {
        const bytes = allocate(32);
        bytes.fill(0x6b);
        const key = Buffer.alloc(32, 0x6b);
        const one = new Bitloga({ apiKey: "key", apiSecret: bytes });
        const several = new Bitloga({ apiKey: "key", apiSecret: ["text", bytes] });
        const crypto = new ApiForCrypto({ walletId: "wallet", notificationSecret: bytes });
        const secretKey = sign(key, "125");
        bytes.fill(0);
        lose();
        for (const client of [one, several]) {
          assert.throws(() => client.verifyCallback(body, sign(Buffer.alloc(32))), { code: "signature_mismatch" });
          assert.equal(client.verifyCallback(body, sign(key)).uniqueid, "125");
        }
        assert.equal(one.balances().headers["X-SIGNATURE"], sign(key, one.balances().body));
        assert.equal(several.balances().headers["X-SIGNATURE"], sign("text", several.balances().body));
        assert.equal(secretKeyOf(crypto), secretKey);
      });
    }

    test(`with one scratch buffer for two tenants, after ${loss}`, () => {
      const scratch = Buffer.alloc(16);
      const tenant = (name) => {
        scratch.fill(name);
        return new Bitloga({ apiKey: "key", apiSecret: scratch });
      };
      const [a, b] = [tenant("a"), tenant("b")];
      lose();
      const [ofA, ofB] = [sign("a".repeat(16)), sign("b".repeat(16))];
      assert.equal(a.verifyCallback(body, ofA).uniqueid, "125");
      assert.equal(b.verifyCallback(body, ofB).uniqueid, "125");
      assert.throws(() => a.verifyCallback(body, ofB), { code: "signature_mismatch" });
      assert.throws(() => b.verifyCallback(body, ofA), { code: "signature_mismatch" });
    });

    test(`with secrets of every length, after ${loss}`, () => {
      for (const length of [1, 63, 64, 127, 128, 129, 5000]) {
        const secret = "k".repeat(length);
        const client = new Bitloga({ apiKey: "key", apiSecret: secret });
        lose();
        assert.equal(client.verifyCallback(body, sign(secret)).uniqueid, "125", `${length} bytes`);
      }
    });

    test(`with payouts and watches, after ${loss}`, () => {
      const bytes = Buffer.from("a secret of payouts");
      const bitloga = new Bitloga({ apiKey: "key", apiSecret: bytes });
      const crypto = new ApiForCrypto({ walletId: "wallet", notificationSecret: bytes });
      bytes.fill(0);
      const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z123456789012" };
      lose();
      const payout = bitloga.payout(withdrawal);
      lose();
      const step = payout.next(1000);
      assert.equal(step.call.headers["X-SIGNATURE"], sign("a secret of payouts", step.call.body));
      lose();
      payout.onNoResponse(step, 2000);
      lose();
      assert.equal(payout.progress().sends, 1);
      lose();
      const { call } = bitloga.resumePayout(String(payout)).next(3_600_000);
      assert.equal(call.headers["X-SIGNATURE"], sign("a secret of payouts", call.body));
      for (const watch of [bitloga.watchInvoice("125"), crypto.watchInvoice("i1")]) {
        lose();
        const asking = watch.next(1000);
        assert.equal(asking.type, "send");
        lose();
        watch.onResponse(asking, 500, "{}", { now: 2000 });
        lose();
        assert.equal(watch.next(3000).type, "wait");
      }
    });
  }

  test("a list that is changed afterwards changes nothing", () => {
    const secrets = ["first", "second"];
    const client = new Bitloga({ apiKey: "key", apiSecret: secrets });
    secrets.splice(0, 2, "third");
    losses["70 further clients"]();
    assert.equal(client.verifyCallback(body, sign("second")).secret_index, 1);
    assert.throws(() => client.verifyCallback(body, sign("third")), { code: "signature_mismatch" });
  });

  test("text that is not ASCII is the secret that it says", () => {
    const client = new Bitloga({ apiKey: "key", apiSecret: ["Ж€😀", "пароль"] });
    assert.equal(client.verifyCallback(body, sign("Ж€😀")).secret_index, 0);
    assert.equal(client.verifyCallback(body, sign("пароль")).secret_index, 1);
  });
});

describe("values that are not secrets", () => {
  for (const [name, secret] of Object.entries({
    "a number": 5,
    "an object": {},
    "numbers": new Uint16Array(8).fill(7),
    "a DataView": new DataView(new ArrayBuffer(8)),
    "an ArrayBuffer": new ArrayBuffer(8),
    "what only says that it is bytes": { length: 3, 0: 1, 1: 2, 2: 3, [Symbol.toStringTag]: "Uint8Array" },
    "half a surrogate pair": "\ud800",
    "a list within a list": ["secret"],
    "memory that was handed on": (() => {
      const bytes = new Uint8Array(8).fill(7);
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      return bytes;
    })(),
  })) {
    test(`${name} are refused`, () => {
      for (const apiSecret of [name === "a list within a list" ? [secret] : secret, ["secret", secret]]) {
        assert.throws(() => new Bitloga({ apiKey: "key", apiSecret }), { code: "invalid_secret" });
      }
      assert.throws(() => new ApiForCrypto({ walletId: "wallet", notificationSecret: secret }), { code: "invalid_secret" });
    });
  }

  test("a length that is wrong is not believed", () => {
    const bytes = Buffer.from("secret");
    Object.defineProperty(bytes, "length", { value: NaN });
    const client = new Bitloga({ apiKey: "key", apiSecret: bytes });
    assert.equal(client.verifyCallback(body, sign("secret")).uniqueid, "125");
    assert.equal(new Bitloga({ apiKey: "key", apiSecret: "other" }).verifyCallback(body, sign("other")).uniqueid, "125");
  });
});

/** Where some bytes are in the module's memory. */
function places(bytes) {
  const memory = Buffer.from(instances.at(-1).exports.memory.buffer);
  const found = [];
  for (let at = memory.indexOf(bytes); at >= 0; at = memory.indexOf(bytes, at + 1)) found.push(at);
  return found;
}

/** A secret, and what is left of it when a key is made of it: filled with zeros, and mixed with two constants. */
function traces(secret) {
  const bytes = Buffer.from(secret);
  return [0, 0x36, 0x5c].map((constant) => bytes.map((byte) => byte ^ constant));
}

describe("the memory of the module", () => {
  const secret = "a secret that is nowhere else: 7c1f0d";

  test("is what this test looks at", () => {
    const apiKey = "a-key-that-is-nowhere-else-1b";
    new Bitloga({ apiKey, apiSecret: "secret" }).balances();
    assert.notDeepEqual(places(Buffer.from(apiKey)), []);
  });

  test("has no secret in it once clients are made, used and gone", () => {
    for (const text of [secret, secret.repeat(5)]) {
      const older = Buffer.from(`older, ${text}`);
      const bitloga = new Bitloga({ apiKey: "key", apiSecret: [text, older] });
      const crypto = new ApiForCrypto({ walletId: "wallet", notificationSecret: text });
      const first = [bitloga.balances().headers["X-SIGNATURE"], secretKeyOf(crypto)];
      losses["70 further clients"]();
      assert.deepEqual([bitloga.balances().headers["X-SIGNATURE"], secretKeyOf(crypto)], first);
      const payout = bitloga.payout({ uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" });
      payout.onNoResponse(payout.next(0), 1);
      bitloga.resumePayout(String(payout)).next(2);
      bitloga.watchInvoice("125").next(0);
      crypto.watchInvoice("i1").next(0);
      const signed = bitloga.signCallback({ to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125" });
      bitloga.verifyCallback(signed.body, signed.headers);
      bitloga.diagnose(`${signed.body} `, signed.headers);
      for (const given of [text, Buffer.from(`KEY="${text}"`), Buffer.from(text).toString("base64")]) {
        bitloga.diagnose(`${signed.body}!`, signed.headers, { secret: given });
      }
      bitloga.signCallbackBody("any body");
      losses["70 further clients"]();
      assert.throws(() => new Bitloga({ apiKey: "key", apiSecret: [text, ""] }), { code: "invalid_secret" });
      assert.throws(() => new Bitloga({ apiKey: "", apiSecret: text }), { code: "invalid_input" });
      for (const trace of traces(text.slice(0, secret.length))) assert.deepEqual(places(trace), []);
    }
  });

  test("has no secret_key in it once a notification is verified", () => {
    const client = new ApiForCrypto({ walletId: "wallet" });
    const secretKey = "a secret_key that is nowhere else: 88";
    const notification = JSON.stringify({
      id: "i1", blockchain: "tron", symbol: "USDT", address: "TQ", active: true, value: 10, created: "2026-02-07 12:00:00",
      expiry: "2026-02-07 12:30:00", status: "PAID", confirmations: 1, data: { order_id: "125" }, secret_key: secretKey,
    });
    client.verifyNotification(notification, secretKey);
    client.verifyNotification(Buffer.from(notification), secretKey);
    assert.throws(() => client.verifyNotification(notification, `${secretKey}!`), { code: "signature_mismatch" });
    assert.deepEqual(places(Buffer.from(secretKey)), []);
  });
});

/** How a payout ended: what `next` returns of one that was paid. */
function paidPayout(bitloga, withdrawal) {
  const payout = bitloga.payout(withdrawal);
  payout.onResponse(payout.next(0), 200, JSON.stringify({
    from: "USD", to: "WMZ", amount_from: 10.1, amount_from_comis: 10.1, amount_to: 10, purse: "Z1", status: "Complete",
    orderid: 29, transid: "436", uniqueid: "135", success: true,
  }), { now: 0 });
  return payout.next(0);
}

describe("the memory of the module and the secret_key of an invoice:", () => {
  const secret_key = "a secret_key that is nowhere else: 99";
  const fields = { id: "i1", blockchain: "tron", symbol: "USDT", address: "TQ", value: 10n };

  for (const [name, use] of Object.entries({
    testNotification: (client) => client.testNotification({ ...fields, secret_key }),
    "testNotification, refused": (client) =>
      assert.throws(() => client.testNotification({ ...fields, value: "x", secret_key }), { code: "invalid_input" }),
    createInvoice: (client) => client.createInvoice({ ...cryptoInvoice, secret_key }),
    "createInvoice, refused": (client) =>
      assert.throws(() => client.createInvoice({ ...cryptoInvoice, value: "x", secret_key }), { code: "invalid_input" }),
  })) {
    test(name, () => {
      use(new ApiForCrypto({ walletId: "wallet" }));
      assert.deepEqual(places(Buffer.from(secret_key)), []);
    });

    test(`${name}, derived`, () => {
      if (name.includes("refused")) return;
      const client = new ApiForCrypto({ walletId: "wallet", notificationSecret: "mine, of this test" });
      const derived = createHmac("sha512", "mine, of this test").update("125").digest("hex");
      if (name === "createInvoice") client.createInvoice(cryptoInvoice);
      else client.testNotification({ ...fields, data: { order_id: "125" } });
      assert.deepEqual(places(Buffer.from(derived)), []);
    });
  }
});

/** One object of every kind that the package hands out, made with secrets that can be looked for. */
function everything() {
  const secrets = ["api-key-4711", "api-secret-4711", "notification-secret-4711", "secret-key-4711", "wallet-id-4711"];
  const [apiKey, apiSecret, notificationSecret, secret_key, walletId] = secrets;
  const bitloga = new Bitloga({ apiKey, apiSecret: [apiSecret, Buffer.from(`older-${apiSecret}`)] });
  const crypto = new ApiForCrypto({ walletId, notificationSecret });
  const failure = (action) => {
    try {
      action();
    } catch (error) {
      return error;
    }
    return assert.fail("nothing was thrown");
  };
  const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
  const signed = bitloga.signCallback({ to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125" });
  const callback = bitloga.verifyCallback(signed.body, signed.headers);
  const derived = secretKeyOf(crypto);
  const notification = JSON.stringify({
    id: "i1", blockchain: "tron", symbol: "USDT", address: "TQ", active: true, value: 10, created: "2026-02-07 12:00:00",
    expiry: "2026-02-07 12:30:00", status: "PAID", confirmations: 1, data: { order_id: "125" }, secret_key: derived,
  });
  const calls = [
    bitloga.balances(), bitloga.withdraw(withdrawal), bitloga.details({ uniqueid: "1" }),
    bitloga.createCode({ amount: 1, currency: "USD", pass: "pass-4711" }), bitloga.applyCode({ code: "code-4711", pass: "pass-4711" }),
    crypto.createInvoice({ ...cryptoInvoice, secret_key }), crypto.createInvoice(cryptoInvoice), crypto.wallet(),
    [...Array(1)].map(() => bitloga.codePages().next().value)[0],
  ];
  const payout = bitloga.payout(withdrawal);
  const step = payout.next(0);
  const watch = bitloga.watchInvoice("125");
  const cryptoWatch = crypto.watchInvoice("i1");
  const questions = [watch.next(0), cryptoWatch.next(0)];
  watch.onResponse(questions[0], 200, `{"success":true,"type":"Invoice","status":"Payed","uniqueid":"125"}`, { now: 0 });
  const sent = [step, ...questions].map((step) => step.call.headers["X-SIGNATURE"] ?? []).flat();
  const signatures = [signed.headers["X-SIGNATURE"], ...sent, ...calls.flatMap(({ headers }) => headers["X-SIGNATURE"] ?? [])];
  const [apiForCryptoMessage, otherBody] = [
    crypto.testNotification({ id: "i1", blockchain: "tron", symbol: "USDT", address: "TQ", value: 10n, data: { order_id: "125" } }),
    bitloga.signCallbackBody("any body"),
  ];
  const withExtra = bitloga.signCallback({ to: "WMZ", amount: "1.00", invoiceid: 5, uniqueid: "125" }, { extra: { network: "tron" } });
  for (const { headers } of [otherBody, withExtra]) signatures.push(headers["X-SIGNATURE"]);
  const created = calls[3].parse(200, '{"success":true,"code":"created-4711"}');
  const gatewayBody = `{"success":false,"error":"no","echo":"${apiSecret} ${apiKey}"}`;
  const values = {
    bitloga, crypto, ...calls, signed, callback, payout, step, request: step.call,
    apiForCryptoMessage, otherBody, withExtra, created, paid: paidPayout(bitloga, withdrawal),
    not_a_policy: failure(() => bitloga.payout(withdrawal, { [apiSecret.slice(0, 3)]: apiSecret })),
    bad_policy: failure(() => bitloga.payout(withdrawal, { sends: apiSecret })),
    bad_withdrawal: failure(() => bitloga.payout({ ...withdrawal, amount: apiSecret })),
    another_account: failure(() => new Bitloga({ apiKey: "other", apiSecret }).resumePayout(String(payout))),
    not_a_payout: failure(() => bitloga.resumePayout(apiSecret)),
    not_a_watch: failure(() => bitloga.resumeWatch(`{"${apiSecret}":1}`)),
    not_a_step: failure(() => payout.onNoResponse({ type: "send", call: step.call })),
    not_a_callback: failure(() => watch.onCallback({ uniqueid: apiSecret })),
    watch, cryptoWatch, questions, cryptoRequest: questions[1].call, ended: watch.next(0), progress: cryptoWatch.progress(),
    notification: crypto.verifyNotification(notification),
    diagnosis: bitloga.diagnose(`${signed.body} `, signed.headers),
    headers: calls[0].headers, signedHeaders: signed.headers, spread: { ...calls[0], body: undefined },
    rejected: failure(() => calls[0].parse(200, gatewayBody)),
    http_status: failure(() => calls[0].parse(500, gatewayBody)),
    malformed: failure(() => calls[0].parse(200, `{"${apiSecret}`)),
    mismatch: failure(() => payseal.expectCallback(callback, { uniqueid: "1" })),
    signature_mismatch: failure(() => bitloga.verifyCallback(`${signed.body} `, signed.headers)),
    signature_malformed: failure(() => bitloga.verifyCallback(signed.body, `${apiSecret}${signatures[0]}`)),
    secret_key_mismatch: failure(() => crypto.verifyNotification(notification, secret_key)),
    invalid_input: failure(() => bitloga.withdraw({ ...withdrawal, amount: apiSecret })),
    invalid_secret: failure(() => new Bitloga({ apiKey, apiSecret: ` ${apiSecret}` })),
    body_not_raw: failure(() => bitloga.verifyCallback({ apiSecret }, signatures[0])),
  };
  return { values, secrets: [...secrets, derived, ...signatures, "pass-4711", "code-4711", "created-4711"], apiSecrets: [apiSecret, notificationSecret] };
}

describe("no public object shows a secret", () => {
  const { values, secrets, apiSecrets } = everything();
  const shown = {
    "console.log": (value) => inspect(value),
    "util.inspect of what is not enumerable": (value) => inspect(value, { showHidden: true, depth: 9 }),
    "util.inspect of what holds it": (value) => inspect({ list: [value] }, { depth: 9 }),
    "Deno.inspect": (value) => value?.[Symbol.for("Deno.customInspect")]?.(inspect, {}) ?? "",
    "JSON.stringify": (value) => JSON.stringify({ value }),
    String: (value) => String(value),
    stack: (value) => `${value?.stack} ${value?.message}`,
  };
  for (const [way, show] of Object.entries(shown)) {
    test(way, () => {
      for (const [name, value] of Object.entries(values)) {
        // The merchant asked for this code, and stores it.
        if (way === "JSON.stringify" && name === "created") continue;
        const text = show(value);
        for (const secret of secrets) assert.ok(!text.includes(secret), `${name} shows ${secret}: ${text}`);
      }
    });
  }

  // A call is to be sent, so that its fields hold what signs it. The secrets themselves are nowhere.
  test("structuredClone, Object.entries and everything that a prototype has", () => {
    for (const [name, value] of Object.entries(values)) {
      const entries = JSON.stringify(Object.entries(value)) + JSON.stringify(Reflect.ownKeys(value));
      const cloned = name === "signed" ? "" : inspect(structuredClone(value), { depth: 9 });
      const inherited = [];
      for (let type = Object.getPrototypeOf(value); type && type !== Object.prototype; type = Object.getPrototypeOf(type)) {
        for (const key of Object.getOwnPropertyNames(type)) {
          const { get } = Object.getOwnPropertyDescriptor(type, key);
          if (get && key !== "body") inherited.push(inspect(get.call(value), { showHidden: true, depth: 9 }));
        }
      }
      for (const secret of apiSecrets) assert.ok(!`${entries}${cloned}${inherited}`.includes(secret), `${name} holds ${secret}`);
    }
  });

  // A driver hands out no error that holds a request, whatever its store and its send do.
  test("errors of drivers", async () => {
    const { advance, run } = payseal;
    const bitloga = new Bitloga({ apiKey: "api-key-4711", apiSecret: "api-secret-4711" });
    const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
    const requests = [];
    const send = (call) => (requests.push(call), undefined);
    const store = () => {};
    const errors = [];
    for (const options of [
      { store, send }, { store, send: async (call) => ({ status: call, body: "" }) }, { store, send: async (call) => ({ status: 200, body: call }) },
      { store: "api-secret-4711" }, { store, sned: send }, { store, send, timeout: "api-secret-4711" },
    ]) {
      for (const drive of [run, advance]) {
        await drive(bitloga.payout(withdrawal), options).then(() => assert.fail("nothing was thrown"), (error) => errors.push(error));
      }
    }
    assert.ok(requests.length > 0);
    const hidden = [...secrets, ...requests.map(({ headers }) => headers["X-SIGNATURE"])];
    for (const error of errors) {
      for (const [way, show] of Object.entries(shown)) {
        for (const secret of hidden) assert.ok(!show(error).includes(secret), `${way} of ${error} shows ${secret}`);
      }
    }
  });

  test("every export that makes objects is among them", () => {
    const made = new Set(Object.values(values).map((value) => value.constructor?.name));
    const types = Object.entries(payseal).filter(([, value]) => typeof value === "function" && /^[A-Z]/.test(value.name));
    for (const [name] of types) if (name !== "PaysealError") assert.ok(made.has(name), `${name} is not looked at`);
    assert.ok(values.rejected instanceof PaysealError);
  });

  test("what is hidden is there for programs", () => {
    assert.match(values.rejected.body, /echo/);
    assert.equal(Object.keys(values.headers).includes("X-SIGNATURE"), true);
    assert.equal(new Headers(values.headers).get("x-signature"), values.headers["X-SIGNATURE"]);
    assert.equal({ ...values.headers }["X-APIKEY"], "api-key-4711");
    assert.equal(structuredClone(values.headers)["X-APIKEY"], "api-key-4711");
    assert.equal(values.headers.hasOwnProperty("X-APIKEY"), true);
    const names = [];
    for (const name in values.headers) names.push(name);
    assert.deepEqual(names, Object.keys(values.headers));
  });
});

describe("a code, which is money,", () => {
  const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
  const created = bitloga.createCode({ amount: 1, currency: "USD" }).parse(200, '{"success":true,"code":"code-4711","x":{"y":[1]}}');
  const line = '{"code":"code-4711","amount":1.00,"currency":"USD","status":"Active","createtime":"2022-07-11 15:27"}';
  const page = bitloga.listCodes().parse(200, `{"success":true,"data":[${line},${line}]}`);

  for (const [name, value] of Object.entries({ "that was created": created, "of a page": page.data[0], "in a page": page })) {
    test(`${name} is not shown`, () => {
      const inDeno = value[Symbol.for("Deno.customInspect")]?.(inspect, {}) ?? "";
      for (const shown of [inspect(value), inspect([{ value }], { depth: 9, showHidden: true }), `${inDeno}`]) {
        assert.ok(!shown.includes("code-4711"), shown);
      }
      assert.match(inspect(value, { depth: 9 }), name === "that was created" ? /code: '…'[^]*y: \[ '1' \]/ : /code: '…'[^]*amount: '1.00'/);
    });

    // A merchant stores it.
    test(`${name} is there for programs`, () => {
      assert.ok(JSON.stringify(value).includes("code-4711"));
      assert.deepEqual(JSON.parse(JSON.stringify(value)), { ...value });
      assert.ok(inspect(structuredClone(value), { depth: 9 }).includes("code-4711"));
    });
  }

  test("is a member like all others", () => {
    assert.equal(created.code, "code-4711");
    assert.deepEqual(Object.keys(created), ["code", "extra"]);
    assert.deepStrictEqual({ ...created }, { code: "code-4711", extra: { x: { y: ["1"] } } });
    assert.deepStrictEqual(created, { code: "code-4711", extra: { x: { y: ["1"] } } });
    assert.deepStrictEqual(Object.getOwnPropertyNames(created), ["code", "extra"]);
  });
});

test("what finds an invoice or a wallet is not shown", () => {
  const crypto = new ApiForCrypto({ walletId: "wallet" });
  const wallet = crypto.wallet().parse(200, '{"id":"id-4711","created":"2025-11-20","type":"m","name":"N","balance":"0","accounts":[]}');
  assert.ok(!inspect(wallet).includes("id-4711"));
  assert.equal(wallet.id, "id-4711");
});
