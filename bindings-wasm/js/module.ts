// The module that the interface runs on. Entries and users say where it comes from.

import { moduleOfThisRealm } from "./realm.js";

/** A compiled `WebAssembly.Module`, the bytes of `payseal/payseal.wasm`, or a function that returns one of them. */
export type ModuleSource = object;

let compiled: WebAssembly.Module | undefined;
let load: (() => object) | undefined;

/**
 * Takes the module. Call it before anything else; a second call changes nothing. A function is called when the module
 * is first needed.
 */
export function init(source: ModuleSource): void {
  if (typeof source === "function") load ??= source as () => object;
  else compiled ??= toModule(source);
}

export function wasmModule(): WebAssembly.Module {
  if (compiled === undefined) {
    if (load === undefined) throw new Error("payseal/slim: call init with payseal/payseal.wasm first");
    compiled = toModule(load());
  }
  return compiled;
}

function toModule(source: object): WebAssembly.Module {
  return moduleOfThisRealm(source) ?? new WebAssembly.Module(source as BufferSource);
}
