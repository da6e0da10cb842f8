// Vercel's edge runtime, where modules are imported with `?module`.

import compiled from "../dist/payseal.wasm?module";

export function load(): object {
  return compiled as unknown as object;
}
