// A gateway that no file of this binding names, driven from JavaScript: run build.mjs first. Its class is generated, and
// the cases are those of every language.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";

const repository = new URL("../../../", import.meta.url);
const built = new URL("target/toy/bindings-wasm/", repository);
const load = (name) => import(new URL(`out/${name}.js`, built));
const read = (name, folder) => readFileSync(new URL(name, folder));

// Looks at the module from outside.
const instances = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...values) {
    super(...values);
    instances.push(this);
  }
};

const { init } = await load("module");
const { ToysClient } = await load("generated/Toys");
const { GatewayError, InvalidInputError, MalformedError, SignatureError } = await load("errors");
init(read("dist/wasm/payseal_bg.wasm", built));

const cases = JSON.parse(read("core/tests/toy_gateway/cases.json", repository));
const toys = new ToysClient({ secret: cases.secret });
const order = cases.calls[0].input;

const failure = (action) => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
};

/** The first line of a stack after the message. */
const caller = ({ stack }) => stack.split("\n").find((line) => line.startsWith("    at "));

/** A result without what JavaScript adds: the value as the cases have it. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { isPaid, isFinal, event_id, secret_index, ...rest } = value;
  return Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, plain(member)]));
}

const camelCase = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const sign = (body, secret = cases.secret) => createHmac("sha512", secret).update(body).digest("hex");

describe("a request", () => {
  for (const { name, method, input, body, signature } of cases.calls) {
    test(`of ${method} holds ${name}`, () => {
      const call = toys[camelCase(method)](input);
      assert.equal(call.body, body);
      assert.equal(call.headers["X-TOY-SIGNATURE"], signature);
      assert.equal(call.url, "https://toys.example/");
    });
  }

  test("goes to the address of the client, whose settings are checked", () => {
    const elsewhere = new ToysClient({ secret: cases.secret, baseUrl: "http://127.0.0.1:8787/" });
    assert.equal(elsewhere.createOrder(order).url, "http://127.0.0.1:8787/");
    const make = (options) => failure(() => new ToysClient(options));
    assert.equal(make({ secret: cases.secret, baseUrl: "toys" }).field, "baseUrl");
    assert.equal(make({}).code, "invalid_secret");
    assert.match(make({ secrets: "a" }).message, /did you mean secret\?/);
    assert.match(caller(make({})), /toys\.test\.mjs/);
  });

  test("takes a list from another realm, frozen, or of a class of its own", () => {
    class Colours extends Array {}
    const foreign = runInNewContext('["red", "blue"]');
    for (const colours of [foreign, Object.freeze(["red", "blue"]), Colours.of("red", "blue"), new Proxy(["red", "blue"], {})]) {
      assert.equal(toys.createOrder({ ...order, colours }).body, cases.calls[0].body);
    }
  });

  test("is the same again after more clients than the module keeps", () => {
    for (let number = 0; number < 70; number++) new ToysClient({ secret: `another ${number}` });
    assert.equal(toys.createOrder(order).body, cases.calls[0].body);
  });
});

describe("what violates a rule is named however deep:", () => {
  const refused = (change) => {
    const error = failure(() => toys.createOrder({ ...order, ...change }));
    assert.ok(error instanceof InvalidInputError, String(error?.stack));
    assert.match(caller(error), /toys\.test\.mjs/);
    return error;
  };

  for (const { change, message } of cases.refused) {
    test(`${message} (${JSON.stringify(change)})`, () => {
      const error = refused(change);
      assert.equal(error.message, message);
      assert.equal(error.field, message.slice(0, message.indexOf(":")));
    });
  }

  test("a hole in a list, and what no language but this one has", () => {
    const elements = { "must be text": [undefined, null, 5, 5n, Symbol("red"), () => "red", {}, new String("red"), new Date(0)] };
    for (const [rule, values] of Object.entries(elements)) {
      for (const value of values) assert.equal(refused({ colours: ["red", value] }).message, `colours[1]: ${rule}`);
    }
    assert.equal(refused({ colours: ["red", , "blue"] }).message, "colours[1]: must be text");
    for (const gift of [new Boolean(true), 1, 0n, "", {}, []]) assert.equal(refused({ gift }).field, "gift");
    for (const colours of [new Set(["red"]), { length: 1, 0: "red" }, "red", new Uint8Array(2)]) {
      assert.equal(refused({ colours }).message, "colours: must be a list");
    }
  });

  test("a name that is misspelt, in a group, in a group of a group and in a group of a list", () => {
    assert.match(refused({ address: { streat: "a" } }).message, /^address\.streat: .* did you mean address\.street\?$/);
    const deep = refused({ address: { street: "a", person: { names: "Ann" } } });
    assert.match(deep.message, /^address\.person\.names: .* did you mean address\.person\.name\?$/);
    const listed = refused({ toys: [{ name: "train" }, { nam: "ball" }] });
    assert.match(listed.message, /^toys\[1\]\.nam: .* did you mean toys\[1\]\.name\?$/);
  });

  test("text that no encoding can send, and text that is far too long", () => {
    assert.match(refused({ colours: ["red", "\ud800"] }).message, /^colours\[1\]: has half a surrogate pair/);
    assert.match(refused({ toys: [{ name: "a", parts: ["\udc00"] }] }).message, /^toys\[0\]\.parts\[0\]: has half/);
    assert.match(refused({ address: { street: "a".repeat(1 << 21) } }).message, /^address\.street: is far too long$/);
    assert.match(refused({ colours: ["a".repeat(1025)] }).message, /^colours\[0\]: must have at most 1024 characters$/);
    // Two halves in two elements do not make a whole.
    assert.equal(refused({ colours: ["\ud83d", "\ude00"] }).field, "colours[0]");
  });

  test("lists that would fill the memory", () => {
    assert.match(refused({ colours: new Array(2 ** 32 - 1) }).message, /^colours: is far too long$/);
    const parts = new Array(1 << 16).fill("a");
    const many = new Array(1 << 16).fill({ name: "train", parts });
    assert.match(refused({ toys: many }).message, /is far too long$/);
    const texts = new Array(64).fill("a".repeat(1 << 20));
    assert.match(refused({ colours: texts }).message, /far too long$/);
    assert.equal(toys.createOrder(order).body, cases.calls[0].body);
  });

  test("what holds itself, and what lies of its length or cannot be read", () => {
    const circle = { street: "a" };
    circle.person = circle;
    assert.equal(refused({ address: circle }).field, "address.person.street");
    const list = [];
    list.push(list);
    assert.equal(refused({ colours: list }).message, "colours[0]: must be text");
    assert.equal(refused({ toys: list }).message, "toys[0]: must be an object");
    let deep = [];
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    assert.equal(refused({ toys: deep }).message, "toys[0]: must be an object");

    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    assert.equal(refused({ number: proxy }).message, "number: must be text");
    const thrower = { name: "train", get parts() { throw new TypeError("no"); } };
    for (const change of [{ colours: proxy }, { toys: [proxy] }, { toys: [thrower] }]) {
      assert.match(refused(change).message, /cannot be read|must be/);
    }
    for (const length of [Infinity, NaN, -1, "2"]) {
      const sly = new Proxy(["red", "blue"], { get: (target, name) => (name === "length" ? length : target[name]) });
      const outcome = (() => {
        try {
          return toys.createOrder({ ...order, colours: sly }).body;
        } catch (error) {
          assert.ok(error instanceof InvalidInputError);
          return error.message;
        }
      })();
      assert.match(outcome, /far too long|colours\[\d\]|"colours":\["red","blue"\]|"news_url":"[^"]*","address"/);
    }
  });

  test("a getter that uses the library, or grows its list, does not disturb the call", () => {
    const colours = ["red"];
    const sly = [{ get name() { toys.listReceipts({ skip: 5 }); colours.push("blue"); return "train"; }, parts: ["rail"] }, { name: "ball" }];
    assert.equal(toys.createOrder({ ...order, toys: sly, colours: ["red", "blue"] }).body, cases.calls[0].body);
  });

  test("what every object or list inherits is not taken", () => {
    const { body } = toys.createOrder({ ...order, toys: [{ name: "ball" }] });
    Object.prototype.parts = ["evil"];
    Object.prototype.child = true;
    Array.prototype[1] = { name: "evil" };
    try {
      assert.equal(toys.createOrder({ ...order, toys: [{ name: "ball" }] }).body, body);
      const { message } = failure(() => toys.createOrder({ ...order, address: { street: "a", person: {} } }));
      assert.equal(message, "address.person.name: is required");
    } finally {
      delete Object.prototype.parts;
      delete Object.prototype.child;
      delete Array.prototype[1];
    }
  });
});

describe("an answer", () => {
  const call = toys.createOrder(order);

  for (const { name, status, body, value } of cases.answers) {
    test(`holds ${name}`, () => {
      for (const form of [body, Buffer.from(body)]) assert.deepEqual(plain(call.parse(status, form)), value);
    });
  }

  test("says how far the money has come", () => {
    const states = cases.answers.map(({ status, body }) => call.parse(status, body));
    assert.deepEqual(states.map(({ state, isPaid, isFinal }) => [state, isPaid, isFinal]), [
      ["paid", true, true], ["dancing", false, false], ["lost", false, true],
    ]);
  });

  for (const { status, body, code, message } of cases.bad_answers) {
    test(`is refused: ${message}`, () => {
      const error = failure(() => call.parse(status, body));
      assert.ok(error instanceof (code === "malformed_body" ? MalformedError : GatewayError));
      assert.deepEqual([error.code, error.message], [code, message]);
      assert.match(caller(error), /toys\.test\.mjs/);
    });
  }
});

describe("a callback", () => {
  const { body, header, signature, value, event_id } = cases.callback;

  test("is verified by the signature in the gateway's own header", () => {
    const headers = { [header.toLowerCase()]: signature };
    for (const source of [signature, headers, new Headers(headers), new Map([[header, signature]]), { headers }, [[header, signature]]]) {
      const news = toys.verifyNews(body, source);
      assert.deepEqual(plain(news), value);
      assert.deepEqual([news.event_id, news.secret_index, news.isPaid], [event_id, 0, true]);
    }
    const another = failure(() => toys.verifyNews(body, { "x-signature": signature }));
    assert.ok(another instanceof SignatureError);
    assert.equal(another.code, "signature_missing");
    assert.ok(another.message.includes(header), another.message);
  });

  test("is refused if it was signed with another secret, or changed", () => {
    for (const [text, proof] of [[body, sign(body, "another")], [body.replace("paid", "lost"), signature], ["{}", signature]]) {
      assert.equal(failure(() => toys.verifyNews(text, proof)).code, "signature_mismatch");
    }
    assert.equal(failure(() => toys.verifyNews(JSON.parse(body), signature)).code, "body_not_raw");
    assert.equal(failure(() => toys.verifyNews("{}", sign("{}"))).code, "malformed_body");
    assert.match(caller(failure(() => toys.verifyNews("{}", ""))), /toys\.test\.mjs/);
  });

  test("may be signed with any of several secrets", () => {
    const rotating = new ToysClient({ secret: ["the new one", cases.secret] });
    assert.equal(rotating.verifyNews(body, signature).secret_index, 1);
  });

  test("is limited to maxBody", () => {
    const small = new ToysClient({ secret: cases.secret, maxBody: body.length });
    assert.equal(small.verifyNews(body, signature).id, value.id);
    assert.equal(failure(() => small.verifyNews(`${body} `, signature)).code, "malformed_body");
  });
});

test("pages follow each other until a short one", () => {
  const { filter, answers, bodies } = cases.pages;
  const receipt = { id: "o1", price: 1, parcels: 0, state: "paid" };
  const sent = [];
  for (const call of toys.receiptPages(filter)) {
    const receipts = new Array(answers[sent.length]).fill(receipt);
    sent.push(call.body);
    assert.equal(call.parse(200, JSON.stringify({ ok: true, receipts })).receipts.length, receipts.length);
  }
  assert.deepEqual(sent, bodies);
  const error = failure(() => [...toys.receiptPages(filter)]);
  assert.match(error.message, /^receiptPages: needs each page parsed/);
  assert.match(error.stack.split("\n").slice(1, 3).join(), /^ +at receiptPages\.next .*toys\.test\.mjs/);
  assert.equal(failure(() => toys.receiptPages({ skips: 1 }).next()).field, "skips");
});

test("nothing shows a secret", () => {
  const call = toys.createOrder(order);
  const receipt = call.parse(cases.answers[0].status, cases.answers[0].body);
  const logged = [toys, call, receipt].map((value) => inspect(value)).join() + JSON.stringify([toys, call]);
  for (const secret of [cases.secret, order.pin, cases.calls[0].signature]) assert.ok(!logged.includes(secret), secret);
  assert.equal(receipt.pin, order.pin);
});

test("a request with a secret leaves nothing of it in the module's memory", () => {
  const { body } = toys.createOrder(order);
  assert.ok(body.includes(order.pin));
  const memories = instances.map(({ exports }) => Buffer.from(exports.memory.buffer));
  assert.ok(memories.length > 0);
  for (const memory of memories) assert.equal(memory.indexOf(order.pin), -1);
});
