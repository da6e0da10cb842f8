// Cloudflare Workers: bytes may not be compiled there, modules are imported.

import compiled from "../dist/payseal.wasm";

export function load(): object {
  return compiled as unknown as object;
}
