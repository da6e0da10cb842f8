// A shop in Express with one route for each mistake: node express_shop.mjs FOLDER
//
// Each saves what it would verify, and the headers, under the name that the query gives.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import express from "express";

const folder = process.argv[2] ?? ".";

/** @param {express.Request} request @param {string | Uint8Array} body */
function save(request, body) {
  const name = String(request.query["name"]);
  writeFileSync(join(folder, `${name}.body`), body);
  writeFileSync(join(folder, `${name}.headers`), JSON.stringify(request.rawHeaders));
}

/** @param {(request: express.Request) => string | Uint8Array | Promise<Uint8Array>} bodyOf */
function handler(bodyOf) {
  /** @param {express.Request} request @param {express.Response} response */
  return async (request, response) => {
    save(request, await bodyOf(request));
    response.send("saved");
  };
}

/** @param {express.Request} request */
async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const shop = express();
// As it should be.
shop.post("/raw", express.raw({ type: "*/*", inflate: false }), handler((request) => request.body));
// Inflating is what Express does unless told otherwise; the bytes on the wire are read here.
shop.post("/wire", handler(read));
shop.post("/parses-first", express.json(), handler((request) => JSON.stringify(request.body)));
shop.post("/reads-twice", express.json(), handler(read));
const server = shop.listen(0, "127.0.0.1", () => console.log(/** @type {{ port: number }} */ (server.address()).port));
