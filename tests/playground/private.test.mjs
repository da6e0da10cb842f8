// Nothing that is typed leaves the page: not by the network, not by storage, not by its address.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { open } from "../sandbox_page/browser.mjs";
import { serve } from "./site.mjs";
import { browser, inPlayground, shown, site, verify } from "./world.mjs";

const SECRET = "a secret that nobody else has 5d41402a";
const SENT = '{"to":"WMZ"}';

/** Where a page would send something. It notes what comes. */
class Elsewhere {
  /** @type {string[]} */
  received = [];
  server = createServer((request, response) => {
    this.received.push(request.url ?? "");
    response.end();
  }).on("upgrade", (request, socket) => {
    this.received.push(request.url ?? "");
    socket.destroy();
  });
  url = "";

  async start() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", () => resolve(undefined)));
    this.server.unref();
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.server.address());
    this.url = `http://127.0.0.1:${port}`;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const elsewhere = new Elsewhere();
before(() => elsewhere.start());
after(() => elsewhere.stop());

/** Ways out of a page, each a script, and the directive that refuses it. */
const WAYS = /** @type {const} */ ({
  fetch: ["connect-src", 'fetch(url, { method: "POST", body: "x", mode: "no-cors" }).catch(() => {})'],
  XMLHttpRequest: ["connect-src", 'const request = new XMLHttpRequest(); request.open("GET", url); request.send()'],
  WebSocket: ["connect-src", 'new WebSocket(url.replace("http", "ws"))'],
  EventSource: ["connect-src", "new EventSource(url)"],
  sendBeacon: ["connect-src", 'navigator.sendBeacon(url, "x")'],
  image: ["img-src", "new Image().src = url"],
  script: ["script-src-elem", 'document.head.append(Object.assign(document.createElement("script"), { src: url }))'],
  style: [
    "style-src-elem",
    'document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url }))',
  ],
  frame: ["frame-src", 'document.body.append(Object.assign(document.createElement("iframe"), { src: url }))'],
  form: [
    "form-action",
    'const form = Object.assign(document.createElement("form"), { action: url, method: "post", target: "_blank" }); ' +
      "document.body.append(form); form.submit()",
  ],
});

/** Takes each way out, and says what the browser has refused. @param {import("playwright-core").Page} page */
async function tryToLeave(page) {
  /** @type {Record<string, string>} */
  const refused = {};
  for (const [way, [, script]] of Object.entries(WAYS)) {
    const source = `new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective), { once: true });
      setTimeout(() => resolve("nothing"), 500);
      const url = ${JSON.stringify(`${elsewhere.url}/${way}`)};
      ${script};
    })`;
    refused[way] = String(await page.evaluate(source));
  }
  return refused;
}

test("requests to elsewhere are refused by the browser, on every page", { timeout: 60_000 }, async () => {
  elsewhere.received = [];
  for (const path of ["/playground", "/errors"]) {
    const { page, close } = await open(browser, site.url + path);
    const expected = Object.fromEntries(Object.entries(WAYS).map(([way, [directive]]) => [way, directive]));
    assert.deepEqual(await tryToLeave(page), expected);
    await close();
  }
  assert.deepEqual(elsewhere.received, []);
});

test("without the policy each of them would be sent", { timeout: 60_000 }, async () => {
  elsewhere.received = [];
  const lax = await serve((html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""));
  const { page, close } = await open(browser, `${lax.url}/playground`);
  const refused = new Set(Object.values(await tryToLeave(page)));
  assert.deepEqual(refused, new Set(["nothing"]));
  const received = new Set(elsewhere.received);
  assert.deepEqual(
    Object.keys(WAYS).filter((way) => !received.has(`/${way}`)),
    [],
  );
  await close();
  lax.stop();
});

/** Uses everything that the page has. @param {import("playwright-core").Page} page */
async function useAll(page) {
  await page.getByText("Verify a callback", { exact: true }).click();
  await verify(page, { body: SENT, source: "X-SIGNATURE: 00ff", secret: SECRET, apiKey: SECRET });
  await verify(page, { body: Buffer.from(SENT), source: "00ff", secret: SECRET });
  await page.getByRole("button", { name: "Fill in a genuine callback" }).click();
  await page.getByText("Break it:").click();
  await page.getByRole("button", { name: "Another one" }).click();
  await verify(page, { gateway: "Api for Crypto", body: SENT, secret: SECRET, proof: "secret_key" });
  await page.getByRole("button", { name: "Show" }).first().click();
  await page.getByText("Build a request", { exact: true }).click();
  const panel = page.getByRole("region", { name: "Build a request" });
  await panel.getByRole("button", { name: "Fill in an example" }).click();
  await panel.getByRole("textbox", { name: "api_secret" }).fill(SECRET);
  await panel.getByRole("button", { name: "Build and sign" }).click();
  await panel.locator(".outcome").first().waitFor();
  for (const language of ["JavaScript", "Python", "Rust"]) await panel.getByText(language, { exact: true }).click();
}

/** What a page has stored anywhere. @param {import("playwright-core").Page} page */
async function stored(page) {
  const inPage = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: "caches" in globalThis ? await caches.keys() : [],
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    name: window.name,
  }));
  return { ...inPage, cookies: await page.context().cookies() };
}

