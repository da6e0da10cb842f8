// What the playground says of genuine messages, and of every way one can fail to verify.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { ROOT } from "./site.mjs";
import { inPlayground, shown, verify } from "./world.mjs";

const KEY = "sandbox-key";
const SECRET = "c2VjcmV0IG9mIGJpdGxvZ2E";
const SENT =
  '{"to":"WMZ","amount":136.00,"purse":"https://x/ü","type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125"}';
const LINES = SENT.replaceAll(",", ",\n");

/** @param {string} message @param {string} [key] */
const sign = (message, key = SECRET) => createHmac("sha512", key).update(message).digest("hex");
const SIGNATURE = sign(SENT);
const SIGNED = { body: SENT, source: `X-SIGNATURE: ${SIGNATURE}`, secret: SECRET, apiKey: KEY };

/** @param {string} name */
const vectors = (name) => JSON.parse(readFileSync(join(ROOT, "tests/vectors", `${name}.json`), "utf8"));

/** The bytes of a body in the vectors. @param {any} body */
function bytesOf(body) {
  if (typeof body === "string") return Buffer.from(body);
  if ("base64" in body) return Buffer.from(body.base64, "base64");
  return Buffer.from(body.pieces.map((/** @type {[string, number]} */ [text, times]) => text.repeat(times)).join(""));
}

/** A value as the page shows it. @param {any} value @returns {Record<string, string>} */
function flat(value, prefix = "") {
  const entries = Object.entries(value).flatMap(([name, one]) =>
    typeof one === "object" && one !== null
      ? Object.entries(flat(one, `${prefix}${name}.`))
      : [[prefix + name, String(one)]],
  );
  return Object.fromEntries(entries);
}

/** The fields without those that follow from others. @param {Record<string, string>} fields */
function own({ isPaid, isFinal, ...fields }) {
  assert.ok([isPaid, isFinal].every((one) => one === "true" || one === "false"));
  return fields;
}

inPlayground("a sample callback shows every field", async (page) => {
  await page.getByRole("button", { name: "Fill in a genuine callback" }).click();
  const { title, fields } = await shown(page);
  assert.equal(title, "Verified");
  assert.deepEqual(fields, {
    to: "WMZ",
    amount: "1.00",
    purse: "Z123456789012",
    type: "Invoice",
    status: "Payed",
    name: "Zoë",
    invoiceid: "5",
    uniqueid: "125",
    isPaid: "true",
    isFinal: "true",
    event_id: "Invoice:5:Payed",
    secret_index: "0",
  });
});

inPlayground("a sample notification shows every field, and its secret_key nowhere", async (page) => {
  await page.getByRole("button", { name: "or a notification" }).click();
  const { title, fields } = await shown(page);
  assert.equal(title, "Verified");
  assert.equal(fields["data.order_id"], "125");
  assert.equal(fields["value"], "10500000");
  assert.equal(fields["event_id"], "0d9f2c7e:PAID");
  assert.ok(!("secret_key" in fields));
});

inPlayground("every callback of the vectors shows its fields exactly", async (page) => {
  const { client, callbacks } = vectors("bitloga");
  for (const { name, body, signature, value, event_id, secrets, secret_index } of callbacks) {
    const headers = [signature].flat().map((one) => `X-SIGNATURE: ${one}`);
    const secret = secrets?.[secret_index] ?? client.api_secret;
    const { title, fields } = await verify(page, { body: bytesOf(body), source: headers.join("\n"), secret });
    assert.equal(title, "Verified", name);
    assert.deepEqual(own(fields), { ...flat(value), event_id, secret_index: "0" }, name);
  }
});

inPlayground("every notification of the vectors shows its fields exactly", async (page) => {
  const { client, notifications } = vectors("apiforcrypto");
  for (const { name, body, secret_key, value, event_id, client: own_client } of notifications) {
    const secret = secret_key ?? (own_client ?? client).notification_secret;
    const proof = secret_key === undefined ? "Notification secret" : "secret_key";
    const given = /** @type {const} */ ({ gateway: "Api for Crypto", body: bytesOf(body), secret, proof });
    const { title, fields } = await verify(page, given);
    assert.equal(title, "Verified", name);
    assert.deepEqual(own(fields), { ...flat(value), event_id }, name);
  }
});

