// Builds the package from js/ and from the module that payseal-wasm-build has left in dist/wasm.
//
// In each format everything but the module is in slim.js; the other entries are the module, or where to import it
// from, and a few lines around slim.js. The types are written once, too.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build, transform } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const formats = ["esm", "cjs"];
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Every entry with a module: which way it gets it. */
const entries = [
  { name: "index", module: "module.inlined", formats },
  { name: "workerd", module: "module.workerd", formats: ["esm"] },
  { name: "edge-light", module: "module.edge-light", formats: ["esm"] },
];

/** Puts the module that an entry needs in place of the inlined one. */
function moduleFrom(name) {
  return {
    name: "module",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\/slim\.js$/ }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: /^\.\/module\.inlined\.js$/ }, () => ({ path: join(root, "js", `${name}.ts`) }));
      onResolve({ filter: /\.wasm\?base64$/ }, ({ path }) => ({ path, namespace: "base64" }));
      onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path: path.replace(/^.*\//, "../"), external: true }));
      onLoad({ filter: /./, namespace: "base64" }, () => ({ contents: inlined(), loader: "js" }));
    },
  };
}

function inlined() {
  return `export const base64 = "${readFileSync(join(dist, "payseal.wasm"), "base64")}";\n`;
}

/** An entry with a module: lines that stay as they are, for a minifier would drop what marks its calls as pure. */
async function writeEntry({ name, module, formats }) {
  const entryPoints = [join(root, "js", "index.ts")];
  const code = await bundle({ entryPoints, plugins: [moduleFrom(module)], minifySyntax: true });
  for (const format of formats) write(format, name, code);
}

/**
 * What every entry shares. Its classes and functions keep their names, which people read in stacks and logs: only what
 * is local is renamed. So it is minified as a script, whose names at the top esbuild takes for public.
 */
async function writeShared() {
  const define = { PACKAGE_VERSION: JSON.stringify(version) };
  const code = await bundle({ entryPoints: [join(root, "js", "slim.ts")], define, minifySyntax: true });
  const end = code.lastIndexOf("export {");
  const minified = await transform(code.slice(0, end), { minify: true });
  for (const format of formats) write(format, "slim", minified.code + code.slice(end));
}

/** The command, which finds the package where it is installed. */
async function writeCommand() {
  const code = await bundle({
    entryPoints: [join(root, "js", "command", "main.ts")],
    plugins: [{ name: "package", setup: usePackage }],
    platform: "node",
    minify: true,
  });
  const header = "#!/usr/bin/env node\n// payseal: MIT OR Apache-2.0\n";
  writeFileSync(join(dist, "command.js"), header + code, { mode: 0o755 });
}

function usePackage({ onResolve }) {
  onResolve({ filter: /^\.\.\/index\.js$/ }, () => ({ path: "./esm/index.js", external: true }));
}

async function bundle(options) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "warning",
    ...options,
  });
  return outputFiles[0].text;
}

function write(format, name, code) {
  const header = "// payseal: MIT OR Apache-2.0\n";
  writeFileSync(join(dist, format, `${name}.js`), header + (format === "esm" ? code : commonJs(code)));
}

/**
 * A module as CommonJS: named imports and one list of exports is all there is. Shorter than what esbuild makes of it,
 * and Node finds the names in it.
 */
function commonJs(code) {
  const pairs = (list) => list.split(",").map((item) => item.trim().split(" as "));
  const body = code
    .replace(/^import \{(.*?)\} from (".*?");$/gms, (_, list, from) => {
      const names = pairs(list).map(([theirs, ours = theirs]) => `${theirs}: ${ours}`);
      return `const { ${names.join(", ")} } = require(${from});`;
    })
    .replace(/^export \{(.*?)\};$/gms, (_, list) =>
      pairs(list).map(([ours, theirs = ours]) => `exports.${theirs} = ${ours};`).join("\n"),
    );
  return `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n${body}`;
}

/** The types of both formats are the same: they are written down for one of them, and the other names them. */
async function declareTypes() {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "--project", root], { stdio: "inherit" });
  execFileSync(process.execPath, [compiler, "--project", join(root, "js", "command")], { stdio: "inherit" });
  await bundleTypes("interface", "index", /dist.wasm/);
  await bundleTypes("slim", "slim", /interface\.js$/);
  rmSync(join(dist, "types"), { recursive: true });
  for (const name of ["index", "slim"]) {
    writeFileSync(join(dist, "esm", `${name}.d.ts`), `export * from "../cjs/${name}.js";\n`);
  }
  for (const format of formats) {
    copyFileSync(join(root, "js", "payseal.wasm.d.ts"), join(dist, format, "payseal.wasm.d.ts"));
  }
}

/** One file of types, without what is internal. */
async function bundleTypes(source, name, external) {
  const types = await rollup({ input: join(dist, "types", `${source}.d.ts`), plugins: [dts()], external });
  await types.write({ file: join(dist, "cjs", `${name}.d.ts`), paths: () => "./index.js" });
}

for (const folder of [...formats, "types"]) rmSync(join(dist, folder), { recursive: true, force: true });
for (const format of formats) mkdirSync(join(dist, format), { recursive: true });
copyFileSync(join(dist, "wasm", "payseal_bg.wasm"), join(dist, "payseal.wasm"));
writeFileSync(join(dist, "cjs", "package.json"), '{ "type": "commonjs" }\n');
await writeShared();
for (const entry of entries) await writeEntry(entry);
await writeCommand();
await declareTypes();
for (const licence of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(root, "..", licence), join(root, licence));
