// The policy that every page has: a page may load its own scripts and styles, and connect to nothing. All pages have the
// same one, as moving between them loads no document.

import { createHash } from "node:crypto";

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** Adds the policy to a page that was built. Inline scripts are allowed by their hashes. @param {string} html */
export function contentSecurityPolicy(html) {
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(([, script]) => `'sha256-${sha256(script)}'`);
  const policy = [
    "default-src 'none'",
    // 'wasm-unsafe-eval' lets the playground compile our module; it does not allow eval.
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  return html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

/** @param {string | undefined} text */
const sha256 = (text = "") => createHash("sha256").update(text).digest("base64");
