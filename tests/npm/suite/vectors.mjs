// Reads the vectors of tests/vectors, whose README says what each means, and holds the package against them.

import { equal, ok, thrown } from "./check.mjs";

/** @typedef {import("./behaviour.mjs").Payseal} Payseal */
/** @typedef {Record<string, any>} Vector */
/** @typedef {{ bitloga: Vector, apiforcrypto: Vector, badInputs: Vector[] }} Vectors */
/** @typedef {(tools: Tools, vector: Vector) => void} Reader */

const encoder = new TextEncoder();

/**
 * One test for each list of vectors.
 *
 * @param {Vectors} vectors
 * @returns {Record<string, import("./behaviour.mjs").Check>}
 */
export function vectorChecks(vectors) {
  /** @type {Record<string, import("./behaviour.mjs").Check>} */
  const checks = {};
  /** @type {(name: string, list: Vector[], read: Reader, gateway?: string) => void} */
  const add = (name, list, read, gateway) => {
    checks[`vectors: ${list.length} ${name}`] = (payseal) => {
      ok(list.length > 0, "there are vectors");
      for (const vector of list) readOne(new Tools(payseal, vectors), { gateway, ...vector }, read);
    };
  };
  for (const gateway of /** @type {const} */ (["bitloga", "apiforcrypto"])) {
    const { calls, answers, callbacks, notifications } = vectors[gateway];
    add(`calls of ${gateway}`, calls, checkCall, gateway);
    add(`answers of ${gateway}`, answers, checkAnswer, gateway);
    if (callbacks) add(`callbacks of ${gateway}`, callbacks, checkCallback, gateway);
    if (notifications) add(`notifications of ${gateway}`, notifications, checkNotification, gateway);
  }
  for (const operation of new Set(vectors.badInputs.map((vector) => vector["operation"]))) {
    const list = vectors.badInputs.filter((vector) => vector["operation"] === operation);
    add(`bad inputs: ${operation}`, list, checkBadInput);
  }
  return checks;
}

