import { createHmac, timingSafeEqual } from "node:crypto";

import { body, run, signature } from "./program.mjs";

run(() => {
  const computed = createHmac("sha512", "api-secret").update(body).digest();
  return timingSafeEqual(computed, Buffer.from(signature, "hex")) ? JSON.parse(body).uniqueid : "";
});
