// Tests with the playground open in Chromium, and what they do with it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open } from "../sandbox_page/browser.mjs";
import { serve } from "./site.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

/** @type {import("playwright-core").Browser} */
export let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */
export let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser.close();
  site.stop();
});

// VitePress 1.6 marks a line of the outline a moment after its page was left, and does not find it. Nothing is lost by it.
const OUTLINE_IS_GONE = "Cannot read properties of null (reading 'querySelector')";

/**
 * A test with the playground open, which must not complain of anything.
 *
 * @param {string} name
 * @param {(page: Page) => Promise<void>} body
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export function inPlayground(name, body, options = {}) {
  test(name, { timeout: 60_000 }, async () => {
    const { page, complaints, close } = await open(browser, `${site.url}/playground`, options);
    try {
      await page.getByRole("button", { name: "Fill in a genuine callback" }).waitFor();
      await body(page);
      assert.deepEqual(complaints.filter((complaint) => complaint !== OUTLINE_IS_GONE), []);
    } finally {
      await close();
    }
  });
}

/**
 * What is typed into the form, or chosen.
 *
 * @typedef {object} Given
 * @property {"Bitloga" | "Api for Crypto"} [gateway]
 * @property {string | Uint8Array} body text is typed, bytes are a file
 * @property {"LF" | "CRLF"} [lineBreak]
 * @property {"Text" | "Base64" | "Hex"} [form] of a text
 * @property {string} [source]
 * @property {string} secret
 * @property {string} [apiKey]
 * @property {"Notification secret" | "secret_key"} [proof]
 */

/** @param {Page} page @param {Given} given */
export async function verify(page, given) {
  const panel = page.getByRole("region", { name: "Verify a callback" });
  await choose(panel, "Gateway", given.gateway ?? "Bitloga");
  if (typeof given.body === "string") {
    const form = given.form ?? "Text";
    await choose(panel, "The body", form);
    await panel.getByLabel(`Body as ${form.toLowerCase()}`).fill(given.body);
    if (given.lineBreak) await choose(panel, "Lines end with", given.lineBreak);
  } else {
    await choose(panel, "The body", "File");
    const file = { name: "body", mimeType: "application/octet-stream", buffer: Buffer.from(given.body) };
    await panel.locator("input[type=file]").setInputFiles(file);
    await panel.getByText(`${given.body.length.toLocaleString("en")} bytes`).waitFor();
  }
  if (given.source !== undefined) await panel.getByLabel("Headers or signature").fill(given.source);
  if (given.apiKey !== undefined) await panel.getByLabel("API key, if you like").fill(given.apiKey);
  if (given.proof) await choose(panel, "It is proved by", given.proof);
  await panel.getByRole("textbox", { name: /secret/ }).fill(given.secret);
  await press(panel.getByRole("button", { name: "Verify" }));
  return shown(page);
}

/** @param {Locator} panel @param {string} label @param {string} option */
export async function choose(panel, label, option) {
  const radio = panel.getByRole("group", { name: label }).getByRole("radio", { name: option, exact: true });
  if (!(await radio.isChecked())) await press(radio);
}

/** A click without waiting for the page to be at rest, for what is done hundreds of times. @param {Locator} button */
export const press = (button) => button.evaluate((button) => /** @type {HTMLElement} */ (button).click());

/** What the page says after a callback was verified. @param {Page} page */
export async function shown(page) {
  const result = page.getByRole("region", { name: "Result" });
  await result.locator(".outcome").waitFor();
  return result.evaluate((result) => {
    const text = (/** @type {string} */ selector) => result.querySelector(selector)?.textContent ?? "";
    const rows = [...result.querySelectorAll(".facts tr")];
    return {
      title: text("h3"),
      fields: Object.fromEntries(rows.map((row) => [...row.children].map((cell) => cell.textContent ?? ""))),
      code: text(".error code"),
      cause: text(".cause code"),
      what: text(".what"),
      cure: text(".cure"),
      message: text(".message"),
      links: [...result.querySelectorAll("a")].map((link) => link.getAttribute("href")),
    };
  });
}
