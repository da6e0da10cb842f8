// A payout that happens exactly once: run it again after a crash, and it goes on.

import Database from "better-sqlite3";
import { Bitloga, run } from "payseal";

const baseUrl = "http://127.0.0.1:8787/api/v1/"; // the local sandbox
const bitloga = new Bitloga({ apiKey: "sandbox-key", apiSecret: "sandbox-secret", baseUrl });
const shop = new Database("payouts.sqlite");
shop.pragma("synchronous = EXTRA"); // what is saved survives a loss of power
shop.exec("CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)");
const save = shop.prepare(`INSERT INTO payouts VALUES ('135', $revision, $text) ON CONFLICT DO UPDATE
  SET revision = $revision, text = $text WHERE revision = $revision - 1`);

/** @type {(text: string, revision: number) => void} */
const store = (text, revision) => {
  if (save.run({ text, revision }).changes !== 1) throw new Error("another worker has it");
};

const saved = /** @type {string | undefined} */ (shop.prepare("SELECT text FROM payouts").pluck().get());
const withdraw = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z123456789012" };
const payout = saved ? bitloga.resumePayout(saved) : bitloga.payout(withdraw);
const outcome = await run(payout, { store });
console.log(outcome?.verdict); // paid
