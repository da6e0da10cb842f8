// For projects that are programs: their results are what they print.

import { runSuite } from "./suite.mjs";

/** @param {import("./behaviour.mjs").Payseal} payseal */
export async function printResults(payseal) {
  console.log(`RESULTS ${JSON.stringify(await runSuite(payseal))}`);
}
