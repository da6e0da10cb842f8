// What all clients have: settings that JavaScript keeps, and a handle in the module.

import { enter, leave, isWellFormed, wipeInput, wipeOutputText } from "./boundary.js";
import { byteLength, isBytes } from "./bytes.js";
import { Call } from "./call.js";
import { InvalidInputError, invalidInput, withStackOf, unreadable } from "./errors.js";
import type { Entry } from "./errors.js";
import { valuesOf, writeValues } from "./inputs.js";
import type { ParameterSet } from "./inputs.js";
import { optionsOf } from "./names.js";
import { OutputReader } from "./output.js";
import type { Reader } from "./output.js";
import { ClientHandle } from "./client-handle.js";

/** A secret: its text, or its bytes, which are read at once and may be wiped afterwards. */
export type Secret = string | Uint8Array;

/** How clients of one gateway are made. */
export interface Gateway<Options> {
  /** Its place in the core's list. */
  readonly number: number;
  /** Whether parameters of calls, and their requests, may hold a secret. */
  readonly hasSecrets: boolean;
  /** Options that are texts, in the order in which the module takes them. */
  readonly settings: readonly (keyof Options & string)[];
  /** Which option holds the secrets. */
  readonly secrets: keyof Options & string;
  /** Whether there have to be some. */
  readonly needsSecrets: boolean;
}

/** 1 MiB. */
const DEFAULT_MAX_BODY = 1024 * 1024;

/** A client of a gateway. Nothing has to be freed. */
export abstract class Client {
  readonly #handle: ClientHandle;
  readonly #hasSecrets: boolean;

  /** @internal */
  protected constructor(gateway: Gateway<never>, options: unknown, entry: Entry) {
    try {
      this.#hasSecrets = gateway.hasSecrets;
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
  protected call<Parameters, Answer>(
    method: number,
    given: unknown,
    parameters: ParameterSet<Parameters>,
    read: Reader<Answer>,
  ): Call<Answer> {
    const handle = this.#handle;
    const values = valuesOf(given, parameters);
    const hasSecrets = this.#hasSecrets;
    let output, written;
    do {
      const length = writeValues(values);
      output = leave(enter().call(handle.number, method, length));
      written = new OutputReader(output);
      if (hasSecrets) wipeInput(length, 0);
    } while (handle.wasEvicted(output));
    if (hasSecrets) wipeOutputText();
    return new Call(written, handle, method, read);
  }
}

function handleFor(gateway: Gateway<never>, given: unknown): ClientHandle {
  const { number, settings, secrets } = gateway;
  const options = optionsOf<Record<string, unknown>>(given, [...settings, secrets, "maxBody"]);
  const values = settings.map((name) => settingOf(name, options[name]));
  return new ClientHandle(number, values, secretsOf(gateway, options[secrets]), bodyLimit(options["maxBody"]));
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

function secretsOf({ secrets: name, needsSecrets }: Gateway<never>, given: unknown): Secret[] {
  if (given === undefined && !needsSecrets) return [];
  try {
    return needsSecrets && Array.isArray(given) ? given.map(secretOf) : [secretOf(given)];
  } catch (error) {
    throw unreadable(name, error);
  }
}

function secretOf(secret: unknown): Secret {
  if (typeof secret === "string" && isWellFormed(secret)) return secret;
  // The core says what is wrong with a secret that is not there.
  if (secret === undefined || secret === null) return "";
  if (isBytes(secret)) {
    if (byteLength(secret) > 0) return secret;
    throw new InvalidInputError("invalid_secret", "the secret is empty: was it wiped or handed on before it was read?");
  }
  throw new InvalidInputError("invalid_secret", "the secret is neither text nor a Uint8Array");
}
