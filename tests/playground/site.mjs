// The built site, served as plain files over loopback.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const SITE = join(ROOT, "target/site");
const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript"],
  [".css", "text/css"],
  [".woff2", "font/woff2"],
  [".svg", "image/svg+xml"],
  [".json", "application/json"],
]);

/** Serves the site, after `change` has changed its pages. @param {(html: string) => string} [change] */
export async function serve(change = (html) => html) {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://site").pathname);
    const file = path.endsWith("/") ? `${path}index.html` : extname(path) ? path : `${path}.html`;
    try {
      const bytes = await readFile(join(SITE, file));
      response.setHeader("Content-Type", TYPES.get(extname(file)) ?? "application/octet-stream");
      response.end(extname(file) === ".html" ? change(bytes.toString()) : bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  // A test that failed did not stop it: that must not keep the others waiting.
  server.unref();
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
