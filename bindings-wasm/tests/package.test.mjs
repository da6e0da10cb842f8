// The package as it is published: its size, its exports, and what it does without.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { build } from "esbuild";

import { limits, measure } from "../scripts/sizes.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = promisify(execFile);
const bin = (name) => join(root, "node_modules", ".bin", name);

const folder = mkdtempSync(join(tmpdir(), "payseal-package-"));
after(() => rmSync(folder, { recursive: true }));

const pack = run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: root });

async function tarball() {
  await pack;
  return join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
}

describe("size", () => {
  test("is within its bounds", async () => {
    const sizes = { ...(await measure()), tarball: statSync(await tarball()).size };
    for (const [name, limit] of Object.entries(limits)) {
      assert.ok(sizes[name] <= limit, `${name}: ${sizes[name]} bytes, at most ${limit}`);
    }
  });
});

describe("package", () => {
  test("has no finding of publint", async () => {
    const { stdout } = await run(bin("publint"), [await tarball(), "--strict"]).catch((error) => error);
    assert.match(stdout, /All good!/);
  });

  test("has no finding of arethetypeswrong", async () => {
    const { stdout } = await run(bin("attw"), [await tarball(), "--format", "ascii", "--no-color"]).catch((error) => error);
    assert.match(stdout, /No problems found/);
  });

  test("has no dependencies and no side effects", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    assert.equal(manifest.dependencies ?? manifest.peerDependencies ?? manifest.optionalDependencies, undefined);
    assert.equal(manifest.sideEffects, false);
  });

  const entries = ["esm/index.js", "esm/slim.js", "esm/workerd.js", "esm/edge-light.js", "cjs/index.js", "cjs/slim.js"];
  for (const entry of entries) {
    test(`${entry} needs nothing that some runtime forbids`, () => {
      const code = readFileSync(join(root, "dist", entry), "utf8")
        .replace(/"[^"\n]{10000,}"/g, '""')
        .replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
      const forbidden =
        /\bimport\s*\(|import\.meta|\bnew URL\b|\beval\s*\(|\bnew Function\b|from "node:|\bprocess\.|\brequire\s*\((?!"\.\/)/;
      assert.equal(code.match(forbidden), null);
      assert.doesNotMatch(code, /^(?:const .* = |export .*|)await\b/m);
    });
  }

  test("is ASCII, so that no page and no tool can misread it", () => {
    for (const entry of entries) assert.match(readFileSync(join(root, "dist", entry), "utf8"), /^[\n\x20-\x7e]*$/, entry);
  });
});

/** What a bundler keeps of a program, minified. */
async function bundled(program, condition) {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: root },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    conditions: [condition],
    external: ["*.wasm", "*.wasm?module"],
  });
  return outputFiles[0].text;
}

const fields = '{ to: "WMZ", amount: "1.00", uniqueid: "125", invoiceid: 5 }';

/** Every export at work, alone in its program. */
const alone = {
  ApiForCrypto: 'new ApiForCrypto({ walletId: "wallet" }).wallet().method',
  Bitloga: 'new Bitloga({ apiKey: "key", apiSecret: "secret" }).balances().method',
  Call: "Call.name",
  CryptoInvoiceWatch: "CryptoInvoiceWatch.name",
  GatewayError: "GatewayError.prototype.name",
  InvalidInputError: "InvalidInputError.prototype.name",
  InvoiceWatch: "InvoiceWatch.name",
  MalformedError: "MalformedError.prototype.name",
  MismatchError: "MismatchError.prototype.name",
  Payout: "Payout.name",
  PaysealError: "PaysealError.prototype.name",
  SignatureError: "SignatureError.prototype.name",
  advance: "advance.name",
  expectCallback: `expectCallback(${fields}, { uniqueid: "125" }) ?? "as expected"`,
  run: "run.name",
  send: "send.name",
  uniqueId: "uniqueId()",
  version: "version",
};

describe("what a bundler keeps", () => {
  for (const condition of ["workerd", "edge-light", "browser"]) {
    test(`${condition}: nothing of an import that is not used`, async () => {
      const names = Object.keys(alone).join(", ");
      const code = await bundled(`import { ${names} } from "payseal"; import { init } from "payseal/slim";`, condition);
      assert.doesNotMatch(code, /[^;\s]/, code.slice(0, 200));
    });
  }

  test("one client without the other", async () => {
    const clients = [["Bitloga", "verifyCallback", "verifyNotification"], ["ApiForCrypto", "verifyNotification", "verifyCallback"]];
    for (const [name, own, other] of clients) {
      const code = await bundled(`import { ${name} } from "payseal"; export default ${name};`, "workerd");
      assert.ok(code.includes(own) && !code.includes(other), name);
    }
  });

  test("no module for what does not use it", async () => {
    const code = await bundled('import { SignatureError, version } from "payseal"; export { SignatureError, version };', "browser");
    assert.ok(code.length < 10_000, `${code.length} bytes`);
  });

  for (const [name, use] of Object.entries(alone)) {
    test(`${name}, alone, with all that it needs`, async () => {
      const code = await bundled(`import { ${name} } from "payseal"; export default ${use};`, "browser");
      const { default: result } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
      assert.ok(typeof result === "string" && result !== "", result);
    });
  }

  test("every export", async () => assert.deepEqual(Object.keys(await import("payseal")), Object.keys(alone)));
});

