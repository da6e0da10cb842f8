// What the buttons and forms of the page do, to the sandbox and to a shop.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { Shop } from "./sandbox.mjs";
import { goTo, inPage } from "./world.mjs";

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
