// Fresh identifiers.

import { begin, finish, writeBody } from "./boundary.js";
import { Written } from "./reply.js";

/** An identifier for `uniqueid`: 128 random bits as 26 characters that are safe in URLs. */
export function uniqueId(): string {
  if (typeof crypto === "undefined") throw new Error("payseal: this platform has no crypto.getRandomValues");
  const entropy = crypto.getRandomValues(new Uint8Array(16));
  writeBody(entropy, 0, entropy.length);
  return new Written(finish(begin().identifier())).text();
}
