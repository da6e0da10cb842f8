// Fresh identifiers.

import { operate } from "./boundary.js";
import { DONE, Written } from "./reply.js";

/** An identifier for `uniqueid`: 128 random bits as 26 characters that are safe in URLs. */
export function uniqueId(): string {
  const reply = operate((wasm) => wasm.fresh_identifier());
  if (reply[0] !== DONE) throw new Error("payseal: this platform has no crypto.getRandomValues");
  return new Written(reply).text();
}
