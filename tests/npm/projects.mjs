// The consumer projects: what each runs in, what it is built with, and how. A folder may serve several of them.

import { fetchResults } from "./runner/project.mjs";
import { versionOf } from "./runner/workshop.mjs";

/** @typedef {import("./runner/project.mjs").Project} Project */
/** @typedef {import("./runner/project.mjs").Results} Results */

/**
 * @typedef {object} Consumer
 * @property {string} name
 * @property {string} folder below projects/
 * @property {string} runtime what the suite runs in
 * @property {string} tool how the package got there
 * @property {(project: Project) => Promise<Results>} consume builds the project and runs the suite in it
 */

const ESBUILD = ["esbuild", "--bundle", "--minify", "--log-level=error"];
const TYPES_CHECKED = ["tsc", "--project"];

/**
 * Every project, with the versions of what it uses.
 *
 * @param {string} chromiumVersion
 * @returns {Consumer[]}
 */
export function consumers(chromiumVersion) {
  const node = `Node ${process.versions.node}`;
  const chromium = `Chromium ${chromiumVersion}`;
  const [deno, bun, edge] = [named("deno"), named("bun"), named("edge-runtime")];
  const [workerd, wrangler, miniflare] = [named("workerd"), named("wrangler"), named("miniflare")];
  const [typescript, next, vite] = [named("typescript"), named("next"), named("vite")];
  const [webpack, rollup, esbuild] = [named("webpack"), named("rollup"), named("esbuild")];

  /** @type {[name: string, folder: string, runtime: string, tool: string, consume: Consumer["consume"]][]} */
  const table = [
    ["node-esm", "node-esm", node, "import", (project) => project.program("node", "main.js")],
    ["node-cjs", "node-cjs", node, "require", (project) => project.program("node", "main.js")],
    ["node-slim", "node-slim", node, "payseal/slim", (project) => project.program("node", "main.js")],
    ["typescript-node16", "typescript", node, typescript, async (project) => {
      await project.build(...TYPES_CHECKED, "tsconfig.node16.json");
      return project.program("node", "dist/node16/main.js");
    }],
    ["typescript-commonjs", "typescript", node, typescript, async (project) => {
      await project.build(...TYPES_CHECKED, "tsconfig.node16.json");
      return project.program("node", "dist/node16/common.cjs");
    }],
    ["typescript-bundler", "typescript", node, typescript, async (project) => {
      await project.build(...TYPES_CHECKED, "tsconfig.bundler.json");
      return project.program("node", "dist/bundler/main.js");
    }],
    ["deno", "deno", deno, "no permissions", (project) => project.program("deno", "run", "--no-prompt", "main.js")],
    ["bun", "bun", bun, "import", (project) => project.program("bun", "run", "main.js")],
    ["workerd-wrangler", "wrangler", workerd, wrangler, (project) =>
      project.server((port) => ["wrangler", "dev", "--ip", "127.0.0.1", "--port", String(port)], fetchResults)],
    ["workerd-require", "worker-require", workerd, wrangler, (project) =>
      project.server((port) => ["wrangler", "dev", "--ip", "127.0.0.1", "--port", String(port)], fetchResults)],
    ["workerd-miniflare", "miniflare", workerd, `${miniflare}, ${esbuild}`, (project) =>
      project.program("node", "main.js")],
    ["edge-light", "edge-light", edge, esbuild, (project) => project.program("node", "main.js")],
    ["browser", "browser", chromium, "import map", (project) => project.page("index.html")],
    ["vite-build", "vite", chromium, vite, async (project) => {
      await project.build("vite", "build");
      return project.page("dist/index.html");
    }],
    ["vite-dev", "vite", chromium, vite, (project) =>
      project.server((port) => ["vite", "--host", "127.0.0.1", "--port", String(port), "--strictPort"],
        (url) => project.browser.results(url))],
    ["webpack", "webpack", chromium, webpack, async (project) => {
      await project.build("node", "build.js");
      return project.page("index.html");
    }],
    ["rollup", "rollup", chromium, rollup, async (project) => {
      await project.build("rollup", "--config", "rollup.config.js", "--silent");
      return project.page("index.html");
    }],
    ["esbuild-iife", "esbuild", chromium, esbuild, async (project) => {
      await project.build(...ESBUILD, "main.js", "--format=iife", "--outfile=dist/main.js");
      return project.page("index.html");
    }],
    ["esbuild-esm", "esbuild", node, esbuild, async (project) => {
      await project.build(...ESBUILD, "program.js", "--format=esm", "--outfile=dist/program.js");
      return project.program("node", "dist/program.js");
    }],
    ["esbuild-node", "esbuild", node, esbuild, async (project) => {
      await project.build(...ESBUILD, "program.cjs", "--platform=node", "--outfile=dist/program.cjs");
      return project.program("node", "dist/program.cjs");
    }],
    ["bun-build", "bun-build", chromium, bun, async (project) => {
      await project.build("bun", "build", "main.js", "--target=browser", "--minify", "--outfile=dist/main.js");
      return project.page("index.html");
    }],
    ["next", "next", `${next}, nodejs and edge`, next, async (project) => {
      await project.build("next", "build");
      return project.server((port) => ["next", "start", "--hostname", "127.0.0.1", "--port", String(port)], nextRoutes);
    }],
  ];
  return table.map(([name, folder, runtime, tool, consume]) => ({ name, folder, runtime, tool, consume }));
}

/**
 * The results of both runtimes of Next.js.
 *
 * @param {string} url
 * @returns {Promise<Results>}
 */
async function nextRoutes(url) {
  /** @type {Results} */
  const both = { passed: [], failed: [] };
  for (const runtime of ["nodejs", "edge"]) {
    const { passed, failed } = await fetchResults(`${url}/${runtime}`);
    both.passed.push(...passed.map((name) => `${runtime}: ${name}`));
    both.failed.push(...failed.map(({ name, message }) => ({ name: `${runtime}: ${name}`, message })));
  }
  return both;
}

/** @param {string} tool */
function named(tool) {
  return `${tool} ${versionOf(tool)}`;
}
