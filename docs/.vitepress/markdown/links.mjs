// Links to files of the repository that are not pages of the site lead to the repository.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const DOCS = path.join(ROOT, "docs");
/** Documents of the repository's root that the site shows as pages of its own. */
const SHOWN = new Map([
  ["CHANGELOG.md", "changelog.md"],
  ["CONTRIBUTING.md", "contributing.md"],
  ["SECURITY.md", "security.md"],
  ["BENCHMARKS.md", "performance.md"],
  ["README.md", "index.md"],
]);

// One place has the repository's address: the manifest that is published with it.
const { repository } = JSON.parse(readFileSync(path.join(ROOT, "bindings-wasm/package.json"), "utf8"));
export const REPOSITORY = repository.url.replace(/^git\+/, "").replace(/\.git$/, "");

/** @param {import("vitepress").MarkdownRenderer} markdown */
export function followRepository(markdown) {
  const image = markdown.renderer.rules.image;
  markdown.renderer.rules.image = (tokens, index, options, env, self) => {
    const source = tokens[index]?.attrGet("src") ?? "";
    const found = /^(?:\w+:|\/)/.test(source) ? undefined : find(source, env);
    if (found) tokens[index]?.attrSet("src", relative(pageOf(env), found));
    return image?.(tokens, index, options, env, self) ?? "";
  };
  const open = markdown.renderer.rules.link_open;
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const target = token?.attrGet("href") ?? "";
    const found = /^(?:\w+:|#|\/)/.test(target) ? undefined : place(target, env);
    if (found) token?.attrSet("href", found);
    return open?.(tokens, index, options, env, self) ?? self.renderToken(tokens, index, options);
  };
}

/**
 * Where a link of a page leads, unless it is a page of the site at its own place.
 *
 * @param {string} target
 * @param {{ path?: string, realPath?: string }} env
 */
function place(target, env) {
  const [file = "", anchor] = target.split("#");
  const absolute = find(file, env);
  if (!absolute) return undefined;
  const inRepository = path.relative(ROOT, absolute);
  const suffix = anchor ? `#${anchor}` : "";
  const shown = SHOWN.get(inRepository) ?? (inRepository.startsWith("docs/") ? inRepository.slice("docs/".length) : undefined);
  if (shown?.endsWith(".md")) return `/${shown}${suffix}`;
  return `${REPOSITORY}/blob/main/${inRepository}${suffix}`;
}

/** @param {{ path?: string, realPath?: string }} env */
const pageOf = (env) => path.dirname(env.realPath ?? env.path ?? DOCS);

/**
 * The file that a page names. What is included into a page has names that are relative to the root of the repository.
 *
 * @param {string} file
 * @param {{ path?: string, realPath?: string }} env
 */
const find = (file, env) => [pageOf(env), ROOT].map((folder) => path.resolve(folder, file)).find(existsSync);

/** @param {string} folder @param {string} file */
const relative = (folder, file) => `./${path.relative(folder, file)}`;
