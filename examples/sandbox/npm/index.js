import sandbox from "./index.cjs";

export const { Sandbox, SandboxError, startSandbox } = sandbox;
