// Pages that allow no inline code and no `eval`: WebAssembly needs one word in the policy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./processes.mjs";
import { serveFiles } from "./static-server.mjs";
import { copyProject } from "./workshop.mjs";

/** @param {import("./browser.mjs").Browser} browser */
export async function checkSecurityPolicy(browser) {
  const folder = copyProject("csp", "csp");
  await run(folder, "esbuild", "main.js", "--bundle", "--format=esm", "--outfile=dist/main.js", "--log-level=error");

  /** @param {string} policy */
  const resultsUnder = async (policy) => {
    const server = await serveFiles(folder, { "content-security-policy": policy });
    try {
      return await browser.results(`${server.url}/index.html`);
    } finally {
      server.stop();
    }
  };

  test("works with 'wasm-unsafe-eval'", async () => {
    const results = await resultsUnder("default-src 'none'; img-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
    assert.deepEqual(results, { method: "POST" });
  });

  test("says what is missing without it", async () => {
    const results = await resultsUnder("default-src 'none'; img-src 'self'; script-src 'self'");
    assert.match(results.error, /script-src.*'wasm-unsafe-eval'/);
  });
}
