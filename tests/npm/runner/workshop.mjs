// The folder where the packed package is installed and consumed: target/npm. Nothing in it refers to the source tree.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newestNode, requireNodes } from "./nodes.mjs";

const SOURCE = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(dirname(SOURCE));
const PACKAGE = join(ROOT, "bindings-wasm");
const QUIETLY = ["--no-audit", "--no-fund", "--loglevel=error"];
const INSTALLED = ["node_modules", "payseal"];

/** Where everything happens. */
export const WORKSHOP = join(ROOT, "target", "npm");

/** @typedef {{ filename: string, integrity: string, version: string, size: number }} Tarball */

/**
 * Packs the package and installs the tarball beside the tools of package.json. Done anew in every run, except that
 * the tools stay where they are until the lock file changes.
 *
 * @returns {Tarball}
 */
export function prepare() {
  requireNodes();
  mkdirSync(WORKSHOP, { recursive: true });
  const tarball = pack();
  installTools();
  installTarball(tarball);
  return tarball;
}

/**
 * Copies a folder of the repository into the workshop, with whatever stood there before removed.
 *
 * @param {string} from relative to the root of the repository
 * @param {string} to relative to the workshop
 * @returns {string} where the copy is
 */
export function copy(from, to) {
  const target = join(WORKSHOP, to);
  rmSync(target, { recursive: true, force: true });
  cpSync(join(ROOT, from), target, {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|\.wrangler|\.next)$/.test(path),
  });
  return target;
}

/**
 * Lets a copy find another installed package under the name of one it depends on: an older version.
 *
 * @param {string} folder
 * @param {string} dependency
 * @param {string} other
 */
export function replaceDependency(folder, dependency, other) {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(WORKSHOP, "node_modules", other), join(folder, "node_modules", dependency));
}

/**
 * Copies what this folder holds, to have its types checked where the package and the tools are.
 *
 * @returns {string} where the copy is
 */
export function copySources() {
  const target = copy(join("tests", "npm"), "sources");
  writeVectors(target);
  return target;
}

/**
 * Copies a consumer project, and the suite with its vectors into the copy.
 *
 * @param {string} folder
 * @param {string} name
 * @returns {string} where the copy is
 */
export function copyProject(folder, name) {
  const target = copy(join("tests", "npm", "projects", folder), join("projects", name));
  cpSync(join(SOURCE, "suite"), join(target, "suite"), { recursive: true });
  writeVectors(target);
  return target;
}

/**
 * The version of an installed tool.
 *
 * @param {string} name
 * @param {string} [user] a tool that may have brought its own
 * @returns {string}
 */
export function versionOf(name, user = "") {
  const places = [join("node_modules", user, "node_modules", name), join("node_modules", name)];
  const place = places.find((folder) => existsSync(join(WORKSHOP, folder))) ?? name;
  return JSON.parse(readFileSync(join(WORKSHOP, place, "package.json"), "utf8")).version;
}

/** The environment of everything that runs in the workshop: its tools first, and nothing that phones home. */
export const environment = {
  ...process.env,
  PATH: [newestNode().folder, join(WORKSHOP, "node_modules", ".bin"), process.env["PATH"]].join(delimiter),
  NO_COLOR: "1",
  CI: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  DENO_DIR: join(WORKSHOP, ".deno"),
  DENO_NO_UPDATE_CHECK: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
};

/** @returns {Tarball} */
function pack() {
  // Without scripts: what was built and tested is what is packed.
  const [tarball] = JSON.parse(npm(PACKAGE, "pack", "--ignore-scripts", "--json", "--pack-destination", WORKSHOP));
  return tarball;
}

/** Installs what the lock file names. */
function installTools() {
  // Named npm-shrinkwrap.json in the sources, so that `make setup` leaves these downloads to the suites that need them.
  const lock = readFileSync(join(SOURCE, "npm-shrinkwrap.json"), "utf8");
  const stamp = join(WORKSHOP, ".installed");
  const current = `${process.version}\n${lock}`;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === current) return;
  rmSync(stamp, { force: true });
  cpSync(join(SOURCE, "package.json"), join(WORKSHOP, "package.json"));
  writeFileSync(join(WORKSHOP, "package-lock.json"), lock);
  rmSync(join(WORKSHOP, "node_modules"), { recursive: true, force: true });
  // Not `npm ci`, which refuses a lock file without the optional packages of every other platform.
  npm(WORKSHOP, "install", ...QUIETLY);
  writeFileSync(stamp, current);
}

/**
 * Installs the tarball, and makes sure that it, and no link to the sources, is what consumers will find.
 *
 * @param {Tarball} tarball
 */
function installTarball({ filename, integrity }) {
  const installed = join(WORKSHOP, ...INSTALLED);
  rmSync(installed, { recursive: true, force: true });
  npm(WORKSHOP, "install", "--no-save", "--prefer-offline", ...QUIETLY, `./${filename}`);
  const record = JSON.parse(readFileSync(join(WORKSHOP, "node_modules", ".package-lock.json"), "utf8"));
  if (lstatSync(installed).isSymbolicLink() || record.packages[INSTALLED.join("/")].integrity !== integrity) {
    throw new Error("what is installed is not the packed tarball");
  }
}

/**
 * Writes the vectors beside the suite, as a module. As text, for a literal would treat a key named `__proto__` in its
 * own way.
 *
 * @param {string} folder
 */
function writeVectors(folder) {
  /** @type {(name: string) => unknown} */
  const read = (name) => JSON.parse(readFileSync(join(ROOT, "tests", "vectors", `${name}.json`), "utf8"));
  const vectors = { bitloga: read("bitloga"), apiforcrypto: read("apiforcrypto"), badInputs: read("bad-inputs") };
  const literal = JSON.stringify(JSON.stringify(vectors));
  // Separators of lines may be in a literal, but TypeScript 5.3 and older ends it there.
  const escaped = literal.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const module = `export default JSON.parse(${escaped});\n`;
  writeFileSync(join(folder, "suite", "vectors-data.mjs"), module);
}

/**
 * @param {string} folder
 * @param {string[]} parameters
 */
function npm(folder, ...parameters) {
  const streams = /** @type {const} */ (["ignore", "pipe", "inherit"]);
  return execFileSync("npm", parameters, { cwd: folder, encoding: "utf8", stdio: [...streams] });
}
