// Runtimes that lack something, or have the package twice.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import * as esm from "payseal";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = promisify(execFile);
const cjs = createRequire(import.meta.url)("payseal");

/** What a program prints, in a process of its own. */
async function printed(program) {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: root });
  return stdout;
}

const vectors = {
  plain: '{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125"}',
  "not ASCII": '{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"Ж€😀","name":"\ufeff\u0800\uffff"}',
};

/** Verifies, signs and parses, and shows what came of it. */
const work = `
  const { Bitloga } = await import("payseal");
  const client = new Bitloga({ apiKey: "key", apiSecret: ["Ж€😀", new Uint8Array([1, 255, 3])] });
  const shown = [];
  for (const body of Object.values(${JSON.stringify(vectors)})) {
    const { createHmac } = await import("node:crypto");
    const signature = createHmac("sha512", "Ж€😀").update(body).digest("hex");
    shown.push(client.verifyCallback(body, signature), client.verifyCallback(Buffer.from(body), signature));
  }
  shown.push(client.createInvoice({ uniqueid: "1", paysys: "WMZ", amount: "1", purse: "Z1", desc: "Ж€😀" }));
  shown.push({ ...shown.at(-1).headers });
  shown.push(client.balances().parse(200, Buffer.from('{"USD":1,"success":true,"Ж":"€"}')));
  for (const body of ["\\ud800", Buffer.from([0x22, 0xff]), "\\ud83d\\ude00\\ude00"]) {
    try { client.balances().parse(502, body); } catch (error) { shown.push([error.code, error.message, error.body]); }
  }
  try { client.balances().parse(200, Buffer.from([0xff])); } catch (error) { shown.push([error.code, error.message]); }
  console.log(JSON.stringify(shown));`;

describe("a runtime without TextEncoder and TextDecoder, as jsdom is,", () => {
  test("gives the same", async () => {
    const without = "delete globalThis.TextEncoder; delete globalThis.TextDecoder;";
    assert.equal(await printed(`${without}${work}`), await printed(work));
  });

  test("asks a judgement of your own the same", async () => {
    const program = `
      const { Bitloga, advance } = await import("payseal");
      const client = new Bitloga({ apiKey: "key", apiSecret: "secret" });
      const watch = client.payout({ uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" });
      const send = async () => ({ status: 404, body: Buffer.from('"Ж€😀"') });
      const asked = [];
      await advance(watch, { store() {}, send, notKnown: (status, body) => void asked.push([status, body]) });
      console.log(JSON.stringify(asked));`;
    const without = "delete globalThis.TextEncoder; delete globalThis.TextDecoder;";
    assert.equal(await printed(`${without}${program}`), '[[404,"\\"Ж€😀\\""]]\n');
  });

  test("is named with a code if it has no Buffer either", async () => {
    const program = `
      delete globalThis.TextEncoder; delete globalThis.TextDecoder; delete globalThis.Buffer;
      const { Bitloga, PaysealError } = await import("payseal");
      try { new Bitloga({ apiKey: "key", apiSecret: "secret" }); }
      catch (error) { console.log(error instanceof PaysealError, error.code, error.message); }`;
    assert.equal(await printed(program), "true unsupported_runtime this runtime has no TextEncoder\n");
  });

  test("may get them after the package was imported", async () => {
    const program = `
      const { TextEncoder, TextDecoder } = globalThis;
      delete globalThis.TextEncoder; delete globalThis.TextDecoder;
      await import("payseal");
      Object.assign(globalThis, { TextEncoder, TextDecoder });`;
    assert.equal(await printed(`${program}${work}`), await printed(work));
  });
});

