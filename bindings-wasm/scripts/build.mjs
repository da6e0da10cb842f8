// Builds the package from js/ and from the module that payseal-wasm-build has left in dist/wasm.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Every entry: which way it gets the module. */
const entries = [
  { entry: "index", name: "index", module: "module", formats: ["esm", "cjs"] },
  { entry: "index", name: "workerd", module: "module.workerd", formats: ["esm"] },
  { entry: "index", name: "edge-light", module: "module.edge-light", formats: ["esm"] },
  { entry: "slim", name: "slim", module: "module.slim", formats: ["esm", "cjs"] },
];

/** Puts the module that an entry needs in place of the inlined one. */
function moduleFrom(name) {
  return {
    name: "module",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\/module\.js$/ }, () => ({ path: join(root, "js", `${name}.ts`), sideEffects: false }));
      if (name !== "module") {
        onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({
          path: path.replace(/^.*\//, "../"),
          external: true,
        }));
      }
    },
  };
}

async function bundle({ entry, name, module }, format) {
  await build({
    entryPoints: [join(root, "js", `${entry}.ts`)],
    outfile: join(dist, format, `${name}.js`),
    absWorkingDir: root,
    bundle: true,
    format,
    platform: "neutral",
    target: "es2022",
    define: { PACKAGE_VERSION: JSON.stringify(version) },
    loader: { ".wasm": "base64" },
    plugins: [moduleFrom(module)],
    banner: { js: "// payseal, built from https://www.npmjs.com/package/payseal: MIT OR Apache-2.0" },
    logLevel: "warning",
  });
}

/** One file of types for each entry, without what is internal. */
async function declareTypes() {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "--project", root], { stdio: "inherit" });
  for (const name of ["index", "slim"]) {
    const bundle = await rollup({ input: join(dist, "types", `${name}.d.ts`), plugins: [dts()], external: /dist.wasm/ });
    for (const format of ["esm", "cjs"]) await bundle.write({ file: join(dist, format, `${name}.d.ts`) });
  }
  rmSync(join(dist, "types"), { recursive: true });
  for (const format of ["esm", "cjs"]) {
    copyFileSync(join(root, "js", "payseal.wasm.d.ts"), join(dist, format, "payseal.wasm.d.ts"));
  }
}

for (const folder of ["esm", "cjs", "types"]) rmSync(join(dist, folder), { recursive: true, force: true });
mkdirSync(join(dist, "cjs"), { recursive: true });
copyFileSync(join(dist, "wasm", "payseal_bg.wasm"), join(dist, "payseal.wasm"));
writeFileSync(join(dist, "cjs", "package.json"), '{ "type": "commonjs" }\n');
for (const entry of entries) for (const format of entry.formats) await bundle(entry, format);
await declareTypes();
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(root, "..", licence), join(dist, licence));
