/** The WebAssembly module, where `.wasm` files are imported as modules. It goes into `init` of `payseal/slim`. */
declare const module: object;
export default module;