describe("a runtime that runs no WebAssembly", () => {
  const report = `
    const { Bitloga, PaysealError } = await import("payseal");
    try { new Bitloga({ apiKey: "key", apiSecret: "secret" }); }
    catch (error) { console.log(JSON.stringify([error instanceof PaysealError, error.code, error.message])); }`;

  test("is named with a code, and nothing fails before a client is made", async () => {
    const [isOfTheFamily, code, message] = JSON.parse(await printed(`delete globalThis.WebAssembly;${report}`));
    assert.deepEqual([isOfTheFamily, code], [true, "unsupported_runtime"]);
    assert.match(message, /has no WebAssembly/);
  });

  test("is told what refuses to compile it", async () => {
    const refuse = "WebAssembly.Module = class { constructor() { throw new EvalError('refused'); } };";
    const [isOfTheFamily, code, message] = JSON.parse(await printed(`${refuse}${report}`));
    assert.deepEqual([isOfTheFamily, code], [true, "unsupported_runtime"]);
    for (const cause of ["'wasm-unsafe-eval'", "serverExternalPackages", "experimental.wasm", "@cloudflare/vite-plugin", "payseal/slim"]) {
      assert.ok(message.includes(cause), cause);
    }
  });

  test("without random values is named with a code", async () => {
    const program = `
      Object.defineProperty(globalThis, "crypto", { value: undefined });
      const { uniqueId, PaysealError } = await import("payseal");
      try { uniqueId(); } catch (error) { console.log(error instanceof PaysealError, error.code); }`;
    assert.equal(await printed(program), "true unsupported_runtime\n");
  });

  test("slim without a module says so with a code", async () => {
    const program = `
      const { Bitloga, PaysealError } = await import("payseal/slim");
      try { new Bitloga({ apiKey: "key", apiSecret: "secret" }); }
      catch (error) { console.log(error instanceof PaysealError, error.code, error.message); }`;
    assert.match(await printed(program), /^true not_initialized .*call init/);
  });
});

test("what Node needs is said", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  assert.equal(engines.node, ">=20");
  assert.throws(() => new esm.Bitloga({ apiKey: "key", apiSecret: "s" }).verifyCallback({}, "a"), (error) => {
    assert.doesNotMatch(error.message, /Array\.fromAsync/);
    return /node:http: .*Buffer\.concat\(chunks\)/.test(error.message);
  });
});

describe("the package twice, as ES modules and as CommonJS:", () => {
  const failures = {
    InvalidInputError: ({ Bitloga }) => new Bitloga({ apiKey: "key", apiSecret: "" }),
    SignatureError: ({ Bitloga }) => new Bitloga({ apiKey: "key", apiSecret: "s" }).verifyCallback("{}", ""),
    GatewayError: ({ Bitloga }) => new Bitloga({ apiKey: "key", apiSecret: "s" }).balances().parse(500, ""),
    MalformedError: ({ Bitloga }) => new Bitloga({ apiKey: "key", apiSecret: "s" }).balances().parse(200, "{"),
    MismatchError: ({ expectCallback }) => expectCallback({ uniqueid: "1" }, { uniqueid: "2" }),
  };
  const families = [...Object.keys(failures), "PaysealError"];

  for (const [one, other, way] of [[esm, cjs, "ES modules throw"], [cjs, esm, "CommonJS throws"]]) {
    test(`what ${way} is an instance of the same class of the other, and of no other class`, () => {
      for (const [family, fail] of Object.entries(failures)) {
        assert.throws(() => fail(one), (error) => {
          for (const copy of [one, other]) {
            for (const name of families) {
              assert.equal(error instanceof copy[name], name === family || name === "PaysealError", `${family} instanceof ${name}`);
            }
          }
          return true;
        });
      }
    });
  }

  test("nothing else is an instance", () => {
    const shams = [null, undefined, 5, "SignatureError", {}, new Error("x"), { name: "SignatureError", code: "signature_missing" }];
    for (const sham of [...shams, Object.create(null), esm.SignatureError, Object.freeze({})]) {
      for (const name of families) assert.equal(sham instanceof esm[name], false, String(sham?.name));
    }
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.doesNotThrow(() => { try { proxy instanceof esm.SignatureError; } catch (error) { if (!(error instanceof TypeError)) throw error; } });
  });

  test("a class that a program derives has its own instances only", () => {
    class Own extends esm.SignatureError {}
    assert.throws(() => failures.SignatureError(esm), (error) => !(error instanceof Own) && error instanceof esm.SignatureError);
    const own = new Own("signature_missing", "mine");
    assert.deepEqual([own instanceof Own, own instanceof esm.SignatureError, own instanceof cjs.SignatureError, own instanceof cjs.MismatchError], [true, true, true, false]);
  });

  test("calls and callbacks of one are used with the other", async () => {
    const call = new cjs.Bitloga({ apiKey: "key", apiSecret: "s" }).balances();
    assert.deepEqual(await esm.send(call, { fetch: async () => new Response('{"USD":1,"success":true}') }), { USD: "1" });
  });
});
