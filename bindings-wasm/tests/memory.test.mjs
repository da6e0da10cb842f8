// Nothing has to be freed. What breaks off is in traps.test.mjs.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setFlagsFromString } from "node:v8";
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

const { ApiForCrypto, Bitloga, PaysealError } = await import("payseal");

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const make = (number) => new Bitloga({ apiKey: "key", apiSecret: `secret ${number}` });
const fields = { to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125", name: "Ж" };

function use(client) {
  const { body, headers } = client.signCallback(fields);
  assert.equal(client.verifyCallback(body, headers).uniqueid, "125");
  try {
    client.verifyCallback(`${body} `, headers);
    assert.fail("nothing was thrown");
  } catch (error) {
    assert.ok(error instanceof PaysealError);
  }
  client.createInvoice({ uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z1" });
}

function memory() {
  collectGarbage();
  return { wasm: instances.at(-1).exports.memory.buffer.byteLength, heap: process.memoryUsage().heapUsed };
}

const MANY = Number(process.env.PAYSEAL_LEAK_TEST ?? 1_000_000);

describe("memory", () => {
  // The first: later on the memory is as large as it will ever be.
  test("memory may grow while a client is made", () => {
    make(0);
    const before = memory().wasm;
    for (let number = 0; number < 2000; number++) {
      const baseUrl = `https://gateway.example/${"a".repeat(number % 1000)}/`;
      new ApiForCrypto({ walletId: "wallet", notificationSecret: `secret ${number}`, baseUrl });
    }
    assert.ok(memory().wasm > before, "it did not grow: this test shows nothing");
  });

  test(`${MANY} clients, calls and callbacks, good and bad, leave it where it was`, () => {
    for (let number = 0; number < 2000; number++) use(make(number));
    const before = memory();
    for (let number = 0; number < MANY; number++) use(make(number));
    const after = memory();
    assert.equal(after.wasm, before.wasm);
    assert.ok(after.heap - before.heap < 1 << 20, `the heap grew by ${after.heap - before.heap} bytes`);
  });

  test("payouts and watches leave it where it was", () => {
    const client = make(0);
    const drive = (number) => {
      const payout = client.payout({ uniqueid: `${number}`, currency: "USD", paysys: "WMZ", amount: "1", purse: "Ж" });
      payout.onResponse(payout.next(0), 200, "{}", { now: 0 });
      const watch = client.resumeWatch(String(client.watchInvoice(`${number}`)));
      watch.onNoResponse(watch.next(0), 0);
      assert.deepEqual([payout.progress().stage, watch.progress().stage], ["waiting", "waiting"]);
    };
    for (let number = 0; number < 2000; number++) drive(number);
    const before = memory();
    for (let number = 0; number < 20_000; number++) drive(number);
    const after = memory();
    assert.equal(after.wasm, before.wasm);
    assert.ok(after.heap - before.heap < 1 << 20, `the heap grew by ${after.heap - before.heap} bytes`);
  });

  test("clients that were evicted work, each with its own secret", () => {
    const clients = Array.from({ length: 500 }, (_, number) => make(number));
    const signatures = clients.map((client) => client.balances().headers["X-SIGNATURE"]);
    assert.equal(new Set(signatures).size, clients.length);
    clients.forEach(use);
    assert.deepEqual(clients.map((client) => client.balances().headers["X-SIGNATURE"]), signatures);
  });

  test("a callback that makes memory grow is read right", () => {
    const client = new Bitloga({ apiKey: "key", apiSecret: "secret", maxBody: 1 << 26 });
    const filler = `"unknown":"${"Ж".repeat(1 << 22)}"`;
    const answer = `{"code":"first",${filler},"success":true}`;
    const call = client.createCode({ amount: 1, currency: "USD" });
    for (const body of [answer, Buffer.from(answer)]) {
      const { code, extra } = call.parse(200, body);
      assert.equal(code, "first");
      assert.equal(extra.unknown.length, 1 << 22);
    }
    use(client);
  });
});
