// What is generated is what the core's tables give now.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { describe, generate } from "../scripts/generate.mjs";

test("generated files are up to date", () => {
  for (const [path, text] of generate(describe())) {
    assert.equal(readFileSync(path, "utf8"), text, `${path} is out of date: npm run generate`);
  }
});
