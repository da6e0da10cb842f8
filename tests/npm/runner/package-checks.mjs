// What publint and "Are the types wrong?" say about the tarball.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "./processes.mjs";
import { copySources, WORKSHOP } from "./workshop.mjs";

/** @param {import("./workshop.mjs").Tarball} tarball */
export function checkPackage({ filename }) {
  test("publint finds nothing", async () => {
    await run(WORKSHOP, "publint", filename, "--strict");
  });

  test("the types are not wrong", async () => {
    await run(WORKSHOP, "attw", filename, "--no-emoji");
  });
}

/** Checks the types of these very programs. */
export function checkSources() {
  test("tsc finds nothing", async () => {
    await run(copySources(), "tsc", "--project", "tsconfig.json");
  });
}

/**
 * Checks that the README of the installed package lists the projects. Versions in it may be older.
 *
 * @param {string[]} names
 */
export function checkReadme(names) {
  test("lists every project", () => {
    const readme = readFileSync(join(WORKSHOP, "node_modules", "payseal", "README.md"), "utf8");
    const listed = [...readme.matchAll(/^\| (\S+) \|.* passed \|$/gm)].map(([, name]) => name);
    assert.deepEqual(listed, names);
  });
}
