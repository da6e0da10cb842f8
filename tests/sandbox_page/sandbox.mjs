// A running sandbox, clients of it, and a shop that receives what it delivers.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PROGRAM = process.env["SANDBOX"] ?? fileURLToPath(new URL("../../target/debug/payseal-sandbox", import.meta.url));
const SECRET = "sandbox-secret";

/** @param {string | Buffer} body */
export const sign = (body) => createHmac("sha512", SECRET).update(body).digest("hex");

/** The program, as a user starts it. */
export class Sandbox {
  /** @param {import("node:child_process").ChildProcess} child @param {string} url */
  constructor(child, url) {
    this.child = child;
    this.url = url;
  }

  /** @param {string[]} options */
  static async start(...options) {
    const port = options.includes("--port") ? [] : ["--port", "0"];
    const child = spawn(PROGRAM, [...port, ...options], { stdio: ["ignore", "pipe", "ignore"] });
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /listening on (\S+)/.exec(line)?.[1];
      if (url) return new Sandbox(child, url);
    }
    throw new Error("the sandbox did not start");
  }

  get port() {
    return new URL(this.url).port;
  }

  async stop() {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    await ended;
  }

  /**
   * A signed request to Bitloga's URL.
   *
   * @param {object} parameters
   */
  async bitloga(parameters) {
    const body = JSON.stringify(parameters);
    const headers = { "Content-Type": "application/json", "X-APIKEY": "sandbox-key", "X-SIGNATURE": sign(body) };
    const response = await fetch(`${this.url}/api/v1/`, { method: "POST", headers, body });
    return { ...(await response.json()), status: response.status };
  }

  /** @param {string} path @param {object} [body] */
  async post(path, body) {
    const headers = { "Content-Type": "application/json" };
    return (await fetch(this.url + path, { method: "POST", headers, body: JSON.stringify(body ?? {}) })).json();
  }

  /** @param {string} path */
  async get(path) {
    return (await fetch(this.url + path)).json();
  }

  /** @param {string} uniqueid @param {object} [more] */
  invoice(uniqueid, more = {}) {
    return this.bitloga({ action: "invoice", uniqueid, paysys: "USD", amount: 12.5, desc: "a book", ...more });
  }

  /** @param {string} uniqueid @param {object} [more] */
  payout(uniqueid, more = {}) {
    return this.bitloga({
      action: "withdraw",
      uniqueid,
      currency: "USD",
      paysys: "WMZ",
      amount: 10,
      purse: "Z123456789012",
      ...more,
    });
  }
}

/** A shop that notes what it is sent, and answers with these statuses, in the end with 200. */
export class Shop {
  /** @type {{ headers: import("node:http").IncomingHttpHeaders, body: Buffer }[]} */
  received = [];

  /** @param {number[]} statuses */
  static async start(...statuses) {
    const shop = new Shop();
    shop.server = createServer((request, response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        const body = Buffer.concat(chunks);
        shop.received.push({ headers: request.headers, body });
        const isSigned = request.headers["x-signature"] === sign(body);
        response.writeHead(statuses.shift() ?? 200, { "Content-Type": "application/json", "X-Shop": "tests" });
        response.end(JSON.stringify({ shop: "says", signed: isSigned, note: "<img src=x onerror=alert(1)>" }));
      });
    });
    await new Promise((resolve) => shop.server?.listen(0, "127.0.0.1", () => resolve(undefined)));
    // A test that failed did not stop its shop: that must not keep the others waiting.
    shop.server.unref();
    return shop;
  }

  /** @type {import("node:http").Server | undefined} */
  server;

  get url() {
    const address = /** @type {import("node:net").AddressInfo} */ (this.server?.address());
    return `http://127.0.0.1:${address.port}/callback`;
  }

  stop() {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}
