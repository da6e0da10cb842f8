// What the page about performance shows first: rows of BENCHMARKS.md, which performance.json names.

import { readFileSync } from "node:fs";

/**
 * @typedef {object} Speed
 * @property {{ language: string, contender: string }[]} columns
 * @property {{ body: string, ratios: string[] }[]} rows What payseal takes of the time of others.
 */

/** @type {{ workloads: Record<string, string>, contenders: Record<string, string> }} */
const { workloads, contenders } = JSON.parse(readFileSync(new URL("performance.json", import.meta.url), "utf8"));

/** @param {string} report @returns {Speed} */
export function summary(report) {
  const columns = Object.entries(contenders).map(([language, contender]) => ({ language, contender }));
  const rows = Object.entries(workloads).map(([workload, body]) => ({
    body,
    ratios: columns.map(({ language, contender }) => ratio(report, language, `verify and parse, ${workload}`, contender)),
  }));
  return { columns, rows };
}

/** @param {string} report @param {string} language @param {string} operation @param {string} contender */
function ratio(report, language, operation, contender) {
  const section = report.split(/^## /m).find((each) => each.startsWith(`${language}\n`)) ?? "";
  const start = `| ${operation} | ${contender} | **`;
  const row = section.split("\n").find((line) => line.startsWith(start));
  const found = /^[\d.]+/.exec(row?.slice(start.length) ?? "");
  if (!found) throw new Error(`BENCHMARKS.md has no row for ${language}: ${operation}, against ${contender}`);
  return found[0];
}

export default {
  watch: ["../../BENCHMARKS.md"],
  load: () => summary(readFileSync(new URL("../../BENCHMARKS.md", import.meta.url), "utf8")),
};
