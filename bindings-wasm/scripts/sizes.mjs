// The sizes of what is published, and their bounds: node scripts/sizes.mjs prints both.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

import { sizes } from "../build/sizes.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the package may not grow beyond, in bytes; why, and what it was, is in CONTRIBUTING, "Sizes and speed". */
export const limits = {
  "wasm, raw": 244 * 1024,
  "wasm, gzip": 100 * 1024,
  "Worker with one client, gzip": 112 * 1024,
  tarball: 444_000,
};

/** The minified bundle of a Worker that uses one client, without its module. */
async function worker() {
  const { outputFiles } = await build({
    stdin: { contents: 'import { Bitloga } from "payseal"; export default Bitloga;', resolveDir: root },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    conditions: ["workerd"],
    external: ["*.wasm"],
  });
  return outputFiles[0].contents;
}

export async function measure() {
  const module = sizes(readFileSync(join(root, "dist", "payseal.wasm")));
  const code = sizes(await worker());
  return {
    "wasm, raw": module.raw,
    "wasm, gzip": module.gzip,
    "wasm, brotli": module.brotli,
    "Worker with one client, gzip": module.gzip + code.gzip,
    "of this JavaScript, raw": code.raw,
    "of this JavaScript, gzip": code.gzip,
    "of this JavaScript, brotli": code.brotli,
  };
}

async function main() {
  for (const [name, size] of Object.entries(await measure())) {
    console.log(`${name}: ${size} bytes${name in limits ? ` (limit ${limits[name]})` : ""}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
