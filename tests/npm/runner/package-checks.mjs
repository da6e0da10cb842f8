// What publint and "Are the types wrong?" say about the tarball, and what its README and manifest say of versions.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newestNode, oldestNode } from "./nodes.mjs";
import { run } from "./processes.mjs";
import { copySources, versionOf, WORKSHOP } from "./workshop.mjs";

const PACKAGE = join(WORKSHOP, "node_modules", "payseal");
const TSC = join(WORKSHOP, "node_modules", "typescript", "bin", "tsc");

/** @param {import("./workshop.mjs").Tarball} tarball */
export function checkPackage({ filename }) {
  test("publint finds nothing", async () => {
    await run(WORKSHOP, "publint", filename, "--strict");
  });

  test("the types are not wrong", async () => {
    await run(WORKSHOP, "attw", filename, "--no-emoji");
  });

  test("the oldest Node that it takes is the oldest it is tested in", () => {
    const { engines } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
    assert.equal(engines.node, `>=${oldestNode().version.replace(/(\.0)+$/, "")}`);
  });
}

/** Checks the types of these very programs. */
export function checkSources() {
  test("tsc finds nothing", async () => {
    await run(copySources(), "node", TSC, "--project", "tsconfig.json");
  });
}

/**
 * Checks that the README of the installed package lists the projects, with the versions of the lock files. That of
 * Chromium is Debian's, and differs between machines.
 *
 * @param {import("../projects.mjs").Consumer[]} consumers
 */
export function checkReadme(consumers) {
  const readme = readFileSync(join(PACKAGE, "README.md"), "utf8");

  test("lists every project with the versions that are tested", () => {
    const listed = [...readme.matchAll(/^\| (\S+ \| .* \| .*) \| \d+ passed \|$/gm)].map(([, line = ""]) => line);
    const tested = consumers.map(({ name, runtime, tool }) => `${name} | ${runtime} | ${tool}`);
    assert.deepEqual(listed.map(withoutChromium), tested.map(withoutChromium));
    assert.ok(readme.includes(`into ${consumers.length} small projects`), `there are ${consumers.length} projects`);
  });

  test("says which versions of Node and TypeScript it needs", () => {
    const oldest = oldestNode().version.replace(/\..*/, "");
    for (const sentence of [
      `- **Node**: ${oldest} or newer. Tested in the first ${oldest} and in the newest of every line since.`,
      `- **TypeScript**: ${versionOf("typescript-oldest").replace(/\.\d+$/, "")} or newer.`,
      `The tools of these projects run with Node ${newestNode().version}.`,
    ]) {
      assert.ok(readme.replace(/\s+/g, " ").includes(sentence), sentence);
    }
  });
}

/** @param {string} line */
function withoutChromium(line) {
  return line.replace(/Chromium [\d.]*/, "Chromium");
}
