// The types, compiled as users compile them: strict, with every check of libraries, for each way of resolving modules.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const tests = dirname(fileURLToPath(import.meta.url));
const root = dirname(tests);
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

const strict = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false, noEmit: true, target: "es2022" };
const platform = { lib: ["es2023", "dom"], types: ["node"] };
const bare = { lib: ["es2022"], types: [] };

const ways = {
  "node16, ES modules": { type: "module", files: ["types.ts", "platform.ts"], options: { module: "node16", ...platform } },
  "node16, CommonJS": { type: "commonjs", files: ["types.ts", "platform.ts"], options: { module: "node16", ...platform } },
  "nodenext, nothing but the language": { type: "module", files: ["types.ts"], options: { module: "nodenext", ...bare } },
  bundler: { type: "module", files: ["types.ts", "platform.ts"], options: { module: "esnext", moduleResolution: "bundler", ...platform } },
  "bundler, nothing but the language": { type: "module", files: ["types.ts"], options: { module: "esnext", moduleResolution: "bundler", ...bare } },
};

/** A project that uses the package as an installed one. */
function project({ type, files, options }) {
  const folder = mkdtempSync(join(root, "node_modules", ".types-"));
  const installed = join(folder, "node_modules", "payseal");
  mkdirSync(installed, { recursive: true });
  for (const part of ["package.json", "dist/esm", "dist/cjs"]) cpSync(join(root, part), join(installed, part), { recursive: true });
  symlinkSync(join(root, "node_modules", "@types"), join(folder, "node_modules", "@types"));
  for (const file of files) cpSync(join(tests, "types", file), join(folder, file));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...strict, ...options }, files }));
  return folder;
}

describe("types", { concurrency: 2 }, () => {
  for (const [name, way] of Object.entries(ways)) {
    test(name, async (t) => {
      const folder = project(way);
      t.after(() => rmSync(folder, { recursive: true }));
      const { stdout } = await promisify(execFile)(process.execPath, [compiler, "--project", folder]).catch((error) => error);
      assert.equal(stdout, "");
    });
  }
});
