// Where the program is: in the package for this platform, which comes as an optional dependency.
"use strict";

const { SandboxError } = require("./error.cjs");

const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];

/** @param {string} platform, such as `linux-x64` */
function program(platform = `${process.platform}-${process.arch}`) {
  if (!PLATFORMS.includes(platform)) {
    throw new SandboxError(
      `payseal-sandbox has no program for ${platform}, only for ${PLATFORMS.join(", ")}. ` +
        "Build it from its source with Rust, and start it yourself.",
    );
  }
  const name = `@payseal/sandbox-${platform}`;
  try {
    return require.resolve(`${name}/payseal-sandbox${platform.startsWith("win32") ? ".exe" : ""}`);
  } catch (cause) {
    throw new SandboxError(
      `The package ${name} is missing. npm installs it with payseal-sandbox as an optional dependency, unless told ` +
        "not to (--omit=optional, --no-optional), or unless node_modules comes from a machine of another kind. " +
        "Remove node_modules and install again on this machine; if only package-lock.json lacks it, remove that too.",
      { cause },
    );
  }
}

module.exports = { program };
