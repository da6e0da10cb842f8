// Bundles both Workers into the folder `built`, and leaves WebAssembly to workerd: node worker/bundle.mjs

import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

import { build } from "esbuild";

mkdirSync("built", { recursive: true });

/** Modules of WebAssembly are copied beside the bundle and stay imports: workerd compiles them. */
const wasmModules = {
  name: "wasm modules",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm$/ }, async ({ path, resolveDir }) => {
      const file = new URL(path, `file://${resolveDir}/`).pathname;
      copyFileSync(file, `built/${basename(file)}`);
      return { path: `./${basename(file)}`, external: true };
    });
  },
};

for (const name of ["payseal", "webcrypto"]) {
  const { outputFiles } = await build({
    entryPoints: [`worker/${name}.mjs`],
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    conditions: ["workerd"],
    plugins: [wasmModules],
  });
  writeFileSync(`built/${name}.mjs`, outputFiles[0].contents);
}
