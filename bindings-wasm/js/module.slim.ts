// Bring your own module.

/** A compiled `WebAssembly.Module`, or the bytes of `payseal/payseal.wasm`. */
export type ModuleSource = object;

import { moduleOfThisRealm } from "./realm.js";

let compiled: WebAssembly.Module | undefined;

/** Takes the module. Call it before anything else; a second call changes nothing. */
export function init(source: ModuleSource): void {
  compiled ??= moduleOfThisRealm(source) ?? new WebAssembly.Module(source as BufferSource);
}

export function wasmModule(): WebAssembly.Module {
  if (compiled === undefined) throw new Error("payseal/slim: call init with payseal/payseal.wasm first");
  return compiled;
}
