// What publint and "Are the types wrong?" say about the tarball.

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
