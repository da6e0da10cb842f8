// Bundled as CommonJS before Jest runs it, with the package left to Jest: it is required, as in most projects.

import * as payseal from "payseal";
import { complete } from "./complete.js";

test("the suite", async () => {
  expect(complete(ofNode)).toContain("TextEncoder");
  const { runSuite } = await import("./suite/suite.mjs");
  const { checkRealms } = await import("./realms.js");
  const { passed, failed } = await runSuite(payseal);
  passed.push("jsdom: imported without TextEncoder", ...(await checkRealms(payseal, ofNode.Uint8Array)));
  process.stdout.write(`RESULTS ${JSON.stringify({ passed, failed })}\n`);
}, 60_000);
