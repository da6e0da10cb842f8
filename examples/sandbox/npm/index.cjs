"use strict";

const { SandboxError } = require("./lib/error.cjs");
const { Sandbox, startSandbox } = require("./lib/sandbox.cjs");

module.exports = { Sandbox, SandboxError, startSandbox };
