// The public interface without a module: bring your own.

export * from "./index.js";
export { init } from "./module.slim.js";
export type { ModuleSource } from "./module.slim.js";
