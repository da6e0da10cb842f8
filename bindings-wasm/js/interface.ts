// The public interface.

export { ApiForCrypto } from "./api-for-crypto.js";
export type { TestNotification } from "./api-for-crypto.js";
export { Bitloga, expectCallback } from "./bitloga.js";
export type { SignedCallback, SignOptions } from "./bitloga.js";
export type { DiagnoseOptions, Diagnosis, DiagnosisCause } from "./diagnosis.js";
export type { Body } from "./body.js";
export { Call } from "./call.js";
export type { Secret } from "./client.js";
export {
  GatewayError,
  InvalidInputError,
  MalformedError,
  MismatchError,
  PaysealError,
  SignatureError,
} from "./errors.js";
export type { Difference, ErrorCode } from "./errors.js";
export type * from "./generated/types.js";
export { advance, run } from "./driver.js";
export type { Advanced, DriverOptions, RunOptions, StopSignal } from "./driver.js";
export type { JsonFields, JsonValue } from "./json.js";
export type { Machine, Progress, ReportOptions } from "./machine.js";
export { Payout } from "./payout.js";
export type { Certainty, PayoutOutcome, PayoutStep, PayoutVerdict } from "./payout.js";
export type { PayoutPolicy, WatchPolicy } from "./policy.js";
export type { Extra, ExtraValue } from "./output.js";
export { send } from "./send.js";
export type { Answer, Fetch, SendOptions, Signal } from "./send.js";
export type { EdgeHeader, HeaderContainer, HeaderHolder, HeaderRecord, SignatureSource } from "./source.js";
export type { DoneStep, SendStep, Step, StepRequest, WaitStep } from "./step.js";
export { uniqueId } from "./unique-id.js";
export { version } from "./version.js";
export { CryptoInvoiceWatch, InvoiceWatch } from "./watch.js";
export type { WatchOutcome, WatchStep, WatchVerdict } from "./watch.js";
