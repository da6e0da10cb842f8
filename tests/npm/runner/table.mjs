// What passed where, in Markdown.

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} runtime
 * @property {string} tool
 * @property {number} passed
 * @property {number} failed
 */

/**
 * @param {import("./workshop.mjs").Tarball} tarball
 * @param {Row[]} rows
 */
export function table({ filename, size }, rows) {
  const lines = rows.map(({ name, runtime, tool, passed, failed }) => {
    const result = failed > 0 ? `**${failed} failed**, ${passed} passed` : `${passed} passed`;
    return `| ${name} | ${runtime} | ${tool} | ${result} |`;
  });
  const head = ["| project | runs in | through | result |", "|---|---|---|---|"];
  return ["", `${filename}, ${size} bytes:`, "", ...head, ...lines, ""].join("\n");
}
