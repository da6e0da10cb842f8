// The module that the interface runs on. Entries and users say where it comes from.

import { PaysealError, unsupportedRuntime } from "./errors.js";
import { moduleOfThisRealm } from "./realm.js";

/** A compiled `WebAssembly.Module`, the bytes of `payseal/payseal.wasm`, or a function that returns one of them. */
export type ModuleSource = object;

let compiled: WebAssembly.Module | undefined;
let load: (() => object) | undefined;

const REFUSED =
  "payseal could not load its WebAssembly. In a page with a content security policy, script-src needs " +
  "'wasm-unsafe-eval'. In an edge runtime, which compiles no bytes, the bundler has to import the module: OpenNext " +
  'needs serverExternalPackages: ["payseal"], Nitro 2 needs experimental.wasm, a server build of Vite for Workers needs ' +
  "@cloudflare/vite-plugin. Everywhere else give it to payseal/slim";

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
    if (load === undefined) {
      throw new PaysealError("not_initialized", "payseal/slim: call init with payseal/payseal.wasm first");
    }
    const source = load;
    compiled = loaded(() => toModule(source()));
  }
  return compiled;
}

function toModule(source: object): WebAssembly.Module {
  return loaded(() => moduleOfThisRealm(source) ?? new WebAssembly.Module(source as BufferSource));
}

/** What a runtime that refuses WebAssembly throws has many types and no code. */
function loaded(make: () => WebAssembly.Module): WebAssembly.Module {
  if (typeof WebAssembly === "undefined") throw unsupportedRuntime("this runtime has no WebAssembly");
  try {
    return make();
  } catch (cause) {
    throw cause instanceof PaysealError ? cause : unsupportedRuntime(REFUSED, cause);
  }
}
