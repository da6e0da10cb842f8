// Vercel's edge runtime, where modules are imported with `?module`.

import compiled from "../dist/payseal.wasm?module";

import { moduleOfThisRealm } from "./realm.js";

export function wasmModule(): WebAssembly.Module {
  const imported: unknown = compiled;
  return moduleOfThisRealm(imported as object) ?? (imported as WebAssembly.Module);
}
