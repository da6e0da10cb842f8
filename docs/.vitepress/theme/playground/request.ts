// Builds and signs a request, by the library itself.

import { ApiForCrypto, Bitloga, PaysealError } from "payseal";

import { toHex } from "./body.ts";
import { argumentsOf, objectOf } from "./form.ts";
import type { Argument, Values } from "./form.ts";
import type { Gateway, Method } from "./methods.ts";

/** What is to be asked for. */
export interface Wanted {
  readonly gateway: Gateway;
  /** The texts of the client's settings by their names. */
  readonly settings: Readonly<Record<string, string>>;
  readonly method: Method;
  readonly values: Values;
}

export interface BuiltRequest {
  readonly kind: "built";
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
  readonly bytes: Uint8Array;
  readonly hex: string;
}

export interface RefusedRequest {
  readonly kind: "refused";
  readonly code: string;
  readonly message: string;
}

const clients = { ApiForCrypto, Bitloga };

export const given = ({ method, values }: Wanted): Argument[] => argumentsOf(method.parameters, values);

export function built(wanted: Wanted): BuiltRequest | RefusedRequest {
  const { gateway, settings, method } = wanted;
  try {
    const entries = gateway.settings.map(({ name, javascript }) => [javascript, settings[name] || undefined]);
    const client: unknown = Reflect.construct(clients[gateway.name], [Object.fromEntries(entries)]);
    const parameters = method.parameters.length > 0 ? [objectOf(given(wanted))] : [];
    return shown((client as Client)[method.javascript]!(...parameters));
  } catch (error) {
    if (!(error instanceof PaysealError)) throw error;
    return { kind: "refused", code: error.code, message: error.message };
  }
}

type Client = Readonly<Record<string, (...parameters: object[]) => SignedRequest>>;

interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

function shown({ method, url, headers, body }: SignedRequest): BuiltRequest {
  const bytes = new TextEncoder().encode(body ?? "");
  return { kind: "built", method, url, headers: Object.entries(headers), body, bytes, hex: toHex(bytes) };
}