/** @type {(tools: Tools, vector: Vector, read: Reader) => void} */
function readOne(tools, vector, read) {
  try {
    read(tools, vector);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${vector["name"]}: ${message}`);
  }
}

/** Clients and calls made from what the vectors say. */
class Tools {
  /**
   * @param {Payseal} payseal
   * @param {Vectors} vectors
   */
  constructor(payseal, vectors) {
    this.payseal = payseal;
    this.vectors = vectors;
  }

  /**
   * The client of a vector: its own, or that of its gateway's file.
   *
   * @param {Vector} vector
   * @returns {any}
   */
  client(vector) {
    const { Bitloga, ApiForCrypto } = this.payseal;
    if (vector["gateway"] === "bitloga") {
      const { api_key, api_secret } = this.vectors.bitloga["client"];
      return new Bitloga({ apiKey: api_key, apiSecret: vector["secrets"] ?? api_secret });
    }
    const client = vector["client"] ?? this.vectors.apiforcrypto["client"];
    return new ApiForCrypto({
      walletId: client.wallet_id,
      notificationSecret: client.notification_secret,
      baseUrl: client.base_url,
      invoiceUrl: client.invoice_url,
    });
  }

  /**
   * The call whose answer a vector is.
   *
   * @param {Vector} vector
   */
  callOf(vector) {
    const calls = this.vectors[/** @type {"bitloga" | "apiforcrypto"} */ (vector["gateway"])]["calls"];
    const call = calls.find((/** @type {Vector} */ candidate) => candidate["method"] === vector["method"]);
    return make(this.client({ gateway: vector["gateway"], client: call.client }), call);
  }
}

/** @type {Reader} */
function checkCall(tools, vector) {
  const call = make(tools.client(vector), vector);
  const { method, url, headers, body } = vector["request"];
  equal(call.method, method, "method");
  equal(call.url, url, "url");
  equal(Object.entries(call.headers), headers, "headers");
  equal(call.body, body, "body");
}

/** @type {Reader} */
function checkAnswer(tools, vector) {
  for (const body of forms(vector["body"])) {
    equal(stripped(tools.callOf(vector).parse(vector["status"], body)), vector["value"], "value");
  }
}

/** @type {Reader} */
function checkCallback(tools, vector) {
  const { event_id, secret_index, expect } = vector;
  for (const body of forms(vector["body"])) {
    for (const source of sources(vector["signature"])) {
      const callback = tools.client(vector).verifyCallback(body, source);
      equal(stripped(callback), { ...vector["value"], event_id, secret_index }, "callback");
      if (expect) tools.payseal.expectCallback(callback, expect);
    }
  }
}

/** @type {Reader} */
function checkNotification(tools, vector) {
  const { event_id } = vector;
  for (const body of forms(vector["body"])) {
    const notification = tools.client(vector).verifyNotification(body, vector["secret_key"]);
    equal(stripped(notification), { ...vector["value"], event_id }, "notification");
  }
}

/** @type {Reader} */
function checkBadInput(tools, vector) {
  const bodies = "body" in vector ? forms(vector["body"]) : [undefined];
  for (const body of bodies) {
    const error = thrown(() => attempt(tools, vector, body), "it");
    equal(error instanceof tools.payseal.PaysealError, true, `that ${error} is a PaysealError`);
    equal(error.code, vector["code"], "code");
    for (const member of ["field", "reason", "retryable"]) {
      if (member in vector) equal(error[member], vector[member], member);
    }
    if (["rejected", "http_status"].includes(vector["code"])) equal(error.status, vector["status"], "status");
    for (const mention of vector["mentions"] ?? []) ok(error.message.includes(mention), `it mentions ${mention}`);
    checkSilence(error, vector, body);
  }
}

/**
 * Does what must be refused.
 *
 * @type {(tools: Tools, vector: Vector, body: any) => unknown}
 */
function attempt(tools, vector, body) {
  const { operation, secret, signature, status } = vector;
  switch (operation) {
    case "construct":
      return vector["gateway"] === "bitloga"
        ? new tools.payseal.Bitloga({ apiKey: "key", apiSecret: secret })
        : new tools.payseal.ApiForCrypto({ walletId: "wallet", notificationSecret: secret });
    case "call":
      return make(tools.client(vector), vector);
    case "verify_callback":
      return tools.client(vector).verifyCallback(body, sources(signature)[0]);
    case "expect": {
      const callback = tools.client(vector).verifyCallback(body, sources(signature)[0]);
      return tools.payseal.expectCallback(callback, vector["expect"]);
    }
    case "parse":
      return tools.callOf(vector).parse(status, body);
    case "verify_notification":
      return tools.client(vector).verifyNotification(body, vector["secret_key"]);
    default:
      // Not thrown as a PaysealError, so that an operation this file does not know fails its test.
      throw new Error(`unknown operation ${operation}`);
  }
}

/**
 * Fails if the error shows what it must not.
 *
 * @type {(error: Error, vector: Vector, body: unknown) => void}
 */
function checkSilence(error, vector, body) {
  const text = `${error.message}\n${error.stack}\n${JSON.stringify(error)}`;
  const hidden = [vector["secret"], vector["secret_key"], vector["signature"], vector["secrets"], body].flat();
  for (const value of hidden) {
    ok(typeof value !== "string" || value.length < 8 || !text.includes(value), "the error shows no secret");
  }
}

/**
 * Calls the method of a vector with its input.
 *
 * @type {(client: any, vector: Vector) => any}
 */
function make(client, { method, input }) {
  return client[inCamelCase(method)](input);
}

/** @param {string} name */
function inCamelCase(name) {
  return name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}

/**
 * The body of a vector in each of the forms that JavaScript may hand it over.
 *
 * @type {(body: any) => any[]}
 */
function forms(body) {
  if (typeof body === "string") return [body, encoder.encode(body)];
  if ("parsed" in body) return [body.parsed];
  if ("base64" in body) return [Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0))];
  return [body.pieces.map((/** @type {[string, number]} */ [text, times]) => text.repeat(times)).join("")];
}

/**
 * The signature of a vector in each of the forms that JavaScript may hand it over.
 *
 * @type {(signature: string | string[] | null) => any[]}
 */
function sources(signature) {
  if (signature === null) return [{}];
  if (Array.isArray(signature)) return [{ "X-SIGNATURE": signature }];
  return [signature, { "x-signature": signature }, new Map([["X-Signature", signature]])];
}

/**
 * A result without what only JavaScript adds to it.
 *
 * @param {any} value
 * @returns {any}
 */
function stripped(value) {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "isPaid" && key !== "isFinal");
  return Object.fromEntries(entries.map(([key, member]) => [key, stripped(member)]));
}
