// The documentation site: `make docs` builds it into target/site. DOCS_BASE is the path it is served at.

import { fileURLToPath } from "node:url";

import { defineConfig } from "vitepress";

import { contentSecurityPolicy } from "./content-security-policy.mjs";
import { followRepository } from "./markdown/links.mjs";
import { drawDiagrams, hideRustLines } from "./markdown/fences.mjs";
import { slug } from "./markdown/slug.mjs";
import { nav, sidebar } from "./pages.mjs";
import { searchStoresNothing } from "./search.mjs";

export default defineConfig({
  title: "payseal",
  description: "Signs requests to payment gateways, verifies their callbacks, parses their answers.",
  lang: "en",
  base: process.env.DOCS_BASE || "/",
  // None: browsers would ask for one, and complain that it is missing.
  head: [["link", { rel: "icon", href: "data:," }]],
  outDir: "../target/site",
  cacheDir: "../target/site-cache",
  // Follows the system, so that nothing is stored.
  appearance: "force-auto",
  router: { prefetchLinks: false },
  transformHtml: contentSecurityPolicy,
  // The playground runs the package that `make build-wasm` builds.
  vite: {
    plugins: [searchStoresNothing],
    resolve: { alias: { payseal: fileURLToPath(new URL("../../bindings-wasm", import.meta.url)) } },
  },
  markdown: {
    anchor: { slugify: slug },
    config(markdown) {
      hideRustLines(markdown);
      drawDiagrams(markdown);
      followRepository(markdown);
    },
  },
  themeConfig: {
    nav,
    sidebar,
    outline: [2, 3],
    search: { provider: "local", options: { disableQueryPersistence: true } },
    footer: { message: "Licensed under MIT or Apache 2.0, as you like." },
  },
});
