// A Worker bundled without wrangler: the .wasm stays a file beside the bundle, as workerd wants it.

import { build } from "esbuild";
import { Miniflare } from "miniflare";

await build({
  entryPoints: ["worker.js"],
  outdir: "dist",
  bundle: true,
  format: "esm",
  conditions: ["workerd"],
  loader: { ".wasm": "copy" },
});
const miniflare = new Miniflare({
  modules: true,
  scriptPath: "dist/worker.js",
  modulesRules: [
    { type: "ESModule", include: ["**/*.js"] },
    { type: "CompiledWasm", include: ["**/*.wasm"] },
  ],
  compatibilityDate: "2026-07-01",
});
const response = await miniflare.dispatchFetch("http://localhost/");
console.log(`RESULTS ${await response.text()}`);
await miniflare.dispose();
