// The shop, tested by its user against the sandbox.

import { appendFileSync } from "node:fs";
// #region shop
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Bitloga, send } from "payseal";
import { SandboxError, startSandbox } from "payseal-sandbox";

const sandbox = await startSandbox({ pauseScale: 0.01, apiSecret: "-this shop's-" });
const { apiKey, apiSecret, baseUrl } = sandbox;
const bitloga = new Bitloga({ apiKey, apiSecret, baseUrl });

let callbackurl;
let shop;

before(async () => {
  const port = await freePort();
  callbackurl = `http://127.0.0.1:${port}/callback`;
  const env = { ...process.env, PORT: port, BITLOGA_API_KEY: apiKey, BITLOGA_API_SECRET: apiSecret };
  shop = spawn(process.execPath, ["server.js"], { env, stdio: "inherit" });
  while (!(await fetch(callbackurl).catch(() => null))) await sleep(20);
});
after(async () => {
  shop.kill();
  await sandbox.stop();
});
beforeEach(() => sandbox.reset());
afterEach((context) => {
  if (!context.passed) console.log(sandbox.logs);
});

async function order(uniqueid) {
  return send(bitloga.createInvoice({ uniqueid, paysys: "WMZ", amount: "1.00", purse: "Z123456789012", callbackurl }));
}

test("an order is paid", async () => {
  const invoice = await order("125");
  assert.ok(invoice.invoice.startsWith(sandbox.url));

  await sandbox.pay("125");

  const delivery = await sandbox.waitForDelivery("125");
  assert.equal(delivery.attempt, 1);
  assert.equal(bitloga.verifyCallback(delivery.body, { "X-SIGNATURE": delivery.signature }).uniqueid, "125");
});

test("a forged callback is refused", async () => {
  assert.deepEqual((await sandbox.state()).invoices, [], "the test before is forgotten");
  await order("125");
  await sandbox.pay("125");
  const { body, signature } = await sandbox.waitForDelivery("125");
  const post = (sent) => fetch(callbackurl, { method: "POST", headers: { "X-SIGNATURE": signature }, body: sent });
  assert.equal((await post(body)).status, 200);
  assert.equal((await post(body.replace("1", "2"))).status, 401);
});
// #endregion shop

// Tells whoever runs these tests which sandbox there was.
appendFileSync(process.env.SANDBOXES, `${sandbox.pid} ${sandbox.url}\n`);

test("what the sandbox refuses is an error", async () => {
  await assert.rejects(sandbox.pay("no/such"), SandboxError);
  await assert.rejects(sandbox.pay("no/such"), /refused POST invoices\/no%2Fsuch\/pay: no such invoice/);
  await assert.rejects(sandbox.waitForDelivery("1", { timeout: 50 }), /"1" was answered with 200 within 50 ms; none was/);
});

test("a fault is ordered", async () => {
  await sandbox.misbehave("invoice", "500");
  await assert.rejects(order("126"), { code: "http_status" });
  await order("126");
});

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
