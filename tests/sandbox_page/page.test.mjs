// The sandbox's page in Chromium: what it shows, what its buttons and forms do, and that it goes on by itself.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { PHONE, launch, open } from "./browser.mjs";
import { contrastFailures } from "./contrast.mjs";
import { Sandbox, Shop } from "./sandbox.mjs";

const VIEWS = [
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
const EVIL = `<script>globalThis.hit=1</script><img src=x onerror="globalThis.hit=1">"'&`;

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/**
 * A test with a sandbox and an open page of it, which must not complain.
 *
 * @param {string} name
 * @param {(world: { sandbox: Sandbox, page: import("playwright-core").Page, row: (text: string) => import("playwright-core").Locator }) => Promise<void>} body
 * @param {{ view?: string, options?: string[], browser?: import("playwright-core").BrowserContextOptions,
 *   expected?: RegExp }} [setup] `expected` is what the page may complain of
 */
function inPage(name, body, setup = {}) {
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
 * @param {Shop} shop
 */
async function fill(sandbox, shop) {
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
async function goTo(page, view) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${view}`);
  await page.locator(`#nav a[href="#/${view}"][aria-current=page]`).waitFor({ state: "attached" });
}

/** @param {import("playwright-core").Page} page */
async function openRows(page) {
  await page.evaluate(() => {
    for (const node of document.querySelectorAll(".disclose[aria-expanded=false]"))
      /** @type {HTMLElement} */ (node).click();
    for (const node of document.querySelectorAll("details")) node.open = true;
  });
}

inPage("empty views say what to do first, with things to copy", async ({ sandbox, page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy base URL" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${sandbox.url}/api/v1/`);
  await page.getByRole("button", { name: "Copy API secret" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "sandbox-secret");
  for (const view of ["deliveries", "requests", "invoices", "payouts", "crypto", "codes"]) {
    await goTo(page, view);
    assert.match(await page.locator(".empty").innerText(), /yet\.\s+\S.{20}/s, view);
  }
});

inPage(
  "an invoice that was created shows up without a reload",
  async ({ sandbox, page, row }) => {
    await page.evaluate(() => {
      Object.assign(globalThis, { mark: true });
    });
    await sandbox.invoice("order-42");
    await row("order-42").waitFor();
    assert.match(await row("order-42").innerText(), /Created[^]*12\.5 USD/);
    assert.equal(await page.locator("#count-invoices").innerText(), "1");
    assert.equal(await page.evaluate(() => "mark" in globalThis), true);
  },
  { view: "invoices" },
);

inPage("a page at rest asks nothing", async ({ page, sandbox }) => {
  let asked = 0;
  page.on("request", () => {
    asked += 1;
  });
  await page.waitForTimeout(1500);
  assert.equal(asked, 0);
  await sandbox.invoice("order-1");
  await page.waitForTimeout(500);
  assert.ok(asked > 0 && asked <= 8, `${asked} requests after one change`);
});

inPage(
  "paid by a button, delivered, and open to all of the exchange",
  async ({ sandbox, page, row }) => {
    const shop = await Shop.start(500);
    await sandbox.invoice("order-7", { callbackurl: shop.url });
    await row("order-7").getByRole("button", { name: "Pay", exact: true }).click();
    await row("Payed").waitFor();
    await goTo(page, "deliveries");
    await row("500").waitFor();
    await row("order-7").locator(".disclose").click();
    const [sent] = shop.received;
    assert.ok(sent);
    const text = await row("order-7").locator(".detail").innerText();
    const body = sent.body.toString();
    assert.ok(text.includes(`POST ${shop.url}`), text);
    assert.ok(text.includes(createHmac("sha512", "sandbox-secret").update(sent.body).digest("hex")), "the signature");
    for (const [name, value] of Object.entries(sent.headers))
      assert.ok(text.includes(`${name}: ${value}`), `header ${name}`);
    assert.ok(text.includes("x-shop: tests"), "a header of the answer");
    assert.match(text, /"shop": "says"/);
    assert.match(text, /"uniqueid": "order-7"/);
    assert.match(text, /Next attempt in \d+ s/);
    assert.equal(
      await row("order-7").getByRole("button", { name: "Copy request body" }).getAttribute("data-copy"),
      body,
    );
    // Meanwhile it is tried again, and the open row follows.
    await row("200 delivered").waitFor({ timeout: 30_000 });
    assert.match(await row("order-7").locator(".detail").innerText(), /Delivered: there is no next attempt/);
    await goTo(page, "invoices");
    await row("order-7").getByRole("button", { name: "Resend" }).click();
    await page.waitForFunction(() => document.getElementById("count-deliveries")?.textContent === "2");
    shop.stop();
  },
  { view: "invoices", options: ["--pause-scale", "4"] },
);

inPage(
  "a payout is settled by buttons, and shows its history and what it moved",
  async ({ sandbox, row, page }) => {
    await sandbox.payout("payout-1", { purse: "pending" });
    await row("Pending").getByRole("button", { name: "Complete" }).click();
    await row("Complete").getByRole("button", { name: "Reverse" }).click();
    await row("Canceled").waitFor();
    await row("payout-1").locator(".disclose").click();
    const detail = row("payout-1").locator(".detail");
    await detail.getByText("+10.10 USD").waitFor();
    assert.match(
      await detail.innerText(),
      /Pending[^]*Complete[^]*Canceled[^]*−10\.10 USD[^]*\+10\.10 USD\s*withdrawal payout-1 canceled/,
    );
    await goTo(page, "balances");
    await page.getByLabel("Amount").fill("5.50");
    await page.getByRole("button", { name: "Change the balance" }).click();
    await page.getByText("10005.50").waitFor();
  },
  { view: "payouts" },
);

inPage(
  "misbehaviour that is ordered on the page hits the next request",
  async ({ sandbox, page }) => {
    await page.getByLabel("What goes wrong").selectOption("drop");
    await page.getByLabel("When").selectOption("after");
    await page.getByLabel("Action", { exact: true }).selectOption("withdraw");
    await page.getByLabel("Only for uniqueid").fill("payout-9");
    await page.getByRole("button", { name: "Order it" }).click();
    await page.locator("#orders li", { hasText: "drop-after" }).waitFor();
    assert.equal((await sandbox.payout("payout-8")).status, 200, "another uniqueid is spared");
    await assert.rejects(sandbox.payout("payout-9"), /fetch failed/);
    await page.locator("#orders").waitFor({ state: "detached" });
    assert.equal((await sandbox.get("/sandbox/payouts/payout-9")).payouts.length, 1, "it was carried out first");
    await goTo(page, "requests");
    assert.match(await page.locator(".row").first().innerText(), /dropped[^]*payout-9[^]*drop-after/);
  },
  { view: "misbehaviour" },
);

inPage(
  "details of faults, random trouble, and the end of both",
  async ({ sandbox, page }) => {
    await page.getByLabel("What goes wrong").selectOption("429");
    await page.getByLabel("Retry-After").fill("7");
    await page.getByLabel("How many times").fill("2");
    await page.getByRole("button", { name: "Order it" }).click();
    await page.locator("#orders li", { hasText: "2 times" }).waitFor();
    assert.equal((await sandbox.bitloga({ action: "balances" })).status, 429);
    await page.getByRole("button", { name: "Cancel all orders" }).click();
    await page.locator("#orders").waitFor({ state: "detached" });
    assert.equal((await sandbox.bitloga({ action: "balances" })).status, 200);
    await page.getByLabel("drop", { exact: true }).fill("0");
    await page.getByLabel("500", { exact: true }).fill("1000");
    await page.getByRole("button", { name: "Turn trouble on" }).click();
    await page.getByRole("button", { name: "Turn trouble off" }).waitFor();
    assert.equal((await sandbox.bitloga({ action: "balances" })).status, 500);
    await page.getByRole("button", { name: "Turn trouble off" }).click();
    await page.getByText("Off.").waitFor();
    assert.equal((await sandbox.bitloga({ action: "balances" })).status, 200);
  },
  { view: "misbehaviour" },
);

inPage(
  "settings are kept, and everything can be forgotten",
  async ({ sandbox, page }) => {
    await sandbox.invoice("order-1");
    await page.getByLabel("details says").selectOption("list");
    await page.getByLabel("details lags by").fill("50");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").waitFor();
    const { behaviour } = await sandbox.get("/sandbox/behaviour");
    assert.deepEqual([behaviour.not_known, behaviour.details_lag_ms], ["list", 50]);
    page.once("dialog", (dialog) => dialog.dismiss());
    await page.getByRole("button", { name: "Reset everything" }).click();
    assert.equal((await sandbox.get("/sandbox/state")).invoices.length, 1, "not without a yes");
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: "Reset everything" }).click();
    await page.getByText("Everything was forgotten").waitFor();
    assert.equal((await sandbox.get("/sandbox/state")).invoices.length, 0);
  },
  { view: "behaviour" },
);

inPage(
  "the trigger form delivers a callback that verifies, and shows the answer",
  async ({ page }) => {
    const shop = await Shop.start(202);
    await page.getByLabel("To this URL").fill(shop.url);
    await page.getByLabel("uniqueid").fill("order-9");
    await page.getByLabel("amount").fill("7.50");
    await page.getByRole("button", { name: "Send it" }).click();
    await page.locator("#result .exchange").waitFor();
    const [sent] = shop.received;
    assert.ok(sent);
    const signature = createHmac("sha512", "sandbox-secret").update(sent.body).digest("hex");
    assert.equal(sent.headers["x-signature"], signature);
    assert.match(sent.body.toString(), /"amount":7\.50,.*"uniqueid":"order-9"/, "the digits that were typed");
    const text = await page.locator("#result").innerText();
    assert.match(text, /202[^]*"signed": true/);

    for (const [fault, count] of /** @type {const} */ ([
      ["wrong-signature", 1],
      ["re-serialised", 1],
      ["twice", 2],
    ])) {
      const first = shop.received.length;
      await page.getByLabel("How", { exact: true }).selectOption(fault);
      await page.getByRole("button", { name: "Send it" }).click();
      await page.waitForFunction((n) => document.querySelectorAll("#result .exchange").length === n, count);
      await page
        .locator("#result")
        .getByText(`"signed": ${fault === "twice"}`)
        .first()
        .waitFor();
      assert.equal(shop.received.length, first + count, fault);
    }
    await page.getByLabel("What", { exact: true }).selectOption("notification");
    await page.getByLabel("How", { exact: true }).selectOption("");
    await page.getByLabel("secret_key").fill("my-secret");
    await page.getByRole("button", { name: "Send it" }).click();
    await page.locator("#result").getByText('"secret_key": "my-secret"').waitFor();
    assert.equal(JSON.parse(String(shop.received.at(-1)?.body)).secret_key, "my-secret");

    const before = shop.received.length;
    await page.getByLabel("To this URL").fill("http://10.0.0.1/callback");
    await page.getByRole("button", { name: "Send it" }).click();
    await page.locator("#message.error", { hasText: "10.0.0.1 is not this machine" }).waitFor();
    assert.equal(shop.received.length, before);
    shop.stop();
  },
  { view: "trigger", expected: /status of 403/ },
);

inPage(
  "lists are searched by uniqueid and filtered by status",
  async ({ sandbox, page, row }) => {
    for (const uniqueid of ["apple-1", "apple-2", "pear-3"]) await sandbox.invoice(uniqueid);
    await sandbox.post("/sandbox/invoices/apple-2/pay");
    await row("Payed").waitFor();
    await page.getByRole("searchbox").fill("APPLE");
    assert.equal(await page.locator(".row").count(), 2);
    await page.getByLabel("Status").selectOption("Payed");
    assert.deepEqual([await page.locator(".row").count(), await row("apple-2").count()], [1, 1]);
    await page.getByRole("searchbox").fill("plum");
    await page.getByText("Nothing matches the filter").waitFor();
  },
  { view: "invoices" },
);

inPage("what clients send shows as text, in every view", async ({ sandbox, page, row }) => {
  const shop = await Shop.start();
  await fill(sandbox, shop);
  await sandbox.post("/sandbox/trigger", { url: shop.url, body: EVIL });
  for (const view of VIEWS) {
    await goTo(page, view);
    await page.waitForTimeout(100);
    await openRows(page);
    assert.equal(await page.locator("main img, main script").count(), 0, view);
  }
  for (const view of ["invoices", "deliveries", "requests"]) {
    await goTo(page, view);
    await row(EVIL).first().waitFor();
  }
  assert.equal(await page.evaluate(() => "hit" in globalThis), false);
  shop.stop();
});

inPage(
  "on a phone nothing is wider than the screen, and everything can be tapped",
  async ({ sandbox, page }) => {
    const shop = await Shop.start(500);
    await fill(sandbox, shop);
    await page.locator("#count-deliveries", { hasText: /[3-9]/ }).waitFor({ state: "attached" });
    for (const view of VIEWS) {
      await page.getByRole("button", { name: "Menu" }).tap();
      await page.locator(`#nav a[href="#/${view}"]`).tap();
      await page.locator(`#nav a[href="#/${view}"][aria-current=page]`).waitFor({ state: "attached" });
      await page.locator("#nav").waitFor({ state: "hidden" });
      await openRows(page);
      await page.waitForTimeout(100);
      const { wide, small } = await page.evaluate(() => {
        const visible = [...document.querySelectorAll("main *")].filter((node) => node.getClientRects().length > 0);
        const name = (/** @type {Element} */ node) =>
          `${node.tagName}.${node.className}: ${node.textContent?.slice(0, 30)}`;
        return {
          wide:
            document.documentElement.scrollWidth > innerWidth
              ? ["the page", ...visible.filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map(name)]
              : [],
          small: visible
            .filter((node) => node.matches("button, input, select, textarea, summary"))
            .filter((node) => node.getBoundingClientRect().height < 43.5)
            .map(name),
        };
      });
      assert.deepEqual(wide, [], view);
      assert.deepEqual(small, [], view);
    }
    shop.stop();
  },
  { browser: { viewport: PHONE, isMobile: true, hasTouch: true } },
);

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  inPage(
    `text can be read in ${colorScheme} colours`,
    async ({ sandbox, page }) => {
      const shop = await Shop.start(500);
      await fill(sandbox, shop);
      for (const view of VIEWS) {
        await goTo(page, view);
        await page.waitForTimeout(100);
        await openRows(page);
        assert.deepEqual(await contrastFailures(page), [], view);
      }
      shop.stop();
    },
    { browser: { colorScheme } },
  );
}

inPage(
  "all of it works by keyboard, and what is focused stays so when something changes",
  async ({ sandbox, page, row }) => {
    await sandbox.invoice("order-1");
    await row("order-1").waitFor();
    await page.getByLabel("Status").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await row("order-1").getByText("invoiceid").waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.className);
    await sandbox.invoice("order-2");
    await row("order-2").waitFor();
    assert.equal(await focused(), "disclose");
    await sandbox.post("/sandbox/invoices/order-1/fail");
    await row("Canceled").waitFor();
    assert.equal(await focused(), "disclose", "the row that has focus changed");
    assert.ok(await row("order-1").getByText("invoiceid").isVisible(), "and is still open");
    const unnamed = await page.evaluate(
      (views) =>
        views.length &&
        [...document.querySelectorAll("button, input, select, textarea, a")].filter(
          (node) =>
            !node.textContent?.trim() &&
            !node.getAttribute("aria-label") &&
            !(/** @type {HTMLInputElement} */ (node).labels?.length),
        ).length,
      VIEWS,
    );
    assert.equal(unnamed, 0);
  },
  { view: "invoices" },
);

test("it goes on after the sandbox was started anew", { timeout: 60_000 }, async () => {
  const first = await Sandbox.start();
  const { port } = first;
  const { page, close } = await open(browser, `${first.url}/#/invoices`);
  await page.locator("#live.on").waitFor();
  await first.invoice("before");
  await page.getByText("before").first().waitFor();
  const start = Date.now();
  await first.stop();
  assert.ok(Date.now() - start < 3000, "a page that listens does not hold the sandbox back");
  await page.getByText("the sandbox does not answer").waitFor();
  const second = await Sandbox.start("--port", port);
  await page.locator("#live.on").waitFor({ timeout: 20_000 });
  assert.equal(await page.getByText("before", { exact: true }).count(), 0, "what was forgotten is gone");
  await second.invoice("after-restart");
  await page.getByText("after-restart").first().waitFor();
  await close();
  await second.stop();
});
