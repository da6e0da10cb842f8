// A running program, which never outlives the process that started it.
"use strict";

const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { createInterface } = require("node:readline");
const { SandboxError } = require("./error.cjs");
const { program } = require("./program.cjs");

const READY = "payseal-sandbox listening on ";
// Requests under way have five seconds to end.
const STOP_MILLISECONDS = 10_000;
const LOG_LINES = 10_000;

class Process {
  /** @type {import("node:child_process").ChildProcessWithoutNullStreams} */
  #child;
  /** @type {string[]} */
  #log = [];
  /** @type {Promise<void>} */
  #gone;
  #isRunning = true;

  /** @param {readonly string[]} words */
  constructor(words) {
    // Standard input tells the program to end: the system closes it even if this process is killed.
    this.#child = spawn(program(), ["--end-with-parent", ...words], { windowsHide: true });
    this.#child.stdin.on("error", () => {}); // it has ended before it was asked to
    this.#gone = new Promise((resolve) => {
      /** @type {(error?: Error) => void} */
      const end = (error) => {
        if (error instanceof Error) this.#note(error.message);
        this.#isRunning = false;
        resolve();
      };
      this.#child.once("error", end).once("close", () => end());
    });
    createInterface({ input: this.#child.stderr }).on("line", (line) => this.#note(line));
  }

  /** Waits until it listens, and says where. */
  async url() {
    const lines = createInterface({ input: this.#child.stdout });
    const line = await Promise.race([once(lines, "line").then(([first]) => String(first)), this.#gone]);
    if (!line?.startsWith(READY)) {
      await this.stop();
      throw new SandboxError(`the sandbox did not start; it said:\n${this.log}`);
    }
    this.#keepNobodyWaiting("unref");
    return line.slice(READY.length).trim();
  }

  get pid() {
    return this.#child.pid ?? 0;
  }

  get isRunning() {
    return this.#isRunning;
  }

  get log() {
    return this.#log.map((line) => `${line}\n`).join("");
  }

  /** Asks it to end, insists if it does not, and waits for it. */
  async stop() {
    if (!this.#isRunning) return;
    this.#keepNobodyWaiting("ref");
    this.#child.stdin.end();
    // A process that was forked from this one may hold standard input open. On Windows this would not be a request.
    if (process.platform !== "win32") this.#child.kill("SIGTERM");
    const insist = setTimeout(() => this.#child.kill("SIGKILL"), STOP_MILLISECONDS);
    await this.#gone;
    clearTimeout(insist);
  }

  /**
   * A test process that forgets to stop the sandbox ends all the same, and the sandbox with it.
   *
   * @param {"ref" | "unref"} how
   */
  #keepNobodyWaiting(how) {
    const { stdin, stdout, stderr } = this.#child;
    // Pipes are sockets, which can be left out of what Node waits for.
    for (const each of [this.#child, stdin, stdout, stderr]) {
      /** @type {import("node:net").Socket} */ (/** @type {unknown} */ (each))[how]();
    }
  }

  /** @param {string} line */
  #note(line) {
    this.#log.push(line);
    if (this.#log.length > LOG_LINES) this.#log.shift();
  }
}

module.exports = { Process };
