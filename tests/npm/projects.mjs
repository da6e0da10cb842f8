// The consumer projects: what each runs in, what it is built with, and how. A folder may serve several of them.

import { join } from "node:path";
import { newestNode, NODES } from "./runner/nodes.mjs";
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
// By their paths, for both have a program `tsc`.
const TYPESCRIPT = ["node", "../../node_modules/typescript/bin/tsc", "--project"];
const OLDEST_TYPESCRIPT = ["node", "../../node_modules/typescript-oldest/bin/tsc", "--project"];

/**
 * Every project, with the versions of what it uses.
 *
 * @param {string} chromiumVersion
 * @returns {Consumer[]}
 */
export function consumers(chromiumVersion) {
  const node = `Node ${newestNode().version}`;
  const chromium = `Chromium ${chromiumVersion}`;
  const [deno, bun, edge] = [named("deno"), named("bun"), named("edge-runtime")];
  const [workerd, wrangler, miniflare] = [named("workerd"), named("wrangler"), named("miniflare")];
  const [typescript, next, vite] = [named("typescript"), named("next"), named("vite")];
  const [webpack, rollup, esbuild] = [named("webpack"), named("rollup"), named("esbuild")];
  const [nitro2, nitro3] = [named("nitropack"), named("nitro")];
  const [opennext, sveltekit] = [named("@opennextjs/cloudflare"), named("@sveltejs/kit")];
  const vitePlugin = `${vite}, ${named("@cloudflare/vite-plugin")}`;
  // Both bring a version of their own.
  const viteWorkerd = `workerd ${versionOf("workerd", "@cloudflare/vite-plugin")}`;
  const miniflareWorkerd = `workerd ${versionOf("workerd", "miniflare")}`;
  const [jest, vitest, jsdom] = [named("jest"), named("vitest"), named("jsdom")];

  /** @typedef {[name: string, folder: string, runtime: string, tool: string, consume: Consumer["consume"]]} Line */
  /** @type {Line[]} */
  const table = [
    ...NODES.map(({ name, version, folder }) => /** @type {Line} */ ([
      `node-${name}`, "node", `Node ${version}`, "import, require, payseal/slim", (project) => {
        const program = join(folder, "node");
        return combined(["esm.mjs", "cjs.cjs", "slim.mjs"], (entry) => project.program(program, entry));
      },
    ])),
    ["typescript-node16", "typescript", node, typescript, async (project) => {
      await project.build(...TYPESCRIPT, "tsconfig.node16.json");
      return project.program("node", "dist/node16/main.js");
    }],
    ["typescript-commonjs", "typescript", node, typescript, async (project) => {
      await project.build(...TYPESCRIPT, "tsconfig.node16.json");
      return project.program("node", "dist/node16/common.cjs");
    }],
    ["typescript-nodenext", "typescript", node, typescript, async (project) => {
      await project.build(...TYPESCRIPT, "tsconfig.nodenext.json");
      return project.program("node", "dist/nodenext/main.js");
    }],
    ["typescript-bundler", "typescript", node, typescript, async (project) => {
      await project.build(...TYPESCRIPT, "tsconfig.bundler.json");
      return project.program("node", "dist/bundler/main.js");
    }],
    ["typescript-oldest", "typescript", node, `typescript ${versionOf("typescript-oldest")}`, async (project) => {
      for (const way of ["oldest", "nodenext", "bundler"]) {
        await project.build(...OLDEST_TYPESCRIPT, `tsconfig.${way}.json`);
      }
      return combined(["oldest", "nodenext", "bundler"], (way) => project.program("node", `dist/${way}/main.js`));
    }],
    ["deno", "deno", deno, "no permissions", (project) => project.program("deno", "run", "--no-prompt", "main.js")],
    ["bun", "bun", bun, "import", (project) => project.program("bun", "run", "main.js")],
    ["workerd-wrangler", "wrangler", workerd, wrangler, (project) => project.server(wranglerDev, fetchResults)],
    ["workerd-require", "worker-require", workerd, wrangler, (project) => project.server(wranglerDev, fetchResults)],
    ["workerd-miniflare", "miniflare", miniflareWorkerd, `${miniflare}, ${esbuild}`, (project) =>
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
    ["vite-worker-dev", "vite-worker", viteWorkerd, vitePlugin, (project) => project.server(viteDev, fetchResults)],
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
 */
function nextRoutes(url) {
  return combined(["nodejs", "edge"], (runtime) => fetchResults(`${url}/${runtime}`));
}

/**
 * The results of several runs, one after another.
 *
 * @param {string[]} names
 * @param {(name: string) => Promise<Results>} resultsOf
 * @returns {Promise<Results>}
 */
async function combined(names, resultsOf) {
  /** @type {Results} */
  const all = { passed: [], failed: [] };
  for (const of of names) {
    const { passed, failed } = await resultsOf(of);
    all.passed.push(...passed.map((name) => `${of}: ${name}`));
    all.failed.push(...failed.map(({ name, message }) => ({ name: `${of}: ${name}`, message })));
  }
  return all;
}

/** @param {string} tool */
function named(tool) {
  return `${tool} ${versionOf(tool)}`;
}
