// Where the module comes from: here inlined. The build puts one of the other module.*.ts in its place for the
// entries that need another way.

import base64 from "../dist/payseal.wasm";

let compiled: WebAssembly.Module | undefined;

/** The module, compiled once, when it is first needed. */
export function wasmModule(): WebAssembly.Module {
  compiled ??= compile(decodeBase64(base64));
  return compiled;
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    throw new Error(
      "payseal could not compile its WebAssembly. In a page with a content security policy, script-src needs " +
        "'wasm-unsafe-eval'. In an edge runtime that refuses bytes, see payseal/slim.",
      { cause },
    );
  }
}
