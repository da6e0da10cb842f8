// Fresh identifiers.

import { begin, finish, writeBody } from "./boundary.js";
import { thrownBy, unsupportedRuntime } from "./errors.js";
import { Written } from "./reply.js";

/** An identifier for `uniqueid`: 128 random bits as 26 characters that are safe in URLs. */
export function uniqueId(): string {
  try {
    if (typeof crypto === "undefined") throw unsupportedRuntime("this runtime has no crypto.getRandomValues");
    const entropy = crypto.getRandomValues(new Uint8Array(16));
    writeBody(entropy, 0, entropy.length);
    return new Written(finish(begin().identifier())).text();
  } catch (error) {
    throw thrownBy(uniqueId, error);
  }
}
