// Verifies what was pasted, by the library itself.

import { ApiForCrypto, Bitloga, PaysealError } from "payseal";
import type { Diagnosis } from "payseal";

// The rules by which `npx payseal` reads headers.
import { readHeaders } from "../../../../bindings-wasm/js/command/headers.ts";
import type { Header } from "../../../../bindings-wasm/js/command/headers.ts";
import { Unreadable, bytesOf, emptyBody } from "./body.ts";
import type { GivenBody } from "./body.ts";

export type Gateway = "Bitloga" | "ApiForCrypto";

/** What proves a notification of Api for Crypto. */
export type Proof = "notification secret" | "secret_key";

/** Everything that was typed. */
export interface Given {
  gateway: Gateway;
  body: GivenBody;
  /** Headers or a bare signature. */
  source: string;
  secret: string;
  apiKey: string;
  proof: Proof;
}

/** A field by its path, such as `data.order_id`, and its value as text. */
export type Field = readonly [name: string, value: string];

export type Outcome =
  | { readonly kind: "verified"; readonly fields: readonly Field[] }
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly diagnosis?: Diagnosis }
  | { readonly kind: "unreadable"; readonly message: string };

export const nothingGiven = (): Given => ({
  gateway: "Bitloga",
  body: emptyBody(),
  source: "",
  secret: "",
  apiKey: "",
  proof: "notification secret",
});

export function verified(given: Given): Outcome {
  try {
    const body = bytesOf(given.body);
    return given.gateway === "Bitloga" ? callback(given, body) : notification(given, body);
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "unreadable", message: error.message };
    throw error;
  }
}

function callback({ source, secret, apiKey }: Given, body: Uint8Array): Outcome {
  const signature = sourceOf(source);
  let client: InstanceType<typeof Bitloga> | undefined;
  return outcome(
    () => {
      // The key proves nothing about callbacks, so that it may be left out.
      client = new Bitloga({ apiKey: apiKey || "not-given", apiSecret: secret });
      return client.verifyCallback(body, signature);
    },
    () => client?.diagnose(body, signature, { secret }),
  );
}

function notification({ proof, secret }: Given, body: Uint8Array): Outcome {
  return outcome(() => {
    if (proof === "secret_key") return new ApiForCrypto({ walletId: "not-given" }).verifyNotification(body, secret);
    return new ApiForCrypto({ walletId: "not-given", notificationSecret: secret }).verifyNotification(body);
  });
}

function outcome(verify: () => object, diagnose: () => Diagnosis | undefined = () => undefined): Outcome {
  try {
    return { kind: "verified", fields: [...fieldsOf(verify())] };
  } catch (error) {
    if (!(error instanceof PaysealError)) throw error;
    const diagnosis = diagnose();
    return { kind: "refused", code: error.code, message: error.message, ...(diagnosis && { diagnosis }) };
  }
}

/** Headers where the text has some, else a signature. */
function sourceOf(text: string): string | readonly Header[] {
  const trimmed = text.trim();
  if (!/[:[{]/.test(trimmed)) return trimmed;
  try {
    return readHeaders(text);
  } catch {
    if (/^[[{]/.test(trimmed))
      throw new Unreadable("The headers begin like JSON, but are not an object or a list of them.");
    return trimmed;
  }
}

function* fieldsOf(message: object, prefix = ""): Generator<Field> {
  for (const [name, value] of Object.entries(message)) {
    if (typeof value === "object" && value !== null) yield* fieldsOf(value as object, `${prefix}${name}.`);
    else yield [prefix + name, String(value)];
  }
}
