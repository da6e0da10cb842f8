#!/usr/bin/env node
// The command `payseal-sandbox`: runs the program of this platform as if it had been called itself.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { program } = require("./lib/program.cjs");

const END_WITH_PARENT = "--end-with-parent";
/** @type {NodeJS.Signals[]} */
const PASSED_ON = process.platform === "win32" ? ["SIGINT"] : ["SIGINT", "SIGTERM", "SIGHUP"];

/** @param {string[]} words */
function run(words) {
  // Before the program runs: who reads its first line may send a signal at once. What is called then comes after `spawn`.
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal));
  // Unless it reads our standard input itself, the program has a pipe to us: it ends even if we are killed.
  const isTold = words.includes(END_WITH_PARENT);
  const child = spawn(program(), isTold ? words : [END_WITH_PARENT, ...words], {
    stdio: [isTold ? "inherit" : "pipe", "inherit", "inherit"],
  });
  child.on("error", fail);
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
    process.exit();
  });
}

/** @param {unknown} error */
function fail(error) {
  console.error(`payseal-sandbox: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

try {
  run(process.argv.slice(2));
} catch (error) {
  fail(error);
}