describe("entries", () => {
  const require = createRequire(import.meta.url);

  test("have the same exports in both formats, and slim has init besides", async () => {
    const names = Object.keys(await import("payseal"));
    assert.deepEqual(Object.keys(require("payseal")).sort(), names);
    assert.deepEqual(Object.keys(await import("payseal/slim")), [...names, "init"].sort());
    assert.deepEqual(Object.keys(require("payseal/slim")).sort(), [...names, "init"].sort());
    // Node finds the names of a CommonJS module by reading it.
    const { default: _, "module.exports": __, ...found } = await import("../dist/cjs/index.js");
    assert.deepEqual(Object.keys(found).filter((name) => name !== "__esModule"), names);
  });

  test("are of one make: what one throws is an instance of what the other exports", async () => {
    const [full, slim] = [await import("payseal"), await import("payseal/slim")];
    assert.equal(full.PaysealError, slim.PaysealError);
    assert.throws(() => new full.Bitloga({ apiKey: "" }), slim.InvalidInputError);
  });

  test("compile nothing until they are used", async () => {
    const program = `
      let compiled = 0;
      const { Module } = WebAssembly;
      WebAssembly.Module = class extends Module { constructor(bytes) { super(bytes); compiled++; } };
      const { Bitloga } = await import("payseal");
      const before = compiled;
      new Bitloga({ apiKey: "key", apiSecret: "secret" });
      console.log(before, compiled > 0);`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: root });
    assert.equal(stdout, "0 true\n");
  });

  test("without a module say so, and take it in any form, once", async () => {
    const program = (sources) => `
      import { Bitloga, init } from "payseal/slim";
      import { readFileSync } from "node:fs";
      const bytes = readFileSync("dist/payseal.wasm");
      try { new Bitloga({ apiKey: "key", apiSecret: "secret" }); } catch ({ message }) { console.log(message); }
      for (const source of [${sources}]) init(source);
      console.log(new Bitloga({ apiKey: "key", apiSecret: "secret" }).balances().method);`;
    const fail = '() => { throw new Error("asked for") }';
    const forms = ["bytes", "new Uint8Array(bytes).buffer", "new WebAssembly.Module(bytes)", "() => bytes", "() => new WebAssembly.Module(bytes)", `bytes, ${fail}`, `${fail}, bytes`];
    for (const form of forms) {
      const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program(form)], { cwd: root });
      assert.equal(stdout, "payseal/slim: call init with payseal/payseal.wasm first\nPOST\n", form);
    }
  });

  test("keep the names of what they export", async () => {
    const { version, ...rest } = await import("payseal");
    for (const [name, value] of Object.entries(rest)) assert.equal(value.name, name);
  });
});

describe("which entry a condition leads to", () => {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

  /** What a resolver that knows these conditions finds: the first that holds, as Node and every bundler do it. */
  function resolve(target, conditions) {
    if (typeof target === "string") return target;
    for (const [condition, next] of Object.entries(target)) {
      if (condition !== "default" && !conditions.includes(condition)) continue;
      const found = resolve(next, conditions);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  for (const [conditions, entry] of [
    [["import"], "esm/index.js"],
    [["require"], "cjs/index.js"],
    [["node", "import"], "esm/index.js"],
    [["node", "require"], "cjs/index.js"],
    [["workerd", "worker", "browser", "import"], "esm/workerd.js"],
    [["workerd", "worker", "browser", "require"], "esm/workerd.js"],
    [["edge-light", "browser", "import"], "esm/edge-light.js"],
    [["edge-light", "browser", "require"], "esm/edge-light.js"],
    [["unwasm", "workerd", "import"], "esm/edge-light.js"],
    [["unwasm", "workerd", "require"], "esm/edge-light.js"],
    [["unwasm", "node", "import"], "esm/index.js"],
    [["unwasm", "deno", "import"], "esm/index.js"],
    [["types", "import"], "esm/index.d.ts"],
    [["types", "require"], "cjs/index.d.ts"],
    [["types", "workerd", "import"], "esm/index.d.ts"],
    [["types", "workerd", "require"], "cjs/index.d.ts"],
    [["types", "edge-light", "require"], "cjs/index.d.ts"],
  ]) {
    test(conditions.join(", "), () => {
      assert.equal(resolve(manifest.exports["."], conditions), `./dist/${entry}`);
      assert.ok(statSync(join(root, "dist", entry)).isFile());
    });
  }
});

describe("the inlined module", () => {
  const { Buffer } = globalThis;
  const expected = new Uint8Array(readFileSync(join(root, "dist", "payseal.wasm")));
  const platforms = { "with a Buffer": Buffer, "without a Buffer": undefined };
  for (const [name, value] of Object.entries(platforms)) {
    test(`is read back ${name}, byte for byte`, async () => {
      const decode = await decoder();
      globalThis.Buffer = value;
      try {
        assert.deepEqual(new Uint8Array(decode()), expected);
      } finally {
        globalThis.Buffer = Buffer;
      }
    });
  }
});

/** The function of js/module.inlined.ts, with the module as it is published. */
async function decoder() {
  const base64 = readFileSync(join(root, "dist", "payseal.wasm"), "base64");
  const { outputFiles } = await build({
    entryPoints: [join(root, "js", "module.inlined.ts")],
    bundle: true,
    write: false,
    format: "esm",
    plugins: [
      {
        name: "base64",
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /\?base64$/ }, ({ path }) => ({ path, namespace: "base64" }));
          onLoad({ filter: /./, namespace: "base64" }, () => ({ contents: `export const base64 = "${base64}";` }));
        },
      },
    ],
  });
  const { decode } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return decode;
}
