// A payout that happens exactly once: a Durable Object for each, which an alarm wakes for its next look.

import { DurableObject } from "cloudflare:workers";
import { advance, Bitloga } from "payseal";

export class Payouts extends DurableObject {
  /** Begins the payout, unless it was begun before. Its `uniqueid` names the object. */
  async begin(withdraw) {
    if (await this.ctx.storage.get("withdraw")) return;
    await this.ctx.storage.put("withdraw", withdraw);
    await this.ctx.storage.setAlarm(Date.now());
  }

  /** Where it is at, and how it ended. */
  async look() {
    const [progress, outcome] = [await this.ctx.storage.get("progress"), await this.ctx.storage.get("outcome")];
    return { progress, outcome };
  }

  /** Goes on to the next pause. If this is broken off, the alarm rings again. */
  async alarm() {
    const { storage } = this.ctx;
    const saved = await storage.get("payout");
    const { BITLOGA_API_KEY: apiKey, BITLOGA_API_SECRET: apiSecret, BITLOGA_BASE_URL: baseUrl } = this.env;
    const bitloga = new Bitloga({ apiKey, apiSecret, baseUrl });
    const payout = saved ? bitloga.resumePayout(saved.text) : bitloga.payout(await storage.get("withdraw"));
    const step = await advance(payout, {
      // An object has one instance, and its writes are confirmed before a request goes out.
      store: (text, revision) => this.save(text, revision),
      onProgress: (progress) => storage.put("progress", progress),
    });
    if (step.type === "wait") await storage.setAlarm(step.until);
    else await storage.put("outcome", step);
  }

  /** Compares and swaps: of two that go on from one text, one fails. */
  async save(text, revision) {
    await this.ctx.storage.transaction(async (transaction) => {
      const { revision: saved = 0 } = (await transaction.get("payout")) ?? {};
      if (revision !== saved + 1) throw new Error("another worker has it");
      await transaction.put("payout", { text, revision });
    });
  }
}
