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
const FOR_JEST = ["--bundle", "--format=cjs", "--external:payseal", "--outdir=dist", "--out-extension:.js=.cjs"];
// Both versions of Nitro have a program `nitro`: which of them is linked is left to chance.
const NITRO_2 = ["nitropack", "build", "--preset"];
const NITRO_3 = ["node", "../../node_modules/nitro/dist/cli/index.mjs", "build", "--preset"];
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
  const [nitro2, nitro3] = [named("nitropack"), named("nitro")];
  const [opennext, sveltekit] = [named("@opennextjs/cloudflare"), named("@sveltejs/kit")];
  const vitePlugin = `${vite}, ${named("@cloudflare/vite-plugin")}`;
  const [jest, vitest, jsdom] = [named("jest"), named("vitest"), named("jsdom")];

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
    ["workerd-wrangler", "wrangler", workerd, wrangler, (project) => project.server(wranglerDev, fetchResults)],
    ["workerd-require", "worker-require", workerd, wrangler, (project) => project.server(wranglerDev, fetchResults)],
    ["workerd-miniflare", "miniflare", workerd, `${miniflare}, ${esbuild}`, (project) =>
      project.program("node", "main.js")],
    ["edge-light", "edge-light", edge, esbuild, (project) => project.program("node", "main.js")],
    ["browser", "browser", chromium, "import map", (project) => project.page("index.html")],
    ["vite-build", "vite", chromium, vite, async (project) => {
      await project.build("vite", "build");
      return project.page("dist/index.html");
    }],
    ["vite-dev", "vite", chromium, vite, (project) =>
      project.server(viteDev, (url) => project.browser.results(url))],
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
    ["nitro2-cloudflare", "nitro2", workerd, nitro2, async (project) => {
      await project.build(...NITRO_2, "cloudflare_module");
      return project.server(wranglerDev, fetchResults);
    }],
    ["nitro2-node", "nitro2", node, nitro2, async (project) => {
      await project.build(...NITRO_2, "node_server");
      return project.server(nitroServer, fetchResults);
    }],
    ["nitro3-cloudflare", "nitro3", workerd, nitro3, async (project) => {
      await project.build(...NITRO_3, "cloudflare_module");
      return project.server(wranglerDev, fetchResults);
    }],
    ["nitro3-node", "nitro3", node, nitro3, async (project) => {
      await project.build(...NITRO_3, "node_server");
      return project.server(nitroServer, fetchResults);
    }],
    ["opennext", "opennext", `${workerd}, ${next}`, opennext, async (project) => {
      await project.build("opennextjs-cloudflare", "build");
      return project.server(wranglerDev, fetchResults);
    }],
    ["vite-worker", "vite-worker", workerd, vitePlugin, async (project) => {
      await project.build("vite", "build");
      return project.server(wranglerDev, fetchResults);
    }],
    ["vite-worker-dev", "vite-worker", workerd, vitePlugin, (project) => project.server(viteDev, fetchResults)],
    ["astro", "astro", workerd, `${named("astro")}, ${named("@astrojs/cloudflare")}`, async (project) => {
      await project.build("astro", "build");
      return project.server(wranglerDev, fetchResults);
    }],
    ["sveltekit", "sveltekit", workerd, `${sveltekit}, ${named("@sveltejs/adapter-cloudflare")}`, async (project) => {
      await project.build("vite", "build");
      return project.server(wranglerDev, fetchResults);
    }],
    ["jest-jsdom", "jsdom", `${node}, ${named("jest-environment-jsdom")}`, jest, async (project) => {
      await project.build("esbuild", "jest.test.js", "--log-level=error", ...FOR_JEST);
      return project.program("jest");
    }],
    ["vitest-jsdom", "jsdom", `${node}, ${jsdom}`, vitest, (project) =>
      project.program("vitest", "run", "--pool=forks")],
    ["vitest-jsdom-vm", "jsdom", `${node}, ${jsdom}`, `${vitest}, vmForks`, (project) =>
      project.program("vitest", "run", "--pool=vmForks")],
  ];
  return table.map(([name, folder, runtime, tool, consume]) => ({ name, folder, runtime, tool, consume }));
}

/** @param {number} port */
function viteDev(port) {
  return ["vite", "--host", "127.0.0.1", "--port", String(port), "--strictPort"];
}

/** @param {number} port */
function wranglerDev(port) {
  // Any free port for the inspector: two that start at the same time would both take its usual one.
  return ["wrangler", "dev", "--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"];
}

function nitroServer() {
  return ["env", "HOST=127.0.0.1", "node", ".output/server/index.mjs"];
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
