// Bundled the way Vercel does it: a module imported with `?module` is compiled beforehand and handed in as a global.

import { EdgeRuntime } from "edge-runtime";
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @type {WebAssembly.Module | undefined} */
let compiled;

const { outputFiles } = await build({
  entryPoints: ["edge.js"],
  bundle: true,
  write: false,
  format: "iife",
  conditions: ["edge-light"],
  plugins: [{ name: "wasm?module", setup: compileModules }],
});
const runtime = new EdgeRuntime({
  initialCode: outputFiles[0].text,
  extend: (context) => Object.assign(context, { wasmModule: compiled }),
});
const response = await runtime.dispatchFetch("http://localhost/");
console.log(`RESULTS ${await response.text()}`);

/** @param {import("esbuild").PluginBuild} build */
function compileModules(build) {
  build.onResolve({ filter: /\.wasm\?module$/ }, ({ path, importer }) => ({
    path: join(dirname(importer), path.replace(/\?module$/, "")),
    namespace: "wasm",
  }));
  build.onLoad({ filter: /./, namespace: "wasm" }, ({ path }) => {
    compiled = new WebAssembly.Module(readFileSync(path));
    return { contents: "export default globalThis.wasmModule" };
  });
}
