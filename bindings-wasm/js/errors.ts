// One family of errors. `code` is the stable name of the cause.

import { codes } from "./generated/errors.js";
import type { CoreErrorCode } from "./generated/errors.js";

/**
 * The stable name of what went wrong. Two are of JavaScript alone: `unsupported_runtime` where WebAssembly, random
 * values or UTF-8 are missing or refused, and `not_initialized` where `payseal/slim` has not been given a module.
 */
export type ErrorCode = CoreErrorCode | "unsupported_runtime" | "not_initialized";

/** What an error may say besides its code and message. */
export interface ErrorDetails {
  readonly field?: string | undefined;
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  readonly body?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly differences?: readonly Difference[] | undefined;
  readonly cause?: unknown;
}

/** One field of a callback that is not what you expected. */
export interface Difference {
  /** The gateway's name of the field. */
  readonly field: string;
  /** What you expected. */
  readonly expected: string;
  /** What the callback says; absent where it does not have the field. */
  readonly actual?: string;
}

/** Everything that can go wrong. Test `code`: it is the same in every language and every release. */
export class PaysealError extends Error {
  /** The stable name of the cause. */
  readonly code: ErrorCode;
  /** The field or parameter at fault, by the gateway's name, where there is one. */
  declare readonly field?: string;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    if (details.field !== undefined) this.field = details.field;
  }

  static {
    name(this, "PaysealError");
  }
}

/** Your input is at fault: `invalid_input`, `invalid_secret`, `body_not_raw`. */
export class InvalidInputError extends PaysealError {
  static {
    name(this, "InvalidInputError");
  }
}

/** `signature_missing`, `signature_malformed`, `signature_mismatch`, `signature_ambiguous`: answer with status 401. */
export class SignatureError extends PaysealError {
  static {
    name(this, "SignatureError");
  }
}

/** The gateway refused (`rejected`) or failed (`http_status`). */
export class GatewayError extends PaysealError {
  /** The HTTP status of the answer. */
  readonly status: number;
  /**
   * Whether the same request may be sent again: the server failed or was overloaded, and the request cannot move money
   * twice. It is false for everything that moves money (`withdraw`, `createCode`, `applyCode`): it is not known how far
   * such a server came. For payouts use `payout`.
   */
  readonly retryable: boolean;
  /** The gateway's own words, where it gave some. */
  declare readonly reason?: string;
  readonly #body: string;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, message, details);
    this.status = details.status ?? 0;
    this.retryable = details.retryable ?? false;
    if (details.reason !== undefined) this.reason = details.reason;
    this.#body = details.body ?? "";
  }

  /** The body as received. It is not a field, so that it stays out of logs. */
  get body(): string {
    return this.#body;
  }

  static {
    name(this, "GatewayError");
  }
}

/** The bytes cannot be read as what they should be: `malformed_body`. */
export class MalformedError extends PaysealError {
  static {
    name(this, "MalformedError");
  }
}

/** A genuine callback, for something else than you expected: `mismatch`. */
export class MismatchError extends PaysealError {
  /** Every field that differs. */
  readonly differences: readonly Difference[];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(code, message, details);
    this.differences = details.differences ?? [];
  }

  static {
    name(this, "MismatchError");
  }
}

/**
 * Names a class: a minifier would rename it, and the name of an error is what people read.
 *
 * A program may have the package twice, as ES modules and as CommonJS: an error is an instance of the class of that name
 * in both. Classes that a program derives from it have their own instances only.
 */
function name(type: { prototype: Error }, value: string): void {
  const mark = Symbol.for(`payseal.${value}`);
  Object.defineProperties(type.prototype, {
    name: { value, configurable: true, writable: true },
    [mark]: { value: true },
  });
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: unknown, error: unknown) {
      if (isInstance.call(this as () => void, error)) return true;
      return this === type && typeof error === "object" && error !== null && mark in error;
    },
  });
}

const families = { InvalidInputError, SignatureError, GatewayError, MalformedError, MismatchError };

/** Makes the error of the code that is at `position` in the core's list. */
export function errorOf(position: number, message: string, details: ErrorDetails): PaysealError {
  const [code, family] = codes[position] ?? codes[0];
  const limit = engine.stackTraceLimit;
  const isMadeLater = engine.captureStackTrace !== undefined && limit !== undefined;
  // `withStackOf` makes the stack, and making it twice is half of what a refusal takes.
  if (isMadeLater) Reflect.set(Error, "stackTraceLimit", 0);
  try {
    return new families[family](code, message, details);
  } finally {
    if (isMadeLater) Reflect.set(Error, "stackTraceLimit", limit);
  }
}

export function invalidInput(field: string, rule: string): InvalidInputError {
  return new InvalidInputError("invalid_input", `${field}: ${rule}`, { field });
}

export function unsupportedRuntime(message: string, cause?: unknown): PaysealError {
  return new PaysealError("unsupported_runtime", message, { cause });
}

/**
 * What is thrown because something that a caller gave throws when it is read: a revoked proxy, a getter. An exhausted
 * stack is not its fault.
 */
export function unreadable(field: string, cause: unknown): unknown {
  if (cause instanceof PaysealError || cause instanceof RangeError) return cause;
  return new InvalidInputError("invalid_input", `${field}: cannot be read`, { field, cause });
}

/** A function or class of the public interface. */
export type Entry = unknown;

/**
 * What a function of the public interface throws because of `error`, whose stack then begins where that was called.
 *
 * Each of them catches its errors itself, so that it is still on the stack: JavaScriptCore, and so Bun, makes tail calls.
 */
export function withStackOf(entry: Entry, error: unknown): unknown {
  if (error instanceof PaysealError) engine.captureStackTrace?.(error, entry);
  return error;
}

/** What a function returns in place of throwing an error: to throw it a second time takes a tenth of a refusal. */
export class Failure {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}

/** What V8 has, and JavaScriptCore. */
const engine = Error as {
  stackTraceLimit?: number;
  captureStackTrace?: (error: Error, below: unknown) => void;
};
