// Cloudflare Workers: bytes may not be compiled there, modules are imported.

import compiled from "../dist/payseal.wasm";

export function wasmModule(): WebAssembly.Module {
  return compiled as unknown as WebAssembly.Module;
}
