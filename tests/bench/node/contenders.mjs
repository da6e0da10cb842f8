// Who is compared. Every contender shows that its results are right before its time counts.

import { Buffer } from "node:buffer";
import crypto, { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { parse as parseLossless } from "lossless-json";
import { Bitloga } from "payseal";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";

import boundary from "./boundary/boundary.js";
import { repeated, repeatedAsync } from "./turns.mjs";

const API_KEY = "api-key";
const SECRET = "api-secret";
const STANDARD_SECRET = `whsec_${Buffer.from("api-secret-of-enough-bytes").toString("base64")}`;

const INVOICE = {
  uniqueid: "125",
  paysys: "WMZ",
  amount: "1.00",
  purse: "Z123456789012",
  paylist: "WMZ,WMR,WME",
  comis: "payer",
  desc: "Description",
};

/**
 * The contenders of a group: all that can do its operation, or those it names. Where it has several workloads, they are
 * called after these.
 */
export async function contendersOf(group, plan) {
  const contenders = [];
  for (const workload of group.workloads) {
    const entrances = OPERATIONS[group.operation](plan.workloads[workload]);
    for (const [contender, enter] of Object.entries(entrances)) {
      if (group.only?.length && !group.only.includes(contender)) continue;
      try {
        contenders.push({ name: group.workloads.length > 1 ? workload : contender, run: await enter() });
      } catch (error) {
        throw new Error(`${group.operation}, ${workload}: ${contender} ${error.message}`, { cause: error });
      }
    }
  }
  return contenders;
}

export function versions() {
  const packages = ["@noble/hashes", "lossless-json", "payseal", "standardwebhooks", "stripe", "workerd"];
  const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
  const found = Object.fromEntries(packages.map((name) => [name, version(name)]));
  return { interpreter: process.versions.node, V8: process.versions.v8, OpenSSL: process.versions.openssl, ...found };
}

const OPERATIONS = {
  verify,
  "verify and parse": verifyAndParse,
  "refuse a wrong signature": refuse,
  "sign an invoice": signAnInvoice,
  "new client": newClient,
};

// How signatures are computed and compared. Those that can schedule the key beforehand do.

function platformVerify(body, signature) {
  const computed = createHmac("sha512", SECRET).update(body).digest();
  const given = Buffer.from(signature, "hex");
  return given.length === computed.length && timingSafeEqual(computed, given);
}

function nobleVerifier() {
  const key = new TextEncoder().encode(SECRET);
  return (body, signature) => {
    const computed = hmac(sha512, key, new TextEncoder().encode(body));
    const given = Buffer.from(signature, "hex");
    return given.length === computed.length && timingSafeEqual(computed, given);
  };
}

async function webCryptoVerifier() {
  const algorithm = { name: "HMAC", hash: "SHA-512" };
  const key = await crypto.subtle.importKey("raw", Buffer.from(SECRET), algorithm, false, ["verify"]);
  const encoder = new TextEncoder();
  return (body, signature) =>
    crypto.subtle.verify("HMAC", key, Buffer.from(signature, "hex"), encoder.encode(body));
}

const payseal = () => new Bitloga({ apiKey: API_KEY, apiSecret: SECRET });

/** The signature with its last digit changed. */
const wrong = (signature) => signature.slice(0, -1) + (signature.endsWith("0") ? "1" : "0");

// Verification alone.

function verify({ body, signature }) {
  const checked = async (verifier) => {
    if (!(await verifier(body, signature)) || (await verifier(body, wrong(signature)))) {
      throw new Error("does not tell a right signature from a wrong one");
    }
    return verifier;
  };
  return {
    "payseal (a refusal: it always parses what it accepts)": refusalByPayseal(body, signature),
    "createHmac + timingSafeEqual": async () => {
      const verifier = await checked(platformVerify);
      return repeated(() => +verifier(body, signature));
    },
    "WebCrypto, cached key": async () => {
      const verifier = await checked(await webCryptoVerifier());
      return repeatedAsync(async () => +(await verifier(body, signature)));
    },
    "@noble/hashes": async () => {
      const verifier = await checked(nobleVerifier());
      return repeated(() => +verifier(body, signature));
    },
  };
}

function refuse({ body, signature }) {
  const { header, secret } = ofStripe(body);
  const standard = ofStandardWebhooks(body);
  return {
    payseal: refusalByPayseal(body, signature),
    "createHmac + timingSafeEqual": () => repeated(() => +!platformVerify(body, wrong(signature))),
    standardwebhooks: () => {
      const headers = { ...standard.headers, "webhook-signature": ofStandardWebhooks(`${body} `).headers["webhook-signature"] };
      return repeatedRefusal(() => standard.webhook.verify(body, headers), "WebhookVerificationError");
    },
    stripe: () => {
      const stripe = new Stripe("sk_test_key");
      return repeatedRefusal(
        () => stripe.webhooks.constructEvent(`${body} `, header, secret),
        "StripeSignatureVerificationError",
      );
    },
  };
}

function refusalByPayseal(body, signature) {
  return () => {
    const client = payseal();
    client.verifyCallback(body, signature);
    const wrongSignature = wrong(signature);
    return repeatedRefusal(() => client.verifyCallback(body, wrongSignature), "SignatureError");
  };
}

/** An operation that has to throw. */
function repeatedRefusal(operation, expected) {
  const refused = () => {
    try {
      operation();
      return 0;
    } catch (error) {
      return error.message.length;
    }
  };
  try {
    operation();
  } catch (error) {
    if (error.constructor.name !== expected && error.type !== expected) throw error;
    return repeated(refused);
  }
  throw new Error("accepts a wrong signature");
}

// Verification and parsing, after which every field is read.

/** Reads every field; the amount is text, or something that has to be made text. */
function readExact(callback) {
  return readTexts(callback) + String(callback.amount).length + String(callback.invoiceid).length;
}

/** Reads every field; the amount has become a binary float. */
function readInexact(callback) {
  return readTexts(callback) + callback.amount + callback.invoiceid;
}

function readTexts({ to, purse, type, status, dtag, name, surname, uniqueid }) {
  const optional = (text) => (text === undefined ? 0 : text.length);
  return to.length + purse.length + type.length + status.length + uniqueid.length + optional(dtag) + optional(name) + optional(surname);
}

/** Whether every field reads as it must; an amount that lost its zeros is let pass where floats are what is compared. */
function checkFields(callback, fields, exact) {
  for (const [name, expected] of Object.entries(fields)) {
    const found = callback[name];
    if (exact ? String(found) !== expected : found != expected) throw new Error(`reads ${name} as ${found}, not as ${expected}`);
  }
}

function verifyAndParse({ body, signature, fields }) {
  const bytes = Buffer.from(body);
  const parsing = (receive, exact) => () => {
    checkFields(receive(), fields, exact);
    const read = exact ? readExact : readInexact;
    return repeated(() => read(receive()));
  };
  const verified = (verifier, parse, given) => () => {
    if (!verifier(given, signature)) throw new Error("refuses the callback");
    return parse(given);
  };
  return {
    payseal: () => {
      const client = payseal();
      return parsing(() => client.verifyCallback(body, signature), true)();
    },
    "payseal, from bytes": () => {
      const client = payseal();
      return parsing(() => client.verifyCallback(bytes, signature), true)();
    },
    "serde-wasm-bindgen instead of our boundary": () => {
      const client = new boundary.Client(API_KEY, SECRET);
      return parsing(() => client.verify_serde(body, signature), true)();
    },
    "js-sys instead of our boundary": () => {
      const client = new boundary.Client(API_KEY, SECRET);
      return parsing(() => client.verify_js_sys(body, signature), true)();
    },
    "createHmac + JSON.parse (inexact)": parsing(verified(platformVerify, JSON.parse, body), false),
    "createHmac + JSON.parse (inexact), from bytes": parsing(
      verified(platformVerify, (given) => JSON.parse(given.toString()), bytes),
      false,
    ),
    "createHmac + lossless-json": parsing(verified(platformVerify, parseLossless, body), true),
    "WebCrypto, cached key + JSON.parse (inexact)": async () => {
      const verifier = await webCryptoVerifier();
      const receive = async () => {
        if (!(await verifier(body, signature))) throw new Error("refuses the callback");
        return JSON.parse(body);
      };
      checkFields(await receive(), fields, false);
      return repeatedAsync(async () => readInexact(await receive()));
    },
    "@noble/hashes + JSON.parse (inexact)": parsing(verified(nobleVerifier(), JSON.parse, body), false),
    "standardwebhooks (SHA-256, inexact)": () => {
      const { webhook, headers } = ofStandardWebhooks(body);
      return parsing(() => webhook.verify(body, headers), false)();
    },
    "stripe (SHA-256, inexact)": () => {
      const stripe = new Stripe("sk_test_key");
      const { header, secret } = ofStripe(body);
      return parsing(() => stripe.webhooks.constructEvent(body, header, secret), false)();
    },
  };
}

// These two have signatures of their own, with the time in them.

function ofStandardWebhooks(body) {
  const webhook = new Webhook(STANDARD_SECRET);
  const now = new Date();
  const headers = {
    "webhook-id": "msg_125",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": webhook.sign("msg_125", now, body),
  };
  return { webhook, headers };
}

function ofStripe(body) {
  const secret = "whsec_secret";
  const time = Math.floor(Date.now() / 1000);
  const digits = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return { secret, header: `t=${time},v1=${digits}` };
}

// Invoices.

function signAnInvoice() {
  const signing = (sign) => () => {
    const { body, headers } = sign();
    const expected = { action: "invoice", ...INVOICE, amount: 1 };
    if (JSON.stringify(JSON.parse(body)) !== JSON.stringify(expected)) throw new Error(`writes ${body}`);
    if (!platformVerify(body, headers["X-SIGNATURE"])) throw new Error("signs something else");
    return repeated(() => {
      const call = sign();
      return call.body.length + call.headers["X-SIGNATURE"].length;
    });
  };
  const byHand = (signatureOf) => () => {
    const body = JSON.stringify({ action: "invoice", ...INVOICE, amount: 1.0 });
    const signature = signatureOf(body);
    return {
      method: "POST",
      url: "https://bitloga.com/api/v1/",
      headers: { "Content-type": "application/json", "X-APIKEY": API_KEY, "X-SIGNATURE": signature },
      body,
    };
  };
  const key = new TextEncoder().encode(SECRET);
  return {
    payseal: () => {
      const client = payseal();
      return signing(() => client.createInvoice(INVOICE))();
    },
    "JSON.stringify + createHmac": signing(byHand((body) => createHmac("sha512", SECRET).update(body).digest("hex"))),
    "JSON.stringify + @noble/hashes": signing(
      byHand((body) => Buffer.from(hmac(sha512, key, new TextEncoder().encode(body))).toString("hex")),
    ),
  };
}

function newClient() {
  return {
    payseal: () => repeated(() => +(payseal() !== undefined)),
    standardwebhooks: () => repeated(() => +(new Webhook(STANDARD_SECRET) !== undefined)),
    stripe: () => repeated(() => +(new Stripe("sk_test_key") !== undefined)),
  };
}
