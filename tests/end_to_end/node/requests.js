// Reads calls as JSON from standard input, and prints the request that each of them makes, or the error.

import { readFileSync } from "node:fs";

import { ApiForCrypto, Bitloga, PaysealError } from "payseal";

const CLIENTS = { bitloga: Bitloga, apiforcrypto: ApiForCrypto };

/** The name of a method or an option in JavaScript. */
function inJavaScript(name) {
  return name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}

function request({ gateway, client, method, input }) {
  const options = Object.entries(client).map(([name, value]) => [inJavaScript(name), value]);
  try {
    const call = new CLIENTS[gateway](Object.fromEntries(options))[inJavaScript(method)](input);
    return { method: call.method, url: call.url, headers: Object.entries(call.headers), body: call.body ?? null };
  } catch (error) {
    if (!(error instanceof PaysealError)) throw error;
    return { code: error.code, message: error.message, field: error.field ?? null };
  }
}

const calls = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(calls.map(request)));
