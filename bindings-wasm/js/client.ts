// What both clients have: settings that JavaScript keeps, and a slot in the module that may be lost.

import { begin, encode, finish, isWellFormed } from "./boundary.js";
import { Call } from "./call.js";
import { InvalidInputError, invalidInput, thrownBy } from "./errors.js";
import type { Entry } from "./errors.js";
import { valuesOf, writeValues } from "./inputs.js";
import type { ParameterSet } from "./inputs.js";
import { Written } from "./reply.js";
import type { Reader } from "./reply.js";
import { Slot } from "./slot.js";
import type { Operations } from "./slot.js";

/** A secret: its text, or its bytes. */
export type Secret = string | Uint8Array;

/** 1 MiB. */
const DEFAULT_MAX_BODY = 1024 * 1024;

/** A client of a gateway. Nothing has to be freed. */
export abstract class Client {
  readonly #slot: Slot;

  /** @internal */
  protected constructor(
    operations: Operations,
    settings: readonly unknown[],
    secrets: readonly unknown[],
    maxBody: unknown,
    entry: Entry,
  ) {
    try {
      this.#slot = new Slot(operations, settings, secrets.map(secretBytes), bodyLimit(maxBody));
    } catch (error) {
      throw thrownBy(entry, error);
    }
  }

  /** @internal */
  protected get slot(): Slot {
    return this.#slot;
  }

  /** @internal */
  protected call<Parameters, Answer>(
    method: number,
    given: unknown,
    parameters: ParameterSet<Parameters>,
    read: Reader<Answer>,
  ): Call<Answer> {
    const slot = this.#slot;
    const values = valuesOf(given, parameters);
    let reply;
    do {
      const length = writeValues(values);
      reply = finish(begin()[slot.operations.call](slot.number, method, length));
    } while (slot.wasLost(reply));
    return new Call(new Written(reply), slot, method, read);
  }
}

/** The options of a client, which JavaScript may have left out. */
export function optionsOf<Options extends object>(options: Options): Partial<Options> {
  return typeof options === "object" && options !== null ? options : {};
}

function bodyLimit(maxBody: unknown): number {
  if (maxBody === undefined) return DEFAULT_MAX_BODY;
  if (Number.isInteger(maxBody) && (maxBody as number) > 0 && (maxBody as number) <= 1 << 28) return maxBody as number;
  throw invalidInput("maxBody", "must be a whole number of bytes, at most 268435456");
}

function secretBytes(secret: unknown): Uint8Array {
  if (typeof secret === "string" && isWellFormed(secret)) return encode(secret);
  // A copy: `slice` of a Node `Buffer` is a view, which changes with what it was made of.
  if (secret instanceof Uint8Array) return new Uint8Array(secret);
  // The core says what is wrong with a secret that is not there.
  if (secret === undefined || secret === null) return new Uint8Array(0);
  throw new InvalidInputError("invalid_secret", "the secret is neither text nor a Uint8Array");
}
