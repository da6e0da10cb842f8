// Requests that are built in the page: their bytes, and the code that makes the same ones.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { ROOT } from "./site.mjs";
import { choose, inPlayground, press } from "./world.mjs";

/**
 * A call of the vectors.
 *
 * @typedef {object} Vector
 * @property {string} name
 * @property {string} method
 * @property {Record<string, any>} input
 * @property {Record<string, string>} client
 * @property {{ method: string, url: string, headers: [string, string][], body?: string }} request
 * @property {"Bitloga" | "Api for Crypto"} gateway
 */

const GATEWAYS = /** @type {const} */ ({ bitloga: "Bitloga", apiforcrypto: "Api for Crypto" });
const PREFIXES = { Bitloga: "BITLOGA", "Api for Crypto": "API_FOR_CRYPTO" };

/** @type {Vector[]} */
const VECTORS = Object.entries(GATEWAYS).flatMap(([file, gateway]) => {
  const { client, calls } = JSON.parse(readFileSync(join(ROOT, "tests/vectors", `${file}.json`), "utf8"));
  return calls.map((/** @type {any} */ call) => ({ client, ...call, gateway }));
});

/** Names of calls with what no field of a page can hold: a carriage return, or a line break in a short text. */
const NOT_TYPED = [
  "create_code: control characters",
  "create_code: line breaks and tabs",
  "create_invoice: quotes, backslashes, line breaks, controls, emoji",
  "create_invoice: secret_key derived from an order_id that needs escapes",
];

const FOLDER = join(ROOT, "target/playground-tests");
// At the same place every time: Cargo would keep what it built at each.
const folder = join(FOLDER, "code");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** What the page has built. @typedef {{ vector: Vector, code: Record<string, string> }} Built */
/** @type {Built[]} */
const built = [];

/**
 * Types into all fields at once, each found by its label: one by one takes a minute for all vectors.
 *
 * @param {import("playwright-core").Locator} panel
 * @param {Record<string, any>} values
 */
