// Every vector, in every form that its input can have in JavaScript.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { expectCallback } from "payseal";

import { gateways } from "./support/clients.mjs";
import { camelCase, forms, plain, sources } from "./support/vectors.mjs";

for (const [name, { make, vectors }] of Object.entries(gateways)) {
  const { calls, answers, callbacks = [], notifications = [] } = vectors;

  describe(`${name}: calls`, () => {
    for (const vector of calls) {
      test(vector.name, () => {
        const call = make(vector)[camelCase(vector.method)](vector.input);
        const { method, url, headers, body } = call;
        const request = { method, url, headers: Object.entries(headers), ...(body !== undefined && { body }) };
        assert.deepEqual(request, vector.request);
      });
    }
  });

  describe(`${name}: answers`, () => {
    for (const vector of answers) {
      test(vector.name, () => {
        const { method, input } = calls.find((call) => call.method === vector.method);
        const call = make(vector)[camelCase(method)](input);
        for (const body of forms(vector.body)) {
          assert.deepEqual(plain(call.parse(vector.status, body)), vector.value);
        }
      });
    }
  });

  describe(`${name}: callbacks`, () => {
    for (const vector of callbacks) {
      test(vector.name, () => {
        const client = make(vector);
        for (const body of forms(vector.body)) {
          for (const source of sources(vector.signature)) {
            const callback = client.verifyCallback(body, source);
            assert.deepEqual(plain(callback), vector.value);
            assert.equal(callback.event_id, vector.event_id);
            assert.equal(callback.secret_index, vector.secret_index);
            if (vector.expect) expectCallback(callback, vector.expect);
          }
        }
      });
    }
  });

  describe(`${name}: notifications`, () => {
    for (const vector of notifications) {
      test(vector.name, () => {
        const client = make(vector);
        for (const body of forms(vector.body)) {
          const notification = client.verifyNotification(body, vector.secret_key);
          assert.deepEqual(plain(notification), vector.value);
          assert.equal(notification.event_id, vector.event_id);
        }
      });
    }
  });
}
