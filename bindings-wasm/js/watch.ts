// Waiting for an invoice: by asking with growing pauses, or by a verified callback, whichever comes first.

import { invalidInput, withStackOf, unreadable } from "./errors.js";
import type { Callback, Notification } from "./generated/answers.js";
import { BEGIN, CRYPTO_INVOICE, INVOICE, RESUME } from "./generated/constants.js";
import { DrivenMachine, savedText } from "./machine.js";
import { isTrue, sameText } from "./output.js";
import type { Fields, OutputReader } from "./output.js";
import { policyValues, watchOptions } from "./policy.js";
import type { WatchPolicy } from "./policy.js";
import type { ClientHandle } from "./client-handle.js";
import type { Step } from "./step.js";

/**
 * The short of how a watch ended. `paid`; `closed`: the invoice was not paid and is closed, which the gateway has said
 * twice (a late payment may still come as a callback); `unknown`: the time to give up came first.
 */
export type WatchVerdict = "paid" | "closed" | "unknown" | (string & {});

/** How a watch ended. */
export interface WatchOutcome {
  /** The short of it. */
  readonly verdict: WatchVerdict;
  /** Whether the invoice is paid. */
  readonly isPaid: boolean;
  /** The last status the gateway has said, in its own letters. */
  readonly status?: string;
}

/** What to do next. */
export type WatchStep = Step<WatchOutcome>;

abstract class Watch extends DrivenMachine<WatchOutcome> {
  /** @internal */
  protected override readOutcome(output: OutputReader): WatchOutcome {
    return output.record(outcomeFields);
  }
}

const outcomeFields: Fields<WatchOutcome> = { verdict: sameText, isPaid: isTrue, status: sameText };

/**
 * Waits for an invoice of Bitloga. `run` drives it:
 *
 * ```js
 * const watch = bitloga.watchInvoice("125");
 * const { isPaid } = await run(watch, { store: (text, revision) => save("125", text, revision) });
 * ```
 *
 * Callbacks may come late, repeated or in another order: what was paid stays paid.
 */
export class InvoiceWatch extends Watch {
  /** The invoice's identifier. */
  get uniqueid(): string {
    return this.subject;
  }

  /** Hands in a verified callback: a `run` of the watch ends at once if it says so. Whether it is about this invoice. */
  onCallback(callback: Callback): boolean {
    try {
      const { uniqueid, type, status } = checked(callback, "callback", "uniqueid");
      return this.observe(uniqueid, type, status);
    } catch (error) {
      throw withStackOf(invoicePrototype().onCallback, error);
    }
  }
}

/** Waits for an invoice of Api for Crypto. `run` drives it. An invoice that expired unpaid is `closed`. */
export class CryptoInvoiceWatch extends Watch {
  /** The invoice's UUID. Whoever knows it can look at the invoice. */
  get uuid(): string {
    return this.subject;
  }

  /** Hands in a verified notification: a `run` of the watch ends at once if it says so. Whether it is about this invoice. */
  onNotification(notification: Notification): boolean {
    try {
      const { id, status, active } = checked(notification, "notification", "id");
      return this.observe(id, undefined, status, active);
    } catch (error) {
      throw withStackOf(cryptoInvoicePrototype().onNotification, error);
    }
  }
}

// A class must not name itself: what builds the package would give it another name.
function invoicePrototype(): InvoiceWatch {
  return InvoiceWatch.prototype;
}

function cryptoInvoicePrototype(): CryptoInvoiceWatch {
  return CryptoInvoiceWatch.prototype;
}

/** The members of a message that are its own: what it inherits, no gateway has said. */
function checked<Message extends object>(message: Message, name: string, id: keyof Message & string): Message {
  let members: Record<string, unknown>;
  try {
    members = Object.assign(Object.create(null) as object, message) as Record<string, unknown>;
  } catch (error) {
    throw unreadable(name, error);
  }
  if (typeof members[id] === "string" && typeof members["status"] === "string") return members as Message;
  throw invalidInput(name, `must be a verified ${name}`);
}

export function newInvoiceWatch(handle: ClientHandle, uniqueid: string, policy?: WatchPolicy): InvoiceWatch {
  return new InvoiceWatch(INVOICE, handle, BEGIN, newValues("uniqueid", uniqueid, policy));
}

export function savedInvoiceWatch(handle: ClientHandle, text: string): InvoiceWatch {
  return new InvoiceWatch(INVOICE, handle, RESUME, savedText(text));
}

export function newCryptoInvoiceWatch(handle: ClientHandle, uuid: string, policy?: WatchPolicy): CryptoInvoiceWatch {
  return new CryptoInvoiceWatch(CRYPTO_INVOICE, handle, BEGIN, newValues("uuid", uuid, policy));
}

export function savedCryptoInvoiceWatch(handle: ClientHandle, text: string): CryptoInvoiceWatch {
  return new CryptoInvoiceWatch(CRYPTO_INVOICE, handle, RESUME, savedText(text));
}

function newValues(name: string, invoice: unknown, policy: unknown): unknown[] {
  if (typeof invoice !== "string") throw invalidInput(name, "must be text");
  return [...policyValues(policy, watchOptions), invoice];
}
