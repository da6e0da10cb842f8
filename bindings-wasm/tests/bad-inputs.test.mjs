// Every bad input gives its error and nothing else, says no secret, and leaves a client that works.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import * as payseal from "payseal";

import { gateways } from "./support/clients.mjs";
import { badInputs, camelCase, forms, sources } from "./support/vectors.mjs";

const families = {
  invalid_input: payseal.InvalidInputError,
  invalid_secret: payseal.InvalidInputError,
  body_not_raw: payseal.InvalidInputError,
  signature_missing: payseal.SignatureError,
  signature_malformed: payseal.SignatureError,
  signature_mismatch: payseal.SignatureError,
  signature_ambiguous: payseal.SignatureError,
  rejected: payseal.GatewayError,
  http_status: payseal.GatewayError,
  malformed_body: payseal.MalformedError,
  mismatch: payseal.MismatchError,
};

/** Everything that an entry can do with a client, in every form of its input. */
const operations = {
  call: (entry) => [(client) => client[camelCase(entry.method)](entry.input)],
  verify_callback: (entry) => callbacks(entry).map(([body, source]) => (client) => client.verifyCallback(body, source)),
  expect: (entry) =>
    callbacks(entry).map(([body, source]) => (client) => {
      const callback = client.verifyCallback(body, source);
      return () => payseal.expectCallback(callback, entry.expect);
    }),
  parse: (entry) => {
    const { calls } = gateways[entry.gateway].vectors;
    const { method, input } = calls.find((call) => call.method === entry.method);
    return forms(entry.body).map((body) => (client) => {
      const call = client[camelCase(method)](input);
      return () => call.parse(entry.status, body);
    });
  },
  verify_notification: (entry) =>
    forms(entry.body).map((body) => (client) => client.verifyNotification(body, entry.secret_key)),
};

function callbacks(entry) {
  return forms(entry.body).flatMap((body) => sources(entry.signature).map((source) => [body, source]));
}

/** Runs an attempt, which may prepare something that has to succeed, and gives what it throws. */
function failureOf(attempt, client) {
  let prepared;
  try {
    prepared = attempt(client);
  } catch (error) {
    return error;
  }
  if (typeof prepared !== "function") assert.fail("nothing was thrown");
  try {
    prepared();
  } catch (error) {
    return error;
  }
  assert.fail("nothing was thrown");
}

function checkError(error, entry) {
  assert.ok(error instanceof families[entry.code], String(error?.stack));
  assert.ok(error instanceof payseal.PaysealError && error instanceof Error);
  assert.equal(error.code, entry.code);
  assert.equal(error.name, families[entry.code].prototype.name);
  assert.equal(error.constructor, families[entry.code]);
  assert.match(error.stack.split("\n").find((line) => line.includes("    at ")), /bad-inputs\.test\.mjs|support\/clients\.mjs/);
  for (const member of ["field", "reason", "retryable"]) {
    if (member in entry) assert.equal(error[member], entry[member], member);
  }
  for (const words of entry.mentions ?? []) assert.ok(error.message.includes(words), error.message);
  if (entry.code === "rejected" || entry.code === "http_status") assert.equal(error.status, entry.status);
  checkNothingIsTold(error, entry);
}

function checkNothingIsTold(error, entry) {
  const { client, secret, secrets = [], secret_key: secretKey, signature, body } = entry;
  const told = `${error.stack} ${JSON.stringify(error)} ${JSON.stringify({ ...error })}`;
  const defaults = Object.values(gateways).map(({ vectors }) => vectors.client.api_secret);
  const kept = [secret, secretKey, client?.api_secret, client?.notification_secret, ...defaults, ...secrets, signature, body];
  for (const text of kept.flat()) {
    if (typeof text === "string" && text.length >= 8) assert.ok(!told.includes(text), `tells ${text}`);
  }
}

function checkClientWorks(client, gateway) {
  const [{ method, input, request }] = gateways[gateway].vectors.calls;
  assert.equal(client[camelCase(method)](input).method, request.method);
}

describe("bad inputs", () => {
  for (const entry of badInputs) {
    test(entry.name, () => {
      assert.ok(!entry.unwritable_in?.includes("javascript"));
      if (entry.operation === "construct") {
        const { make, vectors } = gateways[entry.gateway];
        const name = entry.gateway === "bitloga" ? "api_secret" : "notification_secret";
        checkError(failureOf(() => make({ client: { ...vectors.client, [name]: entry.secret } })), entry);
        return;
      }
      const { make } = gateways[entry.gateway];
      const client = make(entry);
      for (const attempt of operations[entry.operation](entry)) {
        checkError(failureOf(attempt, client), entry);
      }
      if (!(entry.client?.notification_secret && entry.gateway === "apiforcrypto")) checkClientWorks(client, entry.gateway);
    });
  }
});
