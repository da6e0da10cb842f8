// The example of a Worker can be deployed before it has any secrets, and works once it has them.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { Bitloga } from "payseal";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const environment = { EVENTS: { getByName: () => ({ take: async () => true, list: async () => [] }) } };
globalThis.workerEnvironment = environment;

/** The Worker, with the platform's module replaced. */
async function worker() {
  const { outputFiles } = await build({
    entryPoints: [join(root, "..", "examples", "cloudflare-worker", "src", "worker.js")],
    bundle: true,
    write: false,
    format: "esm",
    plugins: [
      {
        name: "platform",
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /^payseal$/ }, () => ({ path: join(root, "dist", "esm", "index.js") }));
          onResolve({ filter: /^cloudflare:workers$/ }, ({ path }) => ({ path, namespace: "platform" }));
          const contents = "export const env = globalThis.workerEnvironment; export class DurableObject {}";
          onLoad({ filter: /./, namespace: "platform" }, () => ({ contents }));
        },
      },
    ],
  });
  return (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)).default;
}

test("the Worker starts without secrets, says that they are missing, and takes them later", async () => {
  const { fetch } = await worker();
  const secrets = { apiKey: "key", apiSecret: "secret" };
  const { body, headers } = new Bitloga(secrets).signCallback({ to: "WMZ", amount: "1.00", invoiceid: 5, uniqueid: "125" });
  const deliver = async (path) => {
    const response = await fetch(new Request(`http://localhost/${path}`, { method: "POST", body, headers }));
    return [response.status, await response.text()];
  };
  assert.deepEqual(await deliver("callback"), [500, "invalid_secret\n"]);
  assert.equal((await deliver("notification"))[0], 500);
  Object.assign(environment, { BITLOGA_API_KEY: "key", BITLOGA_API_SECRET: "secret" });
  assert.deepEqual(await deliver("callback"), [200, "taken\n"]);
});
