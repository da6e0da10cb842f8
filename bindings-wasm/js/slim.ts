// The public interface without a module: bring your own. The other entries are this one and a module.

export * from "./interface.js";
export { init } from "./module.js";
export type { ModuleSource } from "./module.js";
