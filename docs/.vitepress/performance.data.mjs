// What the page about performance shows first: rows of BENCHMARKS.md, which performance.json names.

import { readFileSync } from "node:fs";

/**
 * @typedef {object} Speed
 * @property {{ language: string, row: string, name: string }[]} columns
 * @property {{ body: string, ratios: string[] }[]} rows What payseal takes of the time of others.
 */

/** @type {{ workloads: Record<string, string>, contenders: Record<string, { row: string, name: string }> }} */
const { workloads, contenders } = JSON.parse(readFileSync(new URL("performance.json", import.meta.url), "utf8"));

/** @param {string} report @returns {Speed} */
export function summary(report) {
  const columns = Object.entries(contenders).map(([language, contender]) => ({ language, ...contender }));
  const rows = Object.entries(workloads).map(([workload, body]) => ({
    body,
    ratios: columns.map(({ language, row }) => ratio(report, language, `| verify and parse, ${workload} | ${row} | **`)),
  }));
  return { columns, rows };
}

/** @param {string} report @param {string} language @param {string} start How the row begins. */
function ratio(report, language, start) {
  const section = report.split(/^## /m).find((each) => each.startsWith(`${language}\n`)) ?? "";
  const row = section.split("\n").find((line) => line.startsWith(start));
  const found = /^[\d.]+/.exec(row?.slice(start.length) ?? "");
  if (!found) throw new Error(`BENCHMARKS.md has no row for ${language}: ${start}`);
  return found[0];
}

export default {
  watch: ["../../BENCHMARKS.md"],
  load: () => summary(readFileSync(new URL("../../BENCHMARKS.md", import.meta.url), "utf8")),
};
