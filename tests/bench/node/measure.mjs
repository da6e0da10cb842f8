// Measures payseal against what JavaScript programs use today: `node measure.mjs PLAN.json` prints the samples as JSON.
//
// The plan says what to measure and for how long; `tests/bench/run.py` writes it and reads what comes back. This runs
// in target/bench/node, where the packages it compares are installed.

import { readFileSync } from "node:fs";

import { contendersOf, versions } from "./contenders.mjs";
import { inTurn } from "./turns.mjs";
import { measureThreads } from "./threads.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const groups = [];
for (const group of plan.groups) {
  const nanoseconds = group.threads
    ? await measureThreads(group, plan)
    : await inTurn(await contendersOf(group, plan), group.rounds, plan.turn_milliseconds);
  groups.push({ ...group, nanoseconds });
}
console.log(JSON.stringify({ versions: versions(), groups }));
