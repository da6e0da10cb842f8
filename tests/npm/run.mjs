// Packs the package, installs it into the consumer projects, and runs the same suite in each of them:
// node tests/npm/run.mjs, or node tests/npm/run.mjs deno bun for some of them.

import { after, describe, test } from "node:test";
import { consumers } from "./projects.mjs";
import { Browser } from "./runner/browser.mjs";
import { checkPackage, checkReadme, checkSources } from "./runner/package-checks.mjs";
import { checkSecurityPolicy } from "./runner/security-policy.mjs";
import { Project } from "./runner/project.mjs";
import { serveFiles } from "./runner/static-server.mjs";
import { table } from "./runner/table.mjs";
import { prepare, WORKSHOP } from "./runner/workshop.mjs";

const AT_ONCE = 2;

const only = process.argv.slice(2);
const tarball = prepare();
const browser = new Browser();
const files = await serveFiles(WORKSHOP);

/** @type {import("./runner/table.mjs").Row[]} */
const rows = [];

describe("the packed package", () => checkPackage(tarball));
describe("the programs of tests/npm", checkSources);
describe("the package's README", () => checkReadme(consumers("")));

describe("consumer projects", { concurrency: AT_ONCE }, async () => {
  for (const consumer of chosen(consumers(await browser.version()))) {
    const row = { ...consumer, passed: 0, failed: 1 };
    rows.push(row);
    test(consumer.name, async (context) => {
      const project = new Project(consumer.name, consumer.folder, browser, files.url);
      const { passed, failed } = await consumer.consume(project);
      Object.assign(row, { passed: passed.length, failed: failed.length });
      for (const name of passed) await context.test(name, () => {});
      for (const { name, message } of failed) {
        await context.test(name, () => {
          throw new Error(message);
        });
      }
    });
  }
});

describe("a page with a content security policy", () => checkSecurityPolicy(browser));

after(async () => {
  await browser.close();
  files.stop();
  console.log(table(tarball, rows));
});

/**
 * The projects that were asked for.
 *
 * @param {import("./projects.mjs").Consumer[]} all
 */
function chosen(all) {
  const unknown = only.filter((wanted) => !all.some(({ name }) => name === wanted));
  if (unknown.length > 0) throw new Error(`no such project: ${unknown.join(", ")}`);
  return only.length > 0 ? all.filter(({ name }) => only.includes(name)) : all;
}
