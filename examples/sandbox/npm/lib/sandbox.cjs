// A running sandbox, and what a test does to the world on the other side of the wire. The types are in index.d.cts.
"use strict";

const http = require("node:http");
const { setTimeout: sleep } = require("node:timers/promises");
const { SandboxError } = require("./error.cjs");
const { words } = require("./options.cjs");
const { Process } = require("./process.cjs");

/** @typedef {import("../index.cjs").Answer} Answer */
/** @typedef {import("../index.cjs").Delivery} Delivery */
/** @typedef {import("../index.cjs").Order} Order */
/** @typedef {import("../index.cjs").SandboxOptions} SandboxOptions */

const POLL_MILLISECONDS = 10;
// Nothing that the control API does takes time.
const ANSWER_MILLISECONDS = 30_000;

/**
 * Private members are nobody's business.
 *
 * @template T
 * @typedef {Pick<T, keyof T>} Public
 */

/** @implements {Public<import("../index.cjs").Sandbox>} */
class Sandbox {
  /** @type {Process} */
  #process;

  /**
   * @param {Process} process
   * @param {string} url
   * @param {SandboxOptions} options
   */
  constructor(process, url, options) {
    this.#process = process;
    this.url = url;
    this.baseUrl = `${url}/api/v1/`;
    this.apiKey = options.apiKey ?? "sandbox-key";
    this.apiSecret = options.apiSecret ?? "sandbox-secret";
    this.walletId = options.walletId ?? "sandbox-wallet";
  }

  get pid() {
    return this.#process.pid;
  }

  get isRunning() {
    return this.#process.isRunning;
  }

  get logs() {
    return this.#process.log;
  }

  stop() {
    return this.#process.stop();
  }

  [Symbol.asyncDispose]() {
    return this.stop();
  }

  /** @param {string} uniqueid */
  pay(uniqueid) {
    return this.#act("invoices", uniqueid, "pay");
  }

  /** @param {string} uniqueid */
  fail(uniqueid) {
    return this.#act("invoices", uniqueid, "fail");
  }

  /** @param {string} uniqueid */
  resend(uniqueid) {
    return this.#act("invoices", uniqueid, "resend");
  }

  /**
   * @param {string} uuid
   * @param {{ partial?: boolean }} [options]
   */
  payCrypto(uuid, { partial = false } = {}) {
    return this.#act("crypto", uuid, "pay", { partial });
  }

  /** @param {string} uniqueid */
  payout(uniqueid) {
    return this.get(`payouts/${encodeURIComponent(uniqueid)}`);
  }

  /**
   * @param {string} uniqueid
   * @param {"complete" | "fail" | "cancel" | "pend" | "reverse"} action
   */
  settle(uniqueid, action) {
    return this.#act("payouts", uniqueid, action);
  }

  /**
   * @param {string} action
   * @param {string} mode
   * @param {Order} [order]
   */
  misbehave(action, mode, order = {}) {
    return this.post("misbehave", { action, mode, ...order });
  }

  async reset() {
    await this.post("reset");
  }

  state() {
    return this.get("state");
  }

  /**
   * @param {string} [subject]
   * @returns {Promise<Delivery[]>}
   */
  async deliveries(subject) {
    /** @type {Delivery[]} */
    const attempts = (await this.get("deliveries"))["deliveries"];
    return attempts.filter((each) => subject === undefined || each.subject === subject);
  }

  /**
   * @param {string} subject
   * @param {{ status?: number, timeout?: number }} [options]
   */
  async waitForDelivery(subject, { status = 200, timeout = 10_000 } = {}) {
    const deadline = performance.now() + timeout;
    for (;;) {
      const attempts = await this.deliveries(subject);
      const found = attempts.find((each) => each.status === status);
      if (found) return found;
      if (performance.now() >= deadline) {
        const tried = attempts.map(
          ({ attempt, url, error, status }) => `\n  attempt ${attempt} at ${url}: ${error ?? status}`,
        );
        throw new SandboxError(
          `no delivery for "${subject}" was answered with ${status} within ${timeout} ms` +
            (tried.length > 0 ? `:${tried.join("")}` : "; none was attempted"),
        );
      }
      await sleep(POLL_MILLISECONDS);
    }
  }

  /** @param {string} path */
  get(path) {
    return this.#call("GET", path);
  }

  /**
   * @param {string} path
   * @param {Readonly<Record<string, unknown>>} [body]
   */
  post(path, body = {}) {
    return this.#call("POST", path, JSON.stringify(body));
  }

  /**
   * @param {string} kind
   * @param {string} subject
   * @param {string} action
   * @param {Readonly<Record<string, unknown>>} [body]
   */
  #act(kind, subject, action, body) {
    return this.post(`${kind}/${encodeURIComponent(subject)}/${action}`, body);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string} [body]
   * @returns {Promise<Answer>}
   */
  async #call(method, path, body) {
    /** @type {Answer} */
    let answer;
    try {
      answer = JSON.parse(await request(method, `${this.url}/sandbox/${path}`, body));
    } catch (cause) {
      const ended = this.isRunning ? "" : `; it has ended and said:\n${this.logs}`;
      throw new SandboxError(`the sandbox does not answer ${method} ${path}: ${cause}${ended}`, { cause });
    }
    if (answer?.["success"] !== true) {
      throw new SandboxError(`the sandbox refused ${method} ${path}: ${answer?.["error"]}`);
    }
    return answer;
  }
}

/**
 * With Node's own HTTP: `fetch` may be a mock of the test's, and there is nothing to keep a connection open for.
 *
 * @param {string} method
 * @param {string} url
 * @param {string} [body]
 * @returns {Promise<string>}
 */
function request(method, url, body) {
  return new Promise((resolve, reject) => {
    const options = { method, agent: false, timeout: ANSWER_MILLISECONDS };
    const sent = http.request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => resolve(text)).on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error("it takes too long")));
    sent.on("error", reject).end(body);
  });
}

/** @param {SandboxOptions} [options] */
async function startSandbox(options = {}) {
  const process = new Process(words({ port: 0, ...options }));
  return new Sandbox(process, await process.url(), options);
}

module.exports = { Sandbox, startSandbox };
