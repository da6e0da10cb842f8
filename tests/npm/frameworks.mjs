// Runs every program of examples/javascript-frameworks in its own runtime, with the packed package, and sends it
// callbacks over HTTP: node tests/npm/frameworks.mjs

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { checkCallbacks } from "./frameworks/callbacks.mjs";
import { checkEvents } from "./frameworks/events.mjs";
import { credentials } from "./frameworks/signing.mjs";
import { run, serve } from "./runner/processes.mjs";
import { copy, prepare, replaceDependency, versionOf } from "./runner/workshop.mjs";

const AT_ONCE = 2;
// With the package from node_modules, where the tarball is, instead of from the registry.
const DENO = ["deno", "run", "--no-prompt", "--node-modules-dir=manual"];
const EXAMPLES = ["examples", "javascript-frameworks"];
/** What a page elsewhere could send without being asked: refused by frameworks for pages, whatever is in the body. */
const FORMS = { "text/plain": 403, "application/x-www-form-urlencoded": 403 };

/**
 * @typedef {object} Example
 * @property {string} name
 * @property {string} [folder] where it is, if not in that of its name
 * @property {Record<string, string>} [instead] what its dependencies are replaced with
 * @property {(port: number) => string[]} command
 * @property {string[]} [build]
 * @property {string[]} [paths]
 * @property {Record<string, number>} [refused] content types that the framework itself refuses, and with which status
 */

/** @type {Example[]} */
const servers = [
  { name: "express", command: () => ["node", "server.js"] },
  { name: "express-4", folder: "express", instead: { express: "express-4" }, command: () => ["node", "server.js"] },
  { name: "fastify", command: () => ["node", "server.js"] },
  { name: "hono", command: () => ["node", "server.js"] },
  { name: "node-http", command: () => ["node", "server.js"] },
  { name: "deno", command: () => [...DENO, "--allow-net", "--allow-env", "main.js"] },
  { name: "bun", command: () => ["bun", "run", "server.js"] },
  {
    name: "nextjs",
    build: ["next", "build"],
    command: (port) => ["next", "start", "--hostname", "127.0.0.1", "--port", String(port)],
    paths: ["/callback", "/edge/callback"],
  },
  {
    name: "sveltekit",
    build: ["vite", "build"],
    command: (port) => ["vite", "preview", "--host", "127.0.0.1", "--port", String(port), "--strictPort"],
    // The server of SvelteKit for Node reads no body without a content type.
    refused: { "": 401, ...FORMS },
  },
  {
    name: "astro",
    command: (port) => ["astro", "dev", "--host", "127.0.0.1", "--port", String(port)],
    refused: { "": 403, ...FORMS },
  },
  {
    name: "nitro",
    build: ["node", "../../node_modules/nitro/dist/cli/index.mjs", "build", "--preset", "node_server"],
    command: () => ["env", "HOST=127.0.0.1", "node", ".output/server/index.mjs"],
  },
];

prepare();

describe("framework examples", { concurrency: AT_ONCE }, () => {
  for (const { name, folder: source = name, instead = {}, command, build, paths = ["/callback"], refused } of servers) {
    test(name, async (context) => {
      const folder = copy(join(...EXAMPLES, source), join("examples", name));
      for (const [dependency, other] of Object.entries(instead)) replaceDependency(folder, dependency, other);
      if (build) await run(folder, ...build);
      for (const path of paths) {
        const server = await serve(folder, command, credentials);
        try {
          await checkCallbacks(context, `${server.url}${path}`, server.printed, refused);
        } finally {
          await server.stop();
        }
      }
    });
  }

  test("aws-lambda", async (context) => {
    const folder = copy(join(...EXAMPLES, "aws-lambda"), join("examples", "aws-lambda"));
    await checkEvents(context, folder);
  });
});

test("every example is tested", () => {
  const folders = readdirSync(join(...EXAMPLES), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const tested = new Set([...servers.map(({ name, folder = name }) => folder), "aws-lambda"]);
  assert.deepEqual(folders.map(({ name }) => name).sort(), [...tested].sort());
});

test("the examples name the versions they are tested with", () => {
  for (const { name } of servers.filter((server) => server.name !== "deno" && !server.folder)) {
    const { dependencies } = JSON.parse(readFileSync(join(...EXAMPLES, name, "package.json"), "utf8"));
    for (const [dependency, version] of Object.entries(dependencies)) {
      if (dependency !== "payseal") assert.equal(version, versionOf(dependency), `${dependency} of ${name}`);
    }
  }
});
