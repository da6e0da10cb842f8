// Builds the package with the toy gateway in it, into target/toy: the module, what the generator writes, and js/ as it is.
// It is compiled as it is published, by tsc with every check, but neither optimized nor bundled.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = dirname(dirname(here));
const repository = dirname(source);
const toy = join(repository, "target", "toy");
const folder = join(toy, "bindings-wasm");
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

function run(program, ...arguments_) {
  execFileSync(program, arguments_, { cwd: repository, stdio: "inherit" });
}

rmSync(join(folder, "js"), { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(source, "js"), join(folder, "js"), { recursive: true });
run("cargo", "run", "-q", "-p", "payseal-wasm-build", "--", "--features", "toy-gateway", "--into", join(folder, "dist", "wasm"));
run("cargo", "run", "-q", "-p", "payseal-generator", "--features", "toy-gateway", "--", "--into", toy);

cpSync(join(here, "types.ts"), join(folder, "js", "toy-types.ts"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
const compilerOptions = { emitDeclarationOnly: false, declaration: false, rootDir: "js", outDir: "out" };
// The command serves the published gateways, and needs the types of Node.
const settings = relative(folder, join(source, "tsconfig.json"));
const project = { extends: settings, compilerOptions, include: ["js"], exclude: ["js/command"] };
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
run(process.execPath, compiler, "--project", folder);
