// Clients in the module, which keeps only so many of them, and none when it has to be started again.
//
// A client is opened from its settings and its scheduled keys. The secrets themselves are read once, where the caller has
// them: nothing of the caller's memory is needed afterwards, and no secret is kept.

import { enter, leave, wipeInput, wipeOutput, writeNumbers, writeSecrets } from "./boundary.js";
import { writeValues } from "./inputs.js";
import { DONE, ERROR, KEY, RESULT, EVICTED } from "./generated/constants.js";
import { camelCase } from "./names.js";
import { readError } from "./output.js";

/** Clients are numbered, each time one is opened: the module knows by it which ones it still has. */
let opened = 0;

/** A client's settings, and where it is in the module. */
export class ClientHandle {
  /** What the module knows the client by. */
  number = 0;
  /** The place of its gateway in the core's list. */
  readonly gateway: number;
  /** How many bytes a body may have. */
  readonly maxBody: number;
  readonly #settings: readonly unknown[];
  readonly #keys: Uint32Array;

  constructor(
    gateway: number,
    settings: readonly unknown[],
    secrets: readonly (string | Uint8Array)[],
    maxBody: number,
  ) {
    this.gateway = gateway;
    this.maxBody = maxBody;
    this.#settings = settings;
    this.#keys = scheduled(secrets);
    this.#open();
  }

  #open(): void {
    const number = ++opened;
    const [settings, keys] = [this.#settings, this.#keys];
    const length = writeValues(settings, keys.length);
    writeNumbers(keys);
    const output = leave(enter().open(this.gateway, number, length, keys.length / KEY, this.maxBody));
    wipeInput(length, 2 * settings.length + keys.length);
    if (output[0] !== DONE) throw readError(output, undefined, camelCase);
    this.number = number;
  }

  /**
   * Whether the module had evicted the client. It is there again then, but the operation has to be done again, and its
   * input be written again. Throws the error in an output.
   */
  wasEvicted(output: Uint32Array): boolean {
    if (output[0] === ERROR) throw readError(output);
    if (output[0] !== EVICTED) return false;
    this.#open();
    return true;
  }
}

/** The scheduled keys of secrets. They are in no memory but that which is returned. */
function scheduled(secrets: readonly (string | Uint8Array)[]): Uint32Array {
  const length = writeSecrets(secrets);
  const output = leave(enter().schedule_keys(secrets.length));
  wipeInput(length, 0);
  if (output[0] !== DONE) throw readError(output);
  const end = RESULT + KEY * secrets.length;
  const keys = output.slice(RESULT, end);
  wipeOutput(RESULT, end);
  return keys;
}