inPlayground("a body is the same as text, in base64, in hexadecimal and as a file", async (page) => {
  const bytes = Buffer.from(SENT);
  const forms = /** @type {const} */ ([
    { body: SENT, form: "Text" },
    { body: bytes.toString("base64"), form: "Base64" },
    { body: bytes.toString("base64url"), form: "Base64" },
    { body: bytes.toString("hex").toUpperCase(), form: "Hex" },
    { body: bytes },
  ]);
  for (const form of forms) assert.equal((await verify(page, { ...SIGNED, ...form })).title, "Verified");
  const signed = { ...SIGNED, source: sign(LINES.replaceAll("\n", "\r\n")), body: LINES };
  assert.equal((await verify(page, { ...signed, lineBreak: "CRLF" })).title, "Verified");
  assert.equal((await verify(page, { ...signed, lineBreak: "LF" })).cause, "line_breaks_changed");
});

inPlayground("what cannot be read is said", async (page) => {
  const messages = /** @type {const} */ ([
    [{ body: "a!", form: "Base64" }, "The body is not base64."],
    [{ body: "abc", form: "Hex" }, "The body is not hexadecimal: two digits make a byte."],
    [{ source: "{]" }, "The headers begin like JSON, but are not an object or a list of them."],
  ]);
  for (const [given, expected] of messages) {
    const { title, message } = await verify(page, { ...SIGNED, ...given });
    assert.deepEqual([title, message], ["Nothing was verified", expected]);
  }
});

inPlayground("an outcome goes when something is changed, and other errors say what they are", async (page) => {
  assert.equal((await verify(page, SIGNED)).title, "Verified");
  await page.getByLabel("API secret", { exact: true }).fill("another");
  assert.equal(await page.locator(".outcome").count(), 0);
  const refused = await verify(page, { ...SIGNED, secret: "" });
  assert.deepEqual([refused.code, refused.cause], ["invalid_secret", ""]);
  const notification = /** @type {const} */ ({
    gateway: "Api for Crypto",
    body: "{}",
    secret: "s",
    proof: "secret_key",
  });
  const { code, links } = await verify(page, notification);
  assert.equal(code, "signature_missing");
  assert.deepEqual(links, ["/errors#signature_missing"]);
});

inPlayground("headers are read as a log, curl, Node and AWS Lambda have them", async (page) => {
  const sources = [
    `Host: shop.example\nx-signature: ${SIGNATURE}`,
    `> POST /callback HTTP/1.1\n> Host: shop.example\n> X-Signature: ${SIGNATURE}`,
    JSON.stringify({ "x-signature": SIGNATURE }),
    JSON.stringify(["Host", "shop.example", "X-SIGNATURE", SIGNATURE]),
    JSON.stringify({ headers: { "x-signature": SIGNATURE }, isBase64Encoded: false }),
    `\n${SIGNATURE}\n`,
  ];
  for (const source of sources) assert.equal((await verify(page, { ...SIGNED, source })).title, "Verified", source);
});

const NOTIFICATION = '{"id":"1","blockchain":"tron","status":"PAID","secret_key":"k"}';
const ASCII = SENT.replace("ü", "é");
const REFUSED = "signature_mismatch";

/** How each cause is reached in the page, and the code of the error that is shown with it. */
const CAUSES = /** @type {Record<string, [code: string, given: Partial<import("./world.mjs").Given>]>} */ ({
  valid: ["malformed_body", { body: "no JSON", source: sign("no JSON") }],
  signature_missing: ["signature_missing", { source: "Host: shop.example" }],
  signature_ambiguous: [
    "signature_ambiguous",
    { source: `X-SIGNATURE: ${SIGNATURE}\nX-SIGNATURE: ${"0".repeat(128)}` },
  ],
  signature_wrapped: ["signature_malformed", { source: `sha512=${SIGNATURE}` }],
  signature_base64: ["signature_malformed", { source: Buffer.from(SIGNATURE, "hex").toString("base64") }],
  signature_truncated: ["signature_malformed", { source: SIGNATURE.slice(0, 100) }],
  signature_in_another_header: ["signature_missing", { source: `HTTP_X_SIGNATURE: ${SIGNATURE}` }],
  signature_of_another_kind: ["signature_malformed", { source: "a".repeat(64) }],
  signature_swapped: [REFUSED, { source: sign(SECRET, SENT) }],
  other_gateway: ["signature_missing", { source: "", body: NOTIFICATION }],
  other_sender: ["signature_missing", { source: "stripe-signature: t=1,v1=00ff" }],
  body_too_long: ["malformed_body", { body: Buffer.alloc(2 ** 20 + 1, "1") }],
  body_empty: [REFUSED, { body: "" }],
  body_compressed: [REFUSED, { body: gzipSync(SENT) }],
  body_base64: [REFUSED, { body: Buffer.from(SENT).toString("base64") }],
  body_hex: [REFUSED, { body: Buffer.from(SENT).toString("hex") }],
  body_printed: [REFUSED, { body: `b'${ASCII.replace("é", "\\xc3\\xa9")}'`, source: sign(ASCII) }],
  body_parsed: [REFUSED, { body: "[object Object]" }],
  body_reencoded: [REFUSED, { body: Buffer.from(ASCII, "latin1"), source: sign(ASCII) }],
  body_form_encoded: [REFUSED, { body: `payload=${encodeURIComponent(SENT)}` }],
  body_quoted: [REFUSED, { body: JSON.stringify(SENT) }],
  line_breaks_changed: [REFUSED, { body: LINES, lineBreak: "CRLF", source: sign(LINES) }],
  body_rewritten: [REFUSED, { body: JSON.stringify(JSON.parse(SENT)) }],
  body_wrapped: [REFUSED, { body: `${SENT}\n` }],
  body_truncated: [REFUSED, { body: SENT.slice(0, 50) }],
  keys_swapped: [REFUSED, { apiKey: SECRET, secret: KEY }],
  secret_wrapped: [REFUSED, { secret: `"${SECRET}"` }],
  secret_encoded: [REFUSED, { secret: Buffer.from(SECRET).toString("base64") }],
  other: [REFUSED, { secret: "another" }],
});

