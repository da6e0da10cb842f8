// The package as it is published: its size, its exports, and what it does without.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { limits, measure } from "../scripts/sizes.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = promisify(execFile);
const bin = (name) => join(root, "node_modules", ".bin", name);

const folder = mkdtempSync(join(tmpdir(), "payseal-package-"));
after(() => rmSync(folder, { recursive: true }));

const pack = run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: root });

async function tarball() {
  await pack;
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
}

describe("size", () => {
  test("is within its bounds", async () => {
    const sizes = { ...(await measure()), tarball: statSync(await tarball()).size };
    for (const [name, limit] of Object.entries(limits)) {
      assert.ok(sizes[name] <= limit, `${name}: ${sizes[name]} bytes, at most ${limit}`);
    }
  });
});

describe("package", () => {
  test("has no finding of publint", async () => {
    const { stdout } = await run(bin("publint"), [await tarball(), "--strict"]).catch((error) => error);
    assert.match(stdout, /All good!/);
  });

  test("has no finding of arethetypeswrong", async () => {
    const { stdout } = await run(bin("attw"), [await tarball(), "--format", "ascii", "--no-color"]).catch((error) => error);
    assert.match(stdout, /No problems found/);
  });

  test("has no dependencies and no side effects", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    assert.equal(manifest.dependencies ?? manifest.peerDependencies ?? manifest.optionalDependencies, undefined);
    assert.equal(manifest.sideEffects, false);
  });

  const entries = ["esm/index.js", "esm/slim.js", "esm/workerd.js", "esm/edge-light.js", "cjs/index.js", "cjs/slim.js"];
  for (const entry of entries) {
    test(`${entry} needs nothing that some runtime forbids`, () => {
      const code = readFileSync(join(root, "dist", entry), "utf8")
        .replace(/"[A-Za-z0-9+/=]{1000,}"/g, '""')
        .replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
      assert.doesNotMatch(code, /\bimport\s*\(|import\.meta|\bnew URL\b|\beval\s*\(|\bnew Function\b|from "node:|\bprocess\.|\brequire\s*\(/);
      assert.doesNotMatch(code, /^(?:const .* = |export .*|)await\b/m);
    });
  }
});
