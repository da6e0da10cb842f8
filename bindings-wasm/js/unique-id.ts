// Fresh identifiers.

import { enter, leave, writeBody } from "./boundary.js";
import { withStackOf, unsupportedRuntime } from "./errors.js";
import { OutputReader } from "./output.js";

/** An identifier for `uniqueid`: 128 random bits as 26 characters that are safe in URLs. */
export function uniqueId(): string {
  try {
    if (typeof crypto === "undefined") throw unsupportedRuntime("this runtime has no crypto.getRandomValues");
    const entropy = crypto.getRandomValues(new Uint8Array(16));
    writeBody(entropy, 0, entropy.length);
    return new OutputReader(leave(enter().identifier())).text();
  } catch (error) {
    throw withStackOf(uniqueId, error);
  }
}
