// What the page shows: at once, to everybody, on every screen, and as nothing but text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { contrastFailures } from "./contrast.mjs";
import { Sandbox, Shop } from "./sandbox.mjs";
import { EVIL, VIEWS, browser, fill, goTo, inPage, openRows } from "./world.mjs";

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
