// The versions of Node that `tests/setup.sh nodes` installs into target/nodes. The first is the oldest that is
// supported, the last runs the tools.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TESTS = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALLED = join(dirname(dirname(TESTS)), "target", "nodes");

/**
 * @typedef {object} Node
 * @property {string} name as in the name of its package: "22"
 * @property {string} version
 * @property {string} folder where its program is
 */

/** @type {readonly Node[]} */
export const NODES = named();

/** @returns {Node} */
export function oldestNode() {
  return /** @type {Node} */ (NODES[0]);
}

/** @returns {Node} */
export function newestNode() {
  return /** @type {Node} */ (NODES.at(-1));
}

/** Makes sure that every version is there. */
export function requireNodes() {
  const missing = NODES.filter(({ folder }) => !existsSync(join(folder, "node")));
  if (missing.length > 0) {
    throw new Error(`no Node ${missing.map(({ name }) => name).join(", ")}: run tests/setup.sh nodes on Linux`);
  }
}

/** @returns {Node[]} */
function named() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(TESTS, "nodes", "package.json"), "utf8"));
  return Object.entries(optionalDependencies)
    .filter(([name]) => name.endsWith("-linux-x64"))
    .map(([alias, source]) => {
      const name = alias.replace(/^node-|-linux-x64$/g, "");
      return { name, version: source.replace(/^.*@/, ""), folder: join(INSTALLED, name) };
    })
    .sort((one, other) => one.version.localeCompare(other.version, "en", { numeric: true }));
}
