// Jest's jsdom, with the globals of Node that it lacks kept at hand: the suite needs them, the package does not.

const { TestEnvironment } = require("jest-environment-jsdom");

const { TextEncoder, Uint8Array, Headers, Request, Response, crypto } = globalThis;

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.ofNode = { TextEncoder, Uint8Array, Headers, Request, Response, crypto };
  }
};
