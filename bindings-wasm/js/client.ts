// What all clients have: settings that JavaScript keeps, and a handle in the module.

import { isWellFormed } from "./boundary.js";
import { byteLength, isBytes } from "./bytes.js";
import { makeCall } from "./call.js";
import type { Call, Method } from "./call.js";
import { InvalidInputError, invalidInput, withStackOf, unreadable } from "./errors.js";
import type { Entry } from "./errors.js";
import { valuesOf } from "./inputs.js";
import { optionsOf } from "./names.js";
import { ClientHandle } from "./client-handle.js";

/** A secret: its text, or its bytes, which are read at once and may be wiped afterwards. */
export type Secret = string | Uint8Array;

/** How clients of one gateway are made. */
export interface Gateway<Options> {
  /** Its place in the core's list. */
  readonly number: number;
  /** Options that are texts, in the order in which the module takes them. */
  readonly settings: readonly (keyof Options & string)[];
  /** The option that holds secrets: one, or a list of them, which may have to be there. */
  readonly secrets?: { readonly name: keyof Options & string; readonly isList: boolean; readonly isRequired: boolean };
}

/** 1 MiB. */
const DEFAULT_MAX_BODY = 1024 * 1024;

/** A client of a gateway. Nothing has to be freed. */
export abstract class Client {
  readonly #handle: ClientHandle;

  /** @internal */
  protected constructor(gateway: Gateway<never>, options: unknown, entry: Entry) {
    try {
      this.#handle = handleFor(gateway, options);
    } catch (error) {
      throw withStackOf(entry, error);
    }
  }

  /** @internal */
  protected get handle(): ClientHandle {
    return this.#handle;
  }

  /** @internal */
  protected call<Answer>(method: Method<Answer>, parameters: unknown): Call<Answer> {
    return makeCall(this.#handle, method, valuesOf(parameters, method.parameters))!;
  }
}

function handleFor(gateway: Gateway<never>, given: unknown): ClientHandle {
  const { number, settings, secrets } = gateway;
  const names = secrets === undefined ? settings : [...settings, secrets.name];
  const options = optionsOf<Record<string, unknown>>(given, [...names, "maxBody"]);
  const values = settings.map((name) => settingOf(name, options[name]));
  const keys = secrets === undefined ? [] : secretsOf(secrets, options[secrets.name]);
  return new ClientHandle(number, values, keys, bodyLimit(options["maxBody"]));
}

/** An option that is not given is absent. One that was given without a value would be taken for absent. */
function settingOf(name: string, value: unknown): unknown {
  if (value === null) throw invalidInput(name, "must be text");
  return value;
}

function bodyLimit(maxBody: unknown): number {
  if (maxBody === undefined) return DEFAULT_MAX_BODY;
  if (Number.isInteger(maxBody) && (maxBody as number) > 0 && (maxBody as number) <= 1 << 28) return maxBody as number;
  throw invalidInput("maxBody", "must be a whole number of bytes, at most 268435456");
}

function secretsOf(secrets: NonNullable<Gateway<never>["secrets"]>, given: unknown): Secret[] {
  const { name, isList, isRequired } = secrets;
  if (given === undefined && !isRequired) return [];
  try {
    return isList && Array.isArray(given) ? given.map(secretOf) : [secretOf(given)];
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** A secret as it was given; empty where none is. */
export function secretOf(secret: unknown): Secret {
  if (typeof secret === "string" && isWellFormed(secret)) return secret;
  // The core says what is wrong with a secret that is not there.
  if (secret === undefined || secret === null) return "";
  if (isBytes(secret)) {
    if (byteLength(secret) > 0) return secret;
    throw new InvalidInputError("invalid_secret", "the secret is empty: was it wiped or handed on before it was read?");
  }
  throw new InvalidInputError("invalid_secret", "the secret is neither text nor a Uint8Array");
}
