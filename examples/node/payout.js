// A payout that happens exactly once, whatever happens on the way.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Pays out, and waits until the outcome is known.
 * @param {import("payseal").Payout} payout
 */
export async function payOut(payout) {
  // In a shop this is a row of the database: after a crash, `resumePayout` takes it up again.
  const folder = await mkdtemp(join(tmpdir(), "payout-"));
  try {
    for (;;) {
      const step = payout.next();
      if (step.type === "done") return step;
      if (step.type === "send") {
        await writeFile(join(folder, "payout"), String(payout));
        await exchange(payout, step.call);
      } else {
        await sleep(Math.max(0, step.until - Date.now()));
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Sends a call of the payout, and reports what came of it.
 * @param {import("payseal").Payout} payout
 * @param {import("payseal").PayoutRequest} call
 */
async function exchange(payout, call) {
  let response, body;
  try {
    response = await fetch(call.url, call);
    body = await response.text();
  } catch {
    payout.onNoResponse();
    return;
  }
  payout.onResponse(response.status, body);
}
