// The suite that every consumer project runs on the package as it finds it installed.

import { behaviour } from "./behaviour.mjs";
import { errors } from "./errors.mjs";
import { vectorChecks } from "./vectors.mjs";
import vectors from "./vectors-data.mjs";

/** @typedef {{ passed: string[], failed: { name: string, message: string }[] }} Results */

/**
 * Runs every check, one after the other.
 *
 * @param {import("./behaviour.mjs").Payseal} payseal
 * @returns {Promise<Results>}
 */
export async function runSuite(payseal) {
  /** @type {Results} */
  const results = { passed: [], failed: [] };
  for (const [name, check] of Object.entries({ ...behaviour, ...errors, ...vectorChecks(vectors) })) {
    try {
      await check(payseal);
      results.passed.push(name);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      results.failed.push({ name, message });
    }
  }
  return results;
}
