// Clients in the module, which keeps only so many of them.

import { begin, erase, finish, writeSecrets } from "./boundary.js";
import { writeValues } from "./inputs.js";
import { DONE, ERROR, readError, STALE } from "./reply.js";

/** The names of one gateway's operations in the module. */
export interface Operations {
  readonly open: "open_bitloga" | "open_api_for_crypto";
  readonly call: "call_bitloga" | "call_api_for_crypto";
  readonly parse: "parse_bitloga" | "parse_api_for_crypto";
}

/** Clients are numbered, each time one is opened: the module knows by it which ones it still has. */
let opened = 0;

/** A client's settings, and where it stands in the module. */
export class Slot {
  /** What the module knows the client by. */
  number = 0;
  readonly operations: Operations;
  /** How many bytes a body may have. */
  readonly maxBody: number;
  readonly #settings: readonly unknown[];
  readonly #secrets: readonly Uint8Array[];

  constructor(operations: Operations, settings: readonly unknown[], secrets: readonly Uint8Array[], maxBody: number) {
    this.operations = operations;
    this.maxBody = maxBody;
    this.#settings = settings;
    this.#secrets = secrets;
    this.#open();
  }

  #open(): void {
    const number = ++opened;
    const count = this.#secrets.length;
    const length = writeValues(this.#settings, count);
    const written = writeSecrets(length, 2 * this.#settings.length, this.#secrets);
    const reply = finish(begin()[this.operations.open](number, length, count, this.maxBody));
    erase(written);
    if (reply[0] !== DONE) throw readError(reply, undefined, optionName);
    this.number = number;
  }

  /**
   * Whether the module had lost the client. It is there again then, but the operation has to be done again, and its
   * input be written again. Throws the error that a reply tells of.
   */
  wasLost(reply: Uint32Array): boolean {
    if (reply[0] === ERROR) throw readError(reply);
    if (reply[0] !== STALE) return false;
    this.#open();
    return true;
  }
}

/** Options of a client have names in the manner of JavaScript: `base_url` is `baseUrl`. */
function optionName(field: string): string {
  return field.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
