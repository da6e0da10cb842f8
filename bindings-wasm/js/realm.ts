// Edge runtimes hand over modules that were compiled outside of the realm in which the code runs: they work, but
// `instanceof`, by which the glue knows modules from bytes, denies them.

/** A module of this realm, or `undefined` if it is none. */
export function moduleOfThisRealm(source: object): WebAssembly.Module | undefined {
  if (Object.prototype.toString.call(source) !== "[object WebAssembly.Module]") return undefined;
  if (!(source instanceof WebAssembly.Module)) Object.setPrototypeOf(source, WebAssembly.Module.prototype);
  return source as WebAssembly.Module;
}
