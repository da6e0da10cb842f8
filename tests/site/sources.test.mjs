// What turns Markdown into the site: anchors, links, blocks of code, and the policy of every page.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { before, test } from "node:test";

import { createMarkdownRenderer } from "../../docs/node_modules/vitepress/dist/node/index.js";
import { contentSecurityPolicy } from "../../docs/.vitepress/content-security-policy.mjs";
import { drawDiagrams, hideRustLines } from "../../docs/.vitepress/markdown/fences.mjs";
import { followRepository, REPOSITORY } from "../../docs/.vitepress/markdown/links.mjs";
import { slug } from "../../docs/.vitepress/markdown/slug.mjs";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));

/** @type {Parameters<typeof followRepository>[0]} */
let markdown;
before(async () => {
  markdown = await createMarkdownRenderer(DOCS, {
    anchor: { slugify: slug },
    config(renderer) {
      hideRustLines(renderer);
      drawDiagrams(renderer);
      followRepository(renderer);
    },
  });
});

/**
 * What a page of docs/ becomes. What is included into a page has the page's path, and its own links.
 *
 * @param {string} text
 * @param {string} page
 */
const render = (text, page = "payouts.md") => markdown.render(text, { path: DOCS + page, relativePath: page });

/** Where the only link of a text leads. @param {string} text @param {string} [page] */
const link = (text, page) => /<a href="([^"]*)"/.exec(render(text, page))?.[1];

/** What a block shows, without its colours. @param {string} language @param {string} code */
const shown = (language, code) =>
  /<code>(.*?)<\/code>/s.exec(render(`\`\`\`${language}\n${code}\`\`\`\n`))?.[1]?.replace(/<[^>]*>/g, "");

/** @type {[string, string][]} */
const slugs = [
  ["Payouts that happen exactly once", "payouts-that-happen-exactly-once"],
  ["`make docs`: the site", "make-docs-the-site"],
  ["What counts as \"does not know it\"", "what-counts-as-does-not-know-it"],
  ["0.1.0 (unreleased)", "010-unreleased"],
  ["snake_case & more", "snake_case--more"],
  [" Ключ – key ", "ключ--key"],
];
for (const [heading, anchor] of slugs) {
  test(`the anchor of ${heading}`, () => assert.equal(slug(heading), anchor));
}

test("a heading has its anchor", () => {
  assert.match(render("## 1. Ask `details`\n"), /<h2 id="1-ask-details"/);
});

/** @type {[string, string, string][]} */
const links = [
  ["to a page", "[a](gateways/bitloga.md)", "/gateways/bitloga.html"],
  ["to a heading of a page", "[a](gateways/bitloga.md#answers)", "/gateways/bitloga.html#answers"],
  ["to a heading of its own page", "[a](#policy)", "#policy"],
  ["to an example", "[a](../examples/node/payout.js)", `${REPOSITORY}/blob/main/examples/node/payout.js`],
  ["to a folder", "[a](../examples/sandbox)", `${REPOSITORY}/blob/main/examples/sandbox`],
  ["to a document of the root that is shown", "[a](../CONTRIBUTING.md#commits)", "/contributing.html#commits"],
  ["to a document of the root that is not shown", "[a](../LICENSE-MIT)", `${REPOSITORY}/blob/main/LICENSE-MIT`],
  ["of a document of the root that is included", "[a](docs/releasing.md)", "/releasing.html"],
  ["of such a document to a file", "[a](tests/run.py)", `${REPOSITORY}/blob/main/tests/run.py`],
  ["to elsewhere", "[a](https://example.org/a)", "https://example.org/a"],
];
for (const [what, text, target] of links) {
  test(`a link ${what}`, () => assert.equal(link(text), target));
}

test("a link of a page in a folder", () => {
  assert.equal(link("[a](../payouts.md#policy)", "gateways/bitloga.md"), "/payouts.html#policy");
  assert.equal(link("[a](../../examples/node)", "gateways/bitloga.md"), `${REPOSITORY}/blob/main/examples/node`);
});

test("the repository is that of the package, without what only npm needs", () => {
  assert.match(REPOSITORY, /^https:\/\/[\w./-]+(?<!\.git)$/);
});

test("lines that only tests of Rust need are not shown", () => {
  const code = "# use payseal::Error;\nlet a = 1;\n#[derive(Debug)]\nstruct A;\n# Ok::<(), Error>(())\n";
  assert.equal(shown("rust", code), "let a = 1;\n#[derive(Debug)]\nstruct A;");
  assert.equal(shown("rust,ignore", code), "let a = 1;\n#[derive(Debug)]\nstruct A;");
  assert.equal(shown("python", "# a comment\na = 1\n"), "# a comment\na = 1");
});

test("what rustdoc is told is not shown as a language", () => {
  assert.match(render("```rust,ignore\nlet a = 1;\n```\n"), /class="language-rust /);
});

test("a diagram is handed to its component", () => {
  const source = 'graph LR\n  a["x & y"] --> b\n';
  const found = /<Diagram source="([^"]*)"><\/Diagram>/.exec(render(`\`\`\`mermaid\n${source}\`\`\`\n`));
  assert.equal(decodeURIComponent(found?.[1] ?? ""), source);
});

test("the policy allows the scripts within a page by their hashes, and no others", () => {
  const page = '<html><head><script src="/a.js"></script><script id="b">go()</script></head></html>';
  const policy = /^<html><head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(
    contentSecurityPolicy(page),
  )?.[1];
  // printf 'go()' | openssl dgst -sha256 -binary | base64
  const hash = "5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw=";
  assert.equal(policy?.split("; ")[1], `script-src 'self' 'wasm-unsafe-eval' 'sha256-${hash}'`);
  for (const directive of ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"]) {
    assert.ok(policy?.includes(directive), directive);
  }
});
