// Debian's Chromium, which runs the projects that are pages. `tests/setup.sh chromium` installs it.

import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QUIET } from "./chromium-flags.mjs";
import { WORKSHOP } from "./workshop.mjs";

const TIME_LIMIT = 120_000;

/** A browser that is started when the first page is opened. */
export class Browser {
  #profile = mkdtempSync(join(tmpdir(), "payseal-chromium-"));
  /** @type {Promise<any> | undefined} */
  #context;

  /**
   * Opens a page and waits for the results that its script leaves in `globalThis.results`.
   *
   * @param {string} url
   * @returns {Promise<any>}
   */
  async results(url) {
    const page = await (await this.#open()).newPage();
    /** @type {string[]} */
    const complaints = [];
    page.on("pageerror", (/** @type {Error} */ error) => complaints.push(error.message));
    page.on("console", (/** @type {any} */ line) => line.type() === "error" && complaints.push(line.text()));
    try {
      await page.goto(url);
      await page.waitForFunction("globalThis.results !== undefined", undefined, { timeout: TIME_LIMIT });
      return await page.evaluate("globalThis.results");
    } catch (error) {
      throw new Error([error instanceof Error ? error.message : error, ...complaints].join("\n"));
    } finally {
      await page.close();
    }
  }

  /** @returns {Promise<string>} */
  async version() {
    return (await this.#open()).browser()?.version() ?? "unknown";
  }

  async close() {
    await (await this.#context)?.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 });
  }

  #open() {
    const { chromium } = createRequire(join(WORKSHOP, "package.json"))("playwright-core");
    return (this.#context ??= chromium.launchPersistentContext(this.#profile, {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      headless: true,
      args: QUIET,
    }));
  }
}
