import * as payseal from "payseal";
import { webcrypto } from "node:crypto";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { complete } from "./complete.js";
import { checkRealms } from "./realms.js";
import { runSuite } from "./suite/suite.mjs";

test("the suite", async () => {
  expect(navigator.userAgent).toContain("jsdom");
  complete({ crypto: webcrypto });
  const { passed, failed } = await runSuite(payseal);
  passed.push(...(await checkRealms(payseal, runInNewContext("Uint8Array"))));
  process.stdout.write(`RESULTS ${JSON.stringify({ passed, failed })}\n`);
}, 60_000);
