// A proxy that does to requests what some proxies do, by the first part of the path: node proxy.mjs SHOP

import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const [, , shop] = process.argv;

/** @typedef {{ body: Buffer, headers: Record<string, string> }} Message */

/** @type {Record<string, (message: Message) => Message>} */
const habits = {
  "writes-json-anew": ({ body, headers }) => ({ body: Buffer.from(JSON.stringify(JSON.parse(String(body)))), headers }),
  compresses: ({ body, headers }) => ({ body: gzipSync(body), headers: { ...headers, "content-encoding": "gzip" } }),
  "drops-headers": ({ body, headers }) => ({ body, headers: pick(headers, ["content-type", "host"]) }),
  "signs-too": ({ body, headers }) => {
    return { body, headers: { ...headers, "x-signature": `${headers["x-signature"]}, ${"0".repeat(128)}` } };
  },
};

/** @param {Record<string, string>} headers @param {string[]} names */
function pick(headers, names) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const [, habit = "", ...path] = (request.url ?? "").split("/");
  const received = /** @type {Record<string, string>} */ ({ ...request.headers });
  const { body, headers } = habits[habit]({ body: Buffer.concat(chunks), headers: received });
  for (const name of ["content-length", "connection", "transfer-encoding"]) delete headers[name];
  const answer = await fetch(`${shop}/${path.join("/")}`, { method: "POST", body, headers });
  response.writeHead(answer.status).end(await answer.text());
});
server.listen(0, "127.0.0.1", () => console.log(/** @type {{ port: number }} */ (server.address()).port));
