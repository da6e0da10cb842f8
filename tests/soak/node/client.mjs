// A client of the soak test: `node client.mjs SANDBOX DATABASE PREFIX COUNT WORKERS`.
//
// It runs the payouts `PREFIX-0` to `PREFIX-COUNT`, each to its verdict, and goes on with those that an earlier process
// has left. It may be killed at any time.

import { createRequire } from "node:module";

// Both are installed for the examples.
const require = createRequire(new URL("../../../examples/node/", import.meta.url));
const Database = require("better-sqlite3");
const { Bitloga, run } = require("payseal");

const [sandbox, file, prefix, count, workers] = process.argv.slice(2);
const bitloga = new Bitloga({ apiKey: "sandbox-key", apiSecret: "sandbox-secret", baseUrl: `${sandbox}/api/v1/` });

const database = new Database(file, { timeout: 30_000 });
// Only processes are killed, never the machine: what the system has is safe.
database.pragma("synchronous = OFF");
// The table is the same in all three languages.
database.exec("CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)");
const find = database.prepare("SELECT text FROM payouts WHERE uniqueid = ?").pluck();
const save = database.prepare(
  `INSERT INTO payouts VALUES (@uniqueid, @revision, @text) ON CONFLICT DO UPDATE SET revision = @revision, text = @text
   WHERE revision = @revision - 1`,
);

// The limits of a real payout, a hundred and fifty times faster.
const policy = { settleTime: 4_000, firstPause: 15, longestPause: 400, giveUpTime: 20_000 };

async function payOut(uniqueid, number) {
  const text = find.get(uniqueid);
  const amount = `1.${String(number % 100).padStart(2, "0")}`;
  const payout =
    text === undefined
      ? bitloga.payout(
          { uniqueid, currency: "USD", paysys: "WMZ", amount, purse: "Z123456789012" },
          { ...policy, sends: 2 - (number % 2) },
        )
      : bitloga.resumePayout(text);
  const store = (text, revision) => {
    if (save.run({ uniqueid, revision, text }).changes !== 1) throw new Error("another worker has it");
  };
  await run(payout, { store, timeout: 1_000 });
}

let next = 0;
async function work() {
  for (let number = next++; number < count; number = next++) await payOut(`${prefix}-${number}`, number);
}
await Promise.all(Array.from({ length: workers }, work));
