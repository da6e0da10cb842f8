// What both clients have: settings that JavaScript keeps, and a slot in the module that may be lost.

import { encode, erase, isWellFormed, operate, writeEntries, writeSecrets } from "./boundary.js";
import type { Wasm } from "./boundary.js";
import { Call } from "./call.js";
import type { Reading } from "./call.js";
import { InvalidInputError, entered, invalidInput } from "./errors.js";
import type { Entry } from "./errors.js";
import { Inputs, inputsOf } from "./inputs.js";
import type { Writer } from "./inputs.js";
import { DONE, END, readError, STALE, Written } from "./reply.js";
import type { Reader } from "./reply.js";

/** A secret: its text, or its bytes. */
export type Secret = string | Uint8Array;

/** The operations of one gateway. */
export interface Operations {
  open(wasm: Wasm, client: number, length: number, secrets: number, maxBody: number): number;
  call(wasm: Wasm, client: number, method: number, length: number): number;
  parse(wasm: Wasm, method: number, status: number, start: number, length: number, maxBody: number): number;
}

/** 1 MiB. */
const DEFAULT_MAX_BODY = 1024 * 1024;

/** Clients are numbered, each time one is opened: the module knows by it which ones it still has. */
let opened = 0;

/** A client's settings, and where it stands in the module. */
class Slot {
  number = 0;
  readonly #operations: Operations;
  readonly #settings: Inputs;
  readonly #secrets: readonly Uint8Array[];
  readonly #maxBody: number;

  constructor(operations: Operations, settings: Inputs, secrets: readonly Uint8Array[], maxBody: number) {
    this.#operations = operations;
    this.#settings = settings;
    this.#secrets = secrets;
    this.#maxBody = maxBody;
  }

  open(): void {
    const { entries, text } = this.#settings;
    const number = ++opened;
    const length = writeEntries(entries, text, this.#secrets.length);
    const written = writeSecrets(length, entries.length, this.#secrets);
    const reply = operate((wasm) => this.#operations.open(wasm, number, length, this.#secrets.length, this.#maxBody));
    erase(written);
    if (reply[0] !== DONE) throw readError(reply);
    this.number = number;
  }
}

/** A client of a gateway. Nothing has to be freed. */
export abstract class Client {
  readonly #operations: Operations;
  readonly #slot: Slot;
  readonly #maxBody: number;

  /** @internal */
  protected constructor(
    operations: Operations,
    settings: readonly unknown[],
    secrets: readonly unknown[],
    maxBody: unknown,
    entry: Entry,
  ) {
    this.#operations = operations;
    const [slot, limit] = entered(entry, () => {
      const inputs = new Inputs();
      for (const setting of settings) inputs.value(setting);
      const limit = bodyLimit(maxBody);
      const slot = new Slot(operations, inputs, secrets.map(secretBytes), limit);
      slot.open();
      return [slot, limit];
    });
    this.#slot = slot;
    this.#maxBody = limit;
  }

  /** @internal */
  protected get maxBody(): number {
    return this.#maxBody;
  }

  /**
   * Runs an operation of this client. It is run again if the client has lost its slot, so that it has to write
   * its input itself.
   * @internal
   */
  protected operate(operation: (wasm: Wasm, client: number) => number): Uint32Array {
    for (;;) {
      const reply = operate((wasm) => operation(wasm, this.#slot.number));
      const verdict = reply[0];
      if (verdict === DONE || verdict === END) return reply;
      if (verdict !== STALE) throw readError(reply);
      this.#slot.open();
    }
  }

  /** @internal */
  protected call<Parameters, Answer>(
    method: number,
    given: unknown,
    write: Writer<Parameters>,
    read: Reader<Answer>,
    entry: Entry,
  ): Call<Answer> {
    return entered(entry, () => {
      const inputs = inputsOf(given, write);
      const reply = this.operate((wasm, client) =>
        this.#operations.call(wasm, client, method, writeEntries(inputs.entries, inputs.text)),
      );
      return new Call(new Written(reply), this.reading(method, read));
    });
  }

  /** @internal */
  protected reading<Answer>(method: number, read: Reader<Answer>): Reading<Answer> {
    const operations = this.#operations;
    const maxBody = this.#maxBody;
    return {
      read,
      maxBody,
      parse: (wasm, status, start, length) => operations.parse(wasm, method, status, start, length, maxBody),
    };
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
  if (secret instanceof Uint8Array) return secret.slice();
  // The core says what is wrong with a secret that is not there.
  if (secret === undefined || secret === null) return new Uint8Array(0);
  throw new InvalidInputError("invalid_secret", "the secret is neither text nor a Uint8Array");
}
