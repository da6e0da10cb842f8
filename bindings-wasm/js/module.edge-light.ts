// Vercel's edge runtime, where modules are imported with `?module`.

import compiled from "../dist/payseal.wasm?module";

export function wasmModule(): WebAssembly.Module {
  return compiled as unknown as WebAssembly.Module;
}
