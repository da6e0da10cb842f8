// Every page of the site, as a phone shows it, and what is alive on some of them.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { PHONE, open } from "../sandbox_page/browser.mjs";
import { ROOT } from "./site.mjs";
import { browser, site } from "./world.mjs";

const PAGES = readdirSync(join(ROOT, "target/site"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".html") && file !== "404.html")
  .map((file) => `/${file.replace(/(?:index)?\.html$/, "")}`)
  .sort();
const phone = { viewport: PHONE, isMobile: true, hasTouch: true };

test("a phone scrolls no page sideways, and no page complains", { timeout: 180_000 }, async () => {
  assert.ok(PAGES.length > 30, `${PAGES.length} pages`);
  /** @type {Record<string, unknown>} */
  const faults = {};
  for (const path of PAGES) {
    const { page, complaints, close } = await open(browser, site.url + path, phone);
    await page.locator("#app h1").first().waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width !== PHONE.width || complaints.length > 0) faults[path] = { width, complaints };
    await close();
  }
  assert.deepEqual(faults, {});
});

for (const path of ["/architecture", "/boundary", "/payouts"]) {
  test(`the diagrams of ${path} are drawn, and show the whole of each label`, { timeout: 60_000 }, async () => {
    const { page, complaints, close } = await open(browser, site.url + path);
    await page.locator(".diagram svg").first().waitFor();
    const cut = await page.locator(".diagram foreignObject").evaluateAll((labels) =>
      labels
        .filter((label) => {
          const box = label.getBoundingClientRect();
          const texts = [...label.querySelectorAll("p")].map((text) => text.getBoundingClientRect());
          return texts.some(({ bottom, right }) => bottom > box.bottom + 1 || right > box.right + 1);
        })
        .map((label) => label.textContent),
    );
    assert.deepEqual([cut, complaints], [[], []]);
    await close();
  });
}

test("the language that was chosen last is shown on every page, and stored nowhere", { timeout: 60_000 }, async () => {
  const { page, complaints, close } = await open(browser, `${site.url}/errors`);
  await page.locator(".vp-code-group label", { hasText: "Python" }).first().click();
  await page.getByRole("link", { name: "Money and numbers" }).first().click();
  await page.getByRole("heading", { name: "Money and numbers", level: 1 }).waitFor();
  const shown = page.locator(".vp-code-group .blocks > .active");
  await shown.first().waitFor();
  assert.deepEqual(new Set(await page.locator(".vp-code-group input:checked + label").allInnerTexts()), new Set(["Python"]));
  for (const block of await shown.allInnerTexts()) assert.match(block, /from payseal import/);
  assert.deepEqual(
    await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]),
    [0, 0, ""],
  );
  assert.deepEqual(complaints, []);
  await close();
});