const fill = (panel, values) =>
  panel.evaluate((panel, values) => {
    const type = (/** @type {Element} */ within, /** @type {Record<string, any>} */ values) => {
      for (const [name, value] of Object.entries(values)) {
        const titles = [...within.querySelectorAll("label, legend")];
        const title = titles.find((one) => one.textContent?.split(/ [(·]/)[0]?.trim() === name);
        if (!title) throw new Error(`no field is labelled ${name}`);
        if (typeof value === "object") {
          type(/** @type {Element} */ (title.parentElement), value);
          continue;
        }
        const field = /** @type {HTMLInputElement} */ (/** @type {HTMLLabelElement} */ (title).control);
        field.value = String(value);
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
    };
    type(panel, values);
  }, values);

/** What the page shows of a request. @param {import("playwright-core").Locator} panel */
async function requestIn(panel) {
  const result = panel.getByRole("region", { name: "Request" });
  await result.locator(".outcome").first().waitFor();
  return result.evaluate((result) => {
    const text = (/** @type {string} */ selector) => result.querySelector(selector)?.textContent;
    const rows = [...result.querySelectorAll(".headers tr")];
    return {
      method: text(".line strong"),
      url: text(".url"),
      headers: rows.map((row) => [...row.children].map((cell) => cell.textContent)),
      body: text("pre.exact:not(.hex)"),
      hex: text("pre.hex"),
    };
  });
}

/**
 * The code in each language.
 *
 * @param {import("playwright-core").Locator} panel
 * @returns {Promise<Record<string, string>>}
 */
const codeIn = (panel) =>
  panel.evaluate(async (panel) => {
    const code = [];
    for (const choice of panel.querySelectorAll(".code label")) {
      /** @type {HTMLElement} */ (choice).click();
      await new Promise((resolve) => setTimeout(resolve));
      code.push([choice.textContent?.trim(), panel.querySelector("pre.program")?.textContent]);
    }
    return Object.fromEntries(code);
  });

/** @param {import("playwright-core").Page} page @param {Vector} vector */
async function build(page, { gateway, method, client, input }) {
  const panel = page.getByRole("region", { name: "Build a request" });
  await choose(panel, "Gateway", gateway);
  await panel.getByLabel("Method").selectOption(method);
  await fill(panel, { ...client, ...input });
  await press(panel.getByRole("button", { name: "Build and sign" }));
  return panel;
}

inPlayground("the bytes are those of every vector", async (page) => {
  const skipped = [];
  const panel = page.getByRole("region", { name: "Build a request" });
  await page.getByText("Build a request", { exact: true }).click();
  for (const vector of VECTORS) {
    const { name, request } = vector;
    await press(panel.getByRole("button", { name: "Clear" }));
    await build(page, vector);
    const shown = await requestIn(panel);
    if (shown.body !== request.body && NOT_TYPED.includes(name)) {
      skipped.push(name);
      continue;
    }
    const { hex, ...rest } = shown;
    assert.deepEqual(rest, { body: undefined, ...request }, name);
    assert.equal(hex, request.body && Buffer.from(request.body).toString("hex"), name);
    built.push({ vector, code: await codeIn(panel) });
  }
  assert.deepEqual(skipped.sort(), NOT_TYPED);
});

/** The variables of the environment that the code of a vector reads. @param {Vector} vector */
function environmentOf({ gateway, client, input }) {
  const texts = Object.entries({ ...client, ...input }).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts.map(([name, value]) => [`${PREFIXES[gateway]}_${name.toUpperCase()}`, value]));
}

/**
 * Every vector with its code in a file.
 *
 * @param {string} language
 * @param {(code: string) => string} change
 * @param {string} extension
 */
function filesOf(language, change, extension) {
  return built.map(({ vector, code }, number) => {
    const file = join(folder, `call_${number}.${extension}`);
    writeFileSync(file, change(code[language] ?? ""));
    return { name: vector.name, file, environment: environmentOf(vector) };
  });
}

/** @param {string} program @param {string[]} options @param {object} input */
function run(program, options, input) {
  const output = execFileSync(program, options, { cwd: folder, input: JSON.stringify(input), maxBuffer: 2 ** 26 });
  return JSON.parse(output.toString());
}

/** @param {any[]} made */
function compare(made) {
  built.forEach(({ vector: { name, request } }, number) => {
    assert.deepEqual(made[number], { ...request, body: request.body ?? null }, name);
  });
}

/** The page has built them before, in the first test. */
const isBuilt = () => assert.equal(built.length, VECTORS.length - NOT_TYPED.length);

test("the copied JavaScript builds the same bytes with the packed package", () => {
  isBuilt();
  const installed = join(folder, "node_modules/payseal");
  mkdirSync(installed, { recursive: true });
  const [packed] = readdirSync(join(ROOT, "bindings-wasm/dist")).filter((name) => name.endsWith(".tgz"));
  assert.ok(packed);
  execFileSync("tar", ["-xzf", join(ROOT, "bindings-wasm/dist", packed), "-C", installed, "--strip-components=1"]);
  const calls = filesOf("JavaScript", (code) => `${code}export { call };\n`, "mjs");
  const made = run(
    process.execPath,
    ["--input-type=module", "-e", RUN_JAVASCRIPT],
    calls.map((call) => ({ ...call, file: pathToFileURL(call.file).href })),
  );
  compare(made);
});

const RUN_JAVASCRIPT = `
const { readFileSync } = await import("node:fs");
const made = [];
for (const { file, environment } of JSON.parse(readFileSync(0, "utf8"))) {
  Object.assign(process.env, environment);
  const { call } = await import(file);
  made.push({ method: call.method, url: call.url, headers: Object.entries(call.headers), body: call.body ?? null });
}
console.log(JSON.stringify(made));
`;

test("the copied Python builds the same bytes", () => {
  isBuilt();
  compare(
    run(
      "python",
      ["-c", RUN_PYTHON],
      filesOf("Python", (code) => code, "py"),
    ),
  );
});

const RUN_PYTHON = `
import json, os, runpy, sys

made = []
for call in json.load(sys.stdin):
    os.environ.update(call["environment"])
    request = runpy.run_path(call["file"])["call"]
    body = request.body
    if body is not None and not isinstance(body, str):
        body = bytes(body).decode()
    made.append(
        {"method": request.method, "url": request.url, "headers": list(dict(request.headers).items()), "body": body}
    )
print(json.dumps(made))
`;

test("the copied Rust builds the same bytes", () => {
  isBuilt();
  const calls = filesOf(
    "Rust",
    (code) => {
      assert.ok(code.includes('    println!("{}", request.method);\n'));
      return code.replace("fn main", "pub fn main").replace('println!("{}", request.method)', "super::show(&request)");
    },
    "rs",
  );
  const crate = join(folder, "crate");
  mkdirSync(join(crate, "src"), { recursive: true });
  cpSync(join(ROOT, "Cargo.lock"), join(crate, "Cargo.lock"));
  writeFileSync(
    join(crate, "Cargo.toml"),
    `[package]
name = "payseal-copied"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
payseal = { path = ${JSON.stringify(join(ROOT, "core"))} }
`,
  );
  const modules = calls.map(({ file }, number) => `#[path = ${JSON.stringify(file)}]\nmod call_${number};\n`);
  const arms = calls.map((_, number) => `        ${number} => call_${number}::main(),\n`);
  writeFileSync(
    join(crate, "src/main.rs"),
    `${modules.join("")}
fn show(request: &payseal::Request) {
    println!("{}\\n{}", request.method, request.url);
    for (name, value) in &request.headers {
        println!("{name}: {value}");
    }
    if let Some(body) = &request.body {
        println!("\\n{}", std::str::from_utf8(body).unwrap());
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match std::env::args().nth(1).unwrap().parse::<usize>()? {
${arms.join("")}        _ => unreachable!(),
    }
}
`,
  );
  const target = join(FOLDER, "cargo");
  const options = ["build", "--quiet", "--manifest-path", join(crate, "Cargo.toml"), "--target-dir", target];
  execFileSync("cargo", options, { stdio: ["ignore", "inherit", "inherit"] });
  compare(
    calls.map(({ environment }, number) => {
      const output = execFileSync(join(target, "debug/payseal-copied"), [String(number)], { env: environment });
      return requestOf(output.toString());
    }),
  );
});

/** A request as the program in Rust prints it. @param {string} text */
function requestOf(text) {
  const [head = "", body] = text.replace(/\n$/, "").split("\n\n");
  const [method, url, ...headers] = head.split("\n");
  return { method, url, headers: headers.map((line) => line.split(": ")), body: body ?? null };
}

test("no secret that was typed is in the code", () => {
  isBuilt();
  const secrets = built.flatMap(({ vector: { client, input } }) => {
    const named = ["api_key", "api_secret", "wallet_id", "notification_secret", "secret_key", "pass", "code", "uuid"];
    return named.map((name) => ({ ...client, ...input })[name]).filter((text) => text?.length > 4);
  });
  assert.ok(secrets.length > 60);
  for (const { vector, code } of built) {
    for (const [language, text] of Object.entries(code)) {
      for (const secret of secrets) assert.ok(!text.includes(secret), `${language}: ${vector.name}`);
    }
  }
});

inPlayground("a request that breaks a rule is refused by the library, and no code is shown", async (page) => {
  await page.getByText("Build a request", { exact: true }).click();
  const refusals = /** @type {[Partial<Vector>, string][]} */ ([
    [{ method: "details", input: {} }, "uniqueid: is required"],
    [{ method: "list_codes", input: { limit: "ten" } }, "limit: must be a whole number"],
    [
      { method: "withdraw", input: { uniqueid: "1", currency: "USD", paysys: "WMZ", amount: "-1", purse: "Z" } },
      "amount: ",
    ],
  ]);
  for (const [vector, message] of refusals) {
    const client = { api_key: "key", api_secret: "secret" };
    const panel = await build(page, /** @type {Vector} */ ({ gateway: "Bitloga", client, ...vector }));
    const result = panel.getByRole("region", { name: "Request" });
    assert.ok((await result.locator(".message").innerText()).startsWith(message), message);
    assert.equal(await result.locator("a").getAttribute("href"), "/errors#invalid_input");
    assert.equal(await result.locator("pre").count(), 0);
  }
});

inPlayground("every method has an example that is built, and the code of each is copied", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByText("Build a request", { exact: true }).click();
  const panel = page.getByRole("region", { name: "Build a request" });
  for (const gateway of Object.values(GATEWAYS)) {
    await choose(panel, "Gateway", gateway);
    const methods = await panel.getByLabel("Method").locator("option").allInnerTexts();
    const expected = new Set(VECTORS.filter((one) => one.gateway === gateway).map(({ method }) => method));
    assert.deepEqual(new Set(methods), expected);
    for (const method of methods) {
      await panel.getByLabel("Method").selectOption(method);
      await panel.getByRole("button", { name: "Fill in an example" }).click();
      assert.ok((await requestIn(panel)).url, method);
    }
  }
  await panel.getByRole("button", { name: "Copy code" }).click();
  await panel.getByText("Copied").waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    await panel.locator("pre.program").textContent(),
  );
});
