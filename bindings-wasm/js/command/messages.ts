// What the commands ask of the library.

import { ApiForCrypto, Bitloga } from "../index.js";
import type { Arguments } from "./arguments.js";
import { wrongUse } from "./failure.js";
import { readFields } from "./fields.js";
import { readFile } from "./files.js";
import { readHeaders } from "./headers.js";
import type { Header } from "./headers.js";
import { decoded } from "./text.js";

/** A message to post. */
export interface Message {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a verified message says: a result as the library gives it. */
export type Verified = Readonly<Record<string, unknown>>;

/** Where a signature is that was not given as text. */
export type Source = string | readonly Header[];

/** The clients, as the package for this runtime makes them. */
type BitlogaClient = InstanceType<typeof Bitloga>;
type ApiForCryptoClient = InstanceType<typeof ApiForCrypto>;

/** A client of Bitloga. The key proves nothing about callbacks, so that one may be left out. */
export function bitloga(secret: string, apiKey = "not-given"): BitlogaClient {
  return new Bitloga({ apiKey, apiSecret: secret });
}

function apiForCrypto(secret: string): ApiForCryptoClient {
  return new ApiForCrypto({ walletId: "not-given", notificationSecret: secret });
}

/** The signature that a command was given, or the headers it is in. */
export function sourceOf(given: Arguments): Source {
  const [signature, headers] = [given.value("signature"), given.value("headers")];
  if (signature !== undefined && headers !== undefined) throw wrongUse("give --headers or --signature, not both");
  if (signature !== undefined) return signature;
  if (headers !== undefined) return readHeaders(decoded(readFile("--headers", headers)));
  throw wrongUse("the signature is missing: give --headers FILE or --signature TEXT");
}

/** How a gateway's messages are verified. `source` is not there where they carry a secret key. */
export function verifierOf(given: Arguments): (secret: string, body: Uint8Array) => Verified {
  if (given.gateway === "bitloga") {
    const source = sourceOf(given);
    return (secret, body) => ({ ...bitloga(secret).verifyCallback(body, source) });
  }
  if (given.has("headers") || given.has("signature")) {
    throw wrongUse("notifications of apiforcrypto are not signed: leave --headers and --signature out");
  }
  return (secret, body) => ({ ...apiForCrypto(secret).verifyNotification(body) });
}

/** How a message of the fields that were given is made. */
export function makerOf(given: Arguments): (secret: string) => Message {
  const fields = readFields(given);
  if (given.gateway === "bitloga") {
    return (secret) => bitloga(secret).signCallback(fields as unknown as Parameters<BitlogaClient["signCallback"]>[0]);
  }
  return (secret) => {
    const client = apiForCrypto(secret);
    return client.testNotification(fields as unknown as Parameters<ApiForCryptoClient["testNotification"]>[0]);
  };
}

/** The fields of a verified message, as every language prints them. */
export function fieldsOf(verified: Verified): Record<string, unknown> {
  const { isPaid, isFinal, extra, event_id, secret_index, ...fields } = verified;
  return {
    ...fields,
    ...(extra !== undefined && { extra }),
    is_paid: isPaid,
    is_final: isFinal,
    event_id,
    ...(secret_index !== undefined && { secret_index }),
  };
}
