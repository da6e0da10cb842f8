// The other side: what a payer does, and what the gateway delivers. With a real gateway none of this is needed.

import { argv } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait for a delivery, in milliseconds. */
const PATIENCE = 20_000;

/** @typedef {{ delivery: number, subject: string, body: string, signature: string | null }} Attempt */

/** Where everything is. */
export class Sandbox {
  /**
   * @param {string} url
   * @param {string} receiver where callbacks and notifications go to: `examples/cloudflare-worker`, if it runs
   */
  constructor(url, receiver) {
    this.control = `${url}/sandbox`;
    /** The base URL of both gateways. */
    this.baseUrl = `${url}/api/v1/`;
    this.receiver = receiver;
  }

  /** `tour.js [SANDBOX [RECEIVER]]` */
  static fromArguments() {
    const [, , url = "http://127.0.0.1:8787", receiver = "http://127.0.0.1:8788"] = argv;
    return new Sandbox(url, receiver);
  }

  /**
   * Pays an invoice, as its payer would.
   * @param {string} invoice
   */
  async pay(invoice) {
    const response = await fetch(`${this.control}/${invoice}/pay`, { method: "POST" });
    if (!response.ok) throw new Error(await response.text());
  }

  /**
   * What the gateway delivers about an invoice. A receiver would find it in its requests.
   * @param {string} subject
   * @returns {AsyncGenerator<{ body: string, headers: Record<string, string> }, never>}
   */
  async *deliveries(subject) {
    const seen = new Set();
    for (const start = Date.now(); Date.now() - start < PATIENCE; await sleep(20)) {
      for (const { delivery, body, signature } of await this.attempts(subject)) {
        if (!seen.has(delivery)) yield { body, headers: { "x-signature": signature ?? "" } };
        seen.add(delivery);
      }
    }
    throw new Error("nothing was delivered in time");
  }

  /**
   * Every attempt to deliver something about an invoice.
   * @param {string} subject
   */
  async attempts(subject) {
    const response = await fetch(`${this.control}/deliveries`);
    const { deliveries } = /** @type {{ deliveries: Attempt[] }} */ (await response.json());
    return deliveries.filter((attempt) => attempt.subject === subject);
  }
}

/**
 * Prints one step as a line of JSON: what was sent, and what the answer said once it was verified.
 * @param {string} step
 * @param {string} sent
 * @param {string} verified
 */
export function report(step, sent, verified) {
  console.log(JSON.stringify({ step, sent, verified }));
}
