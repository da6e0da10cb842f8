// Tests with a sandbox and an open page of it, and what they share.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { Sandbox } from "./sandbox.mjs";

export const VIEWS = [
  "start",
  "deliveries",
  "requests",
  "invoices",
  "payouts",
  "crypto",
  "codes",
  "balances",
  "trigger",
  "misbehaviour",
  "behaviour",
];
export const EVIL = `<script>globalThis.hit=1</script><img src=x onerror="globalThis.hit=1">"'&`;

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/** @type {import("playwright-core").Browser} */
export let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/**
 * A test with a sandbox and an open page of it, which must not complain.
 *
 * @param {string} name
 * @param {(world: { sandbox: Sandbox, page: Page, row: (text: string) => Locator }) => Promise<void>} body
 * @param {{ view?: string, options?: string[], browser?: import("playwright-core").BrowserContextOptions,
 *   expected?: RegExp }} [setup] `expected` is what the page may complain of
 */
export function inPage(name, body, setup = {}) {
  test(name, { timeout: 60_000 }, async () => {
    const sandbox = await Sandbox.start(...(setup.options ?? []));
    const { page, complaints, close } = await open(browser, `${sandbox.url}/#/${setup.view ?? "start"}`, setup.browser);
    try {
      await page.locator("#live.on").waitFor();
      await body({ sandbox, page, row: (text) => page.locator(".row", { hasText: text }) });
      assert.deepEqual(
        complaints.filter((text) => !setup.expected?.test(text)),
        [],
      );
    } finally {
      await close();
      await sandbox.stop();
    }
  });
}

/**
 * A world with something in every view.
 *
 * @param {Sandbox} sandbox
 * @param {import("./sandbox.mjs").Shop} shop
 */
export async function fill(sandbox, shop) {
  const long = "a-very-long-uniqueid-without-a-place-to-break-".repeat(4);
  for (const uniqueid of ["order-1", EVIL, long]) {
    await sandbox.invoice(uniqueid, { desc: EVIL, callbackurl: shop.url });
    await sandbox.post(`/sandbox/invoices/${encodeURIComponent(uniqueid)}/pay`);
  }
  await sandbox.payout("payout-1", { purse: "pending" });
  await sandbox.payout(`${long}2`);
  await sandbox.bitloga({ action: "create", amount: 5, currency: "USD", desc: EVIL });
  const data = { order_id: EVIL, url_callback: shop.url };
  const order = { blockchain: "tron", symbol: "USDT", value: 25000000, expiry: 20, confirmations: 1, data };
  const { id } = await sandbox.post("/api/v1/wallets/sandbox-wallet/invoices", order);
  await sandbox.post(`/sandbox/crypto/${id}/pay`);
  await sandbox.post("/sandbox/misbehave", { mode: "503", action: "apply", uniqueid: EVIL, times: 3 });
  await sandbox.post("/sandbox/trouble", { per_mille: { drop: 1 } });
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} view
 */
export async function goTo(page, view) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${view}`);
  await page.locator(`#nav a[href="#/${view}"][aria-current=page]`).waitFor({ state: "attached" });
}

/** @param {import("playwright-core").Page} page */
export async function openRows(page) {
  await page.evaluate(() => {
    for (const node of document.querySelectorAll(".disclose[aria-expanded=false]"))
      /** @type {HTMLElement} */ (node).click();
    for (const node of document.querySelectorAll("details")) node.open = true;
  });
}
