// The page on a phone, in the dark, without a mouse and without JavaScript; and what it costs to load.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DESKTOP, PHONE, open } from "../sandbox_page/browser.mjs";
import { contrastFailures } from "../sandbox_page/contrast.mjs";
import { browser, inPlayground, shown, site } from "./world.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * Goes through what the page can show, and calls `look` each time.
 *
 * @param {Page} page
 * @param {(state: string) => Promise<void>} look
 */
async function throughAll(page, look) {
  await look("empty");
  await page.getByRole("button", { name: "Fill in a genuine callback" }).click();
  await look("verified");
  await page.getByText("Break it:").click();
  await page.getByRole("button", { name: "CRLF for LF" }).click();
  await look("diagnosed");
  await page.getByText("File", { exact: true }).click();
  await look("file");
  await page.getByRole("button", { name: "or a notification" }).click();
  await look("notification");
  await page.getByText("Build a request", { exact: true }).click();
  const panel = page.getByRole("region", { name: "Build a request" });
  await panel.getByText("Api for Crypto", { exact: true }).click();
  await panel.getByRole("button", { name: "Fill in an example" }).click();
  await panel.evaluate((panel) => panel.querySelectorAll("details").forEach((one) => (one.open = true)));
  for (const language of ["Rust", "JavaScript", "Python"]) {
    await panel.getByText(language, { exact: true }).click();
    await look(language);
  }
}

const phone = { viewport: PHONE, isMobile: true, hasTouch: true };

inPlayground(
  "a phone shows one column, which does not scroll sideways, and targets that a thumb hits",
  async (page) => {
    await throughAll(page, async (state) => {
      const { width, small } = await page.evaluate(() => {
        const targets = ".playground :is(button, summary, select, textarea, input[type=text], .options label)";
        const isSmall = (/** @type {Element} */ one) => {
          const { width, height } = one.getBoundingClientRect();
          return width > 0 && (height < 44 || width < 44);
        };
        return {
          width: document.documentElement.scrollWidth,
          small: [...document.querySelectorAll(targets)].filter(isSmall).map((one) => one.textContent),
        };
      });
      assert.deepEqual([width, small], [PHONE.width, []], state);
    });
  },
  phone,
);

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  inPlayground(
    `everything can be read when the system is ${colorScheme}`,
    async (page) => {
      assert.equal(
        await page.evaluate(() => document.documentElement.classList.contains("dark")),
        colorScheme === "dark",
      );
      await throughAll(page, async (state) => {
        // Colours of buttons move to their place.
        await page.evaluate(() =>
          Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))),
        );
        assert.deepEqual(await contrastFailures(page, ".playground"), [], state);
      });
    },
    { viewport: DESKTOP, colorScheme },
  );
}

inPlayground("it works by keyboard alone", async (page) => {
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  await page.getByRole("radio", { name: "Verify a callback" }).focus();
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Fill in a genuine callback");
  await page.keyboard.press("Enter");
  assert.equal((await shown(page)).title, "Verified");
  // The result has the focus, and what was pressed before it is one step back.
  assert.match((await focused()) ?? "", /^Verified/);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "Clear");
  await page.getByRole("radio", { name: "Bitloga" }).first().focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("group", { name: "It is proved by" }).waitFor();
});

inPlayground("every field has a label", async (page) => {
  await throughAll(page, async (state) => {
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll(".playground :is(input, textarea, select)")]
        .filter((field) => !(/** @type {HTMLInputElement} */ (field).labels?.length))
        .map((field) => field.outerHTML),
    );
    assert.deepEqual(bare, [], state);
  });
});

test("without JavaScript the page says so, and what to do instead", { timeout: 60_000 }, async () => {
  const { page, close } = await open(browser, `${site.url}/playground`, { javaScriptEnabled: false });
  const instead = page.locator(".waiting noscript p");
  assert.ok(await instead.isVisible());
  assert.match(await instead.innerText(), /needs JavaScript.* npx payseal diagnose/);
  assert.ok(!(await page.getByText("Loading the playground").isVisible()));
  await close();
});

test("only the playground loads the module, and it is not large", { timeout: 60_000 }, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {Map<string, number>} */
  const loaded = new Map();
  page.on("response", async (response) => {
    const body = await response.body().catch(() => Buffer.alloc(0));
    loaded.set(response.url(), body.length);
  });
  const scripts = () => [...loaded].filter(([url]) => /\/Panels\.[\w-]+\.js$/.test(url));
  for (const path of ["/", "/errors", "/diagnose"]) await page.goto(site.url + path, { waitUntil: "networkidle" });
  assert.deepEqual(scripts(), []);
  await page.goto(`${site.url}/playground`, { waitUntil: "networkidle" });
  const [[, size] = ["", 0], ...others] = scripts();
  assert.deepEqual(others, []);
  assert.ok(size > 100_000 && size < 500_000, `${size} bytes`);
  await context.close();
});
