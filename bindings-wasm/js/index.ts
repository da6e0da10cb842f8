// The entries with a module: the build puts one of the other ways to load it in place of the inlined one.

import { load } from "./module.inlined.js";
import {
  ApiForCrypto as SlimApiForCrypto,
  Bitloga as SlimBitloga,
  expectCallback as slimExpectCallback,
  init,
  uniqueId as slimUniqueId,
} from "./slim.js";

export {
  Call,
  CryptoInvoiceWatch,
  GatewayError,
  InvalidInputError,
  InvoiceWatch,
  MalformedError,
  MismatchError,
  PaysealError,
  Payout,
  SignatureError,
  advance,
  run,
  send,
  version,
} from "./slim.js";

// Importing does nothing that a bundler could not leave out: whoever uses one of these brings the module along.
export const ApiForCrypto = /* @__PURE__ */ withModule(SlimApiForCrypto);
export const Bitloga = /* @__PURE__ */ withModule(SlimBitloga);
export const expectCallback = /* @__PURE__ */ withModule(slimExpectCallback);
export const uniqueId = /* @__PURE__ */ withModule(slimUniqueId);

function withModule<Value>(value: Value): Value {
  init(load);
  return value;
}