const NOTHING = { local: [], session: [], databases: [], caches: [], workers: 0, name: "", cookies: [] };

inPlayground("nothing is asked for, stored, or put into the address or the document", async (page) => {
  await page.waitForLoadState("networkidle");
  /** @type {string[]} */
  const asked = [];
  page.context().on("request", (request) => asked.push(request.url()));
  /** @type {string[]} */
  const said = [];
  page.on("console", (line) => said.push(line.text()));
  const before = await page.evaluate(() => [
    location.href,
    history.length,
    document.title,
    JSON.stringify(history.state),
  ]);
  await useAll(page);
  const { html, ...now } = await page.evaluate(() => ({
    before: [location.href, history.length, document.title, JSON.stringify(history.state)],
    html: document.documentElement.outerHTML,
  }));
  assert.deepEqual(now.before, before);
  assert.deepEqual(await stored(page), NOTHING);
  assert.ok(!html.includes(SECRET), "the secret is in the document");
  assert.deepEqual([asked, said], [[], []]);
});

test(
  "the whole session asks for files of the site only, and carries nothing in their addresses",
  { timeout: 60_000 },
  async () => {
    const context = await browser.newContext();
    /** @type {import("playwright-core").Request[]} */
    const requests = [];
    context.on("request", (request) => requests.push(request));
    const page = await context.newPage();
    await page.goto(`${site.url}/`);
    await page.getByRole("link", { name: "Playground" }).first().click();
    await page.getByRole("button", { name: "Fill in a genuine callback" }).waitFor();
    await useAll(page);
    await page.getByRole("link", { name: "Errors", exact: true }).first().click();
    await page.waitForURL(/errors/);
    assert.ok(requests.length > 5);
    for (const request of requests) {
      const { origin, search } = new URL(request.url());
      assert.deepEqual([request.method(), origin, search, request.postData()], ["GET", site.url, "", null]);
    }
    await context.close();
  },
);

inPlayground("searching the site stores nothing either", async (page) => {
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.getByRole("searchbox").fill("signature");
  await page.locator(".VPLocalSearchBox .result").first().waitFor();
  assert.deepEqual(await stored(page), NOTHING);
});

/** The texts of all fields. @param {import("playwright-core").Page} page */
const texts = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".playground :is(input[type=text], textarea)")].map(
      (field) => /** @type {HTMLInputElement} */ (field).value,
    ),
  );

/** @param {import("playwright-core").Page} page */
async function assertEmpty(page) {
  await page.locator(".playground").waitFor();
  const found = await texts(page);
  assert.ok(found.length > 5);
  assert.deepEqual(new Set(found), new Set([""]));
  assert.equal(await page.locator(".outcome").count(), 0);
}

inPlayground("what was typed is gone after Clear, and after the page was left", async (page) => {
  await useAll(page);
  assert.ok((await texts(page)).includes(SECRET));
  await page.getByRole("region", { name: "Build a request" }).getByRole("button", { name: "Clear" }).click();
  await assertEmpty(page);

  await useAll(page);
  // As when the page is kept by the browser for the way back.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await assertEmpty(page);

  await useAll(page);
  await page.getByRole("link", { name: "Errors", exact: true }).first().click();
  await page.locator(".playground").waitFor({ state: "detached" });
  await page.goBack();
  await assertEmpty(page);

  await useAll(page);
  await page.goto(`${site.url}/diagnose`);
  await page.goBack();
  await assertEmpty(page);

  await useAll(page);
  await page.reload();
  await assertEmpty(page);
});

inPlayground("no field is kept, completed, checked for spelling, or offered to be saved", async (page) => {
  const fields = await page.evaluate(() =>
    [...document.querySelectorAll(".playground :is(input, textarea, select)")].map((field) => ({
      type: /** @type {HTMLInputElement} */ (field).type,
      autocomplete: /** @type {HTMLInputElement} */ (field).autocomplete,
      spelling: field.matches("[type=text], textarea") && /** @type {HTMLElement} */ (field).spellcheck,
      form: field.closest("form"),
    })),
  );
  assert.ok(fields.length > 10);
  for (const { type, autocomplete, spelling, form } of fields) {
    assert.deepEqual([autocomplete, spelling, form], ["off", false, null], type);
    assert.notEqual(type, "password");
  }
});

inPlayground("a secret is masked until it is to be shown", async (page) => {
  const field = page.getByRole("textbox", { name: "API secret" });
  const masked = () => field.evaluate((field) => getComputedStyle(field).getPropertyValue("-webkit-text-security"));
  assert.equal(await masked(), "disc");
  await page.getByRole("button", { name: "Show API secret" }).click();
  assert.equal(await masked(), "none");
});

inPlayground("links carry nothing to where they lead", async (page) => {
  await verify(page, { body: SENT, source: "00ff", secret: SECRET });
  await shown(page);
  const outward = await page.evaluate(() =>
    [...document.querySelectorAll("a")]
      .filter((link) => link.origin !== location.origin)
      .map((link) => [link.href, link.relList.contains("noreferrer")]),
  );
  assert.deepEqual(
    outward.filter(([, isQuiet]) => !isQuiet),
    [],
  );
});
