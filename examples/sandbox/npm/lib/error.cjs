"use strict";

class SandboxError extends Error {
  name = "SandboxError";
}

module.exports = { SandboxError };