/** The causes that the page cannot reach, and why. */
const UNREACHABLE = { secret_differs: "the page makes its client with the very secret that diagnosis is given" };

const DOCUMENT = readFileSync(join(ROOT, "docs/diagnose.md"), "utf8");
const MESSAGES = Object.fromEntries(
  [...DOCUMENT.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, cause, message]) => [cause, message]),
);

test("every cause of the document is reached here, or cannot be", () => {
  const expected = Object.keys(MESSAGES).sort();
  assert.ok(expected.length >= 30);
  assert.deepEqual([...Object.keys(CAUSES), ...Object.keys(UNREACHABLE)].sort(), expected);
});

inPlayground("each cause is told, with its message", async (page) => {
  for (const [cause, [code, given]] of Object.entries(CAUSES)) {
    const told = await verify(page, { ...SIGNED, ...given });
    assert.deepEqual([told.cause, told.code], [cause, code]);
    assert.equal([told.what, told.cure].filter(Boolean).join(": "), MESSAGES[cause]);
    assert.deepEqual(told.links, ["/diagnose#causes", `/errors#${code}`]);
  }
});

/** Every button that breaks the sample, and the cause it shows. */
const MISTAKES = {
  "JSON parsed and written anew": "body_rewritten",
  Empty: "body_empty",
  "Cut off": "body_truncated",
  "A line break at its end": "body_wrapped",
  "CRLF for LF": "line_breaks_changed",
  "Base64 not decoded": "body_base64",
  "Read as Latin-1": "body_reencoded",
  "Still compressed": "body_compressed",
  "Printed by Python": "body_printed",
  "No header": "signature_missing",
  "Header renamed": "signature_in_another_header",
  "Two headers": "signature_ambiguous",
  "Cut to 100 digits": "signature_truncated",
  "With a prefix": "signature_wrapped",
  "In quotes": "secret_wrapped",
  "A whole line of .env": "secret_wrapped",
  "In hexadecimal": "secret_encoded",
  "Swapped with the key": "keys_swapped",
  "Another one": "other",
};

inPlayground("each button that breaks the sample shows what it broke", async (page) => {
  await page.getByText("Break it:").click();
  const buttons = page.locator(".mistakes button");
  assert.deepEqual(
    (await buttons.allInnerTexts()).map((text) => text.trim()),
    Object.keys(MISTAKES),
  );
  for (const [label, cause] of Object.entries(MISTAKES)) {
    await page.getByRole("button", { name: label, exact: true }).click();
    assert.equal((await shown(page)).cause, cause, label);
  }
});

test("the links of causes and errors lead to places that the site has", () => {
  const codes = new Set(Object.values(CAUSES).map(([code]) => code));
  const places = [["diagnose", "causes"], ...[...codes].map((code) => ["errors", code])];
  for (const [page = "", anchor = ""] of places) {
    const html = readFileSync(join(ROOT, `target/site/${page}.html`), "utf8");
    assert.ok(html.includes(`id="${anchor}"`), `${page}#${anchor}`);
  }
});
