// The options as words of the command line.
"use strict";

const NAMES = [
  "host", "port", "apiKey", "apiSecret", "walletId", "state", "phpJson", "pauseScale", "autoPay", "blockTime",
  "detailsLag", "notKnown", "repeats", "payoutsPending", "payoutsEnd", "bodyTimeout", "allowHost", "trouble", "seed",
];

/**
 * @param {Readonly<Record<string, unknown>>} options
 * @returns {string[]}
 */
function words(options) {
  return Object.entries(options).flatMap(([name, value]) => {
    if (!NAMES.includes(name)) {
      throw new TypeError(`the sandbox has no option "${name}"; it has ${NAMES.join(", ")}`);
    }
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === undefined || value === null || value === false) return [];
    if (value === true) return [flag];
    if (Array.isArray(value)) return value.map((each) => `${flag}=${each}`);
    // One word, so that a value may begin with a hyphen.
    return [`${flag}=${typeof value === "object" ? JSON.stringify(value) : value}`];
  });
}

module.exports = { words };
