// Payouts and watches: machines whose whole state is a text, which goes into the module and comes back.

import { enter, leave, writeBody } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { isStatus } from "./call.js";
import { invalidInput, withStackOf } from "./errors.js";
import { ERROR, NEXT, OBSERVE, PROGRESS, REPORT, SEND, WAIT } from "./generated/constants.js";
import { writeValues } from "./inputs.js";
import { optionsOf } from "./names.js";
import { optionName } from "./policy.js";
import { isTrue, OutputReader, readError, sameText } from "./output.js";
import type { Fields } from "./output.js";
import type { ClientHandle } from "./client-handle.js";
import { Send } from "./step.js";
import type { DoneStep, SendStep, Step } from "./step.js";

/** No saved text and no answer that settles anything is longer. */
const MAX_TEXT = 1 << 20;

/** Where a payout or a watch is at, for a page that an operator looks at. Nothing here is a verdict. */
export interface Progress {
  /** What it is doing; `withdrawing` and `asking`: a request is under way. */
  readonly stage: "ready" | "withdrawing" | "waiting" | "asking" | "done";
  /** Whether the gateway has said that it knows the transaction. */
  readonly acknowledged: boolean;
  /** How often `withdraw` was handed out. */
  readonly sends: number;
  /** How often the gateway was asked. */
  readonly questions: number;
  /** How often it said that it does not know the transaction, counting only what counts. */
  readonly denials: number;
  /** Why the gateway refused `withdraw`, in its own words: empty where it gave none, absent where it did not refuse. */
  readonly refusal?: string;
  /** The transaction's status, where the gateway has said one. */
  readonly transactionStatus?: string;
  /** The HTTP status of the last answer. */
  readonly lastStatus?: number;
  /** What the gateway gave as a reason in the last answer. */
  readonly lastReason?: string;
  /** When the last answer came, as `Date.now()` tells times. */
  readonly lastAnswerAt?: number;
  /** When the first request was handed out. */
  readonly since?: number;
  /** When it will ask again. */
  readonly nextLook?: number;
}

/** What goes with the report of an answer. */
export interface ReportOptions {
  /** The time: `Date.now()` unless told otherwise. */
  readonly now?: number | undefined;
  /**
   * Your own judgement whether the answer to `details` says that the gateway does not know the payout, in place of the
   * library's. It is not used where the answer is about the payout, nor by watches.
   */
  readonly notKnown?: boolean | undefined;
}

/** What the driver keeps of a machine. */
export interface Bookkeeping {
  /** The revision that is saved. */
  saved: number;
  isRunning: boolean;
  /** Whether a callback ends it with its next step. */
  isCalledBack: boolean;
  /** Called when something else than the driver has changed the machine. */
  wake: (() => void) | undefined;
}

/** What `next` and the reports of a payout and a watch have in common. `run` and `advance` drive both. */
export abstract class DrivenMachine<Outcome> {
  #text = "";
  #revision = 0;
  #subject = "";
  readonly #kind: number;
  readonly #handle: ClientHandle;
  readonly #bookkeeping: Bookkeeping = { saved: 0, isRunning: false, isCalledBack: false, wake: undefined };

  /** One of a kind, by `BEGIN` or `RESUME` and its values. @internal */
  constructor(kind: number, handle: ClientHandle, operation: number, values: readonly unknown[]) {
    this.#kind = kind;
    this.#handle = handle;
    this.#operate(operation, values);
    this.#bookkeeping.saved = this.#revision;
  }

  /**
   * What to do next. A request that was handed out and not reported on counts as one without an answer. Save the text
   * if `revision` has changed, before you send.
   */
  next(now: number = Date.now()): Step<Outcome> {
    try {
      checkTime(now);
      return this.#step(this.#operate(NEXT, [this.#text, now]));
    } catch (error) {
      throw withStackOf(prototype().next, error);
    }
  }

  /**
   * Reports the answer to a step's request, whatever its status. A bad answer is not an error: the machine goes on
   * asking. An answer to an earlier request than the last is refused.
   */
  onResponse(step: SendStep, status: number, body: Body, options?: ReportOptions): void {
    try {
      const { now = Date.now(), notKnown } = optionsOf<ReportOptions>(options, ["now", "notKnown"]);
      checkTime(now);
      if (!isStatus(status)) throw invalidInput("status", "must be the HTTP status of the answer");
      const request = Send.numberOf(step, this.#subject);
      const raw = rawBody(body);
      checkJudgement(notKnown);
      this.#operate(REPORT, [this.#text, now, request, status, optionalText(notKnown)], raw);
    } catch (error) {
      throw withStackOf(prototype().onResponse, error);
    }
  }

  /** Reports that no answer came to a step's request: a time-out, a broken connection, whatever went wrong. */
  onNoResponse(step: SendStep, now: number = Date.now()): void {
    try {
      checkTime(now);
      const request = Send.numberOf(step, this.#subject);
      this.#operate(REPORT, [this.#text, now, request, undefined, undefined]);
    } catch (error) {
      throw withStackOf(prototype().onNoResponse, error);
    }
  }

  /**
   * Counted up by one with every step that has to be saved. A store accepts a text only if the one it has is of the
   * revision before: then two workers cannot both go on.
   */
  get revision(): number {
    return this.#revision;
  }

  /** Where it is at, for a person to look at. */
  progress(): Progress {
    try {
      return this.#operate(PROGRESS, [this.#text]).record(progressFields);
    } catch (error) {
      throw withStackOf(prototype().progress, error);
    }
  }

  /** The whole state as text, to be saved. It holds no key and no secret. */
  toString(): string {
    return this.#text;
  }

  /** The same text. */
  toJSON(): string {
    return this.#text;
  }

  /** The identifier of what it is about. @internal */
  protected get subject(): string {
    return this.#subject;
  }

  /** Hands in what a verified callback says. @internal */
  protected observe(invoice: string, type: string | undefined, status: string, active?: boolean): boolean {
    const isAboutIt = this.#operate(OBSERVE, [this.#text, invoice, type, status, optionalText(active)]).flag();
    if (this.#bookkeeping.isCalledBack) this.#bookkeeping.wake?.();
    return isAboutIt;
  }

  /** @internal */
  protected abstract readOutcome(output: OutputReader): Outcome;

  /** What the driver keeps of a machine. @internal */
  static bookkeeping(machine: DrivenMachine<unknown>): Bookkeeping {
    if (typeof machine !== "object" || machine === null || !(#bookkeeping in machine)) {
      throw invalidInput("machine", "must be a payout or a watch");
    }
    return machine.#bookkeeping;
  }

  /** Does an operation, again if the module had evicted the client, and returns what the output has after the state. */
  #operate(operation: number, values: readonly unknown[], body: string | Uint8Array = ""): OutputReader {
    let output;
    do {
      const length = writeValues(values);
      // An answer that is too long says as little as none.
      const bodyLength = writeBody(body, length, MAX_TEXT);
      output = leave(enter().machine(operation, this.#kind, this.#handle.number, length, bodyLength));
      if (output[0] === ERROR) throw readError(output, undefined, optionName);
    } while (this.#handle.wasEvicted(output));
    const reader = new OutputReader(output);
    this.#text = reader.text();
    this.#revision = Number(reader.text());
    this.#subject = reader.text();
    this.#bookkeeping.isCalledBack = reader.flag();
    return reader;
  }

  #step(output: OutputReader): Step<Outcome> {
    switch (output.number()) {
      case SEND:
        return new Send(output, this.#subject);
      case WAIT:
        return { type: "wait", until: Number(output.text()) };
      default:
        return { type: "done", ...this.readOutcome(output) } as DoneStep<Outcome>;
    }
  }
}

/** A payout or a watch. */
export type Machine<Outcome> = DrivenMachine<Outcome>;

// The class must not name itself: what builds the package would give it another name.
function prototype(): DrivenMachine<unknown> {
  return DrivenMachine.prototype;
}

/** The values for `RESUME`. */
export function savedText(text: unknown): [text: string] {
  if (typeof text !== "string") throw invalidInput("text", "must be the text of a payout or a watch");
  if (text.length > MAX_TEXT) throw invalidInput("text", "is longer than any text that this library has saved");
  return [text];
}

function checkJudgement(notKnown: unknown): void {
  if (notKnown !== undefined && typeof notKnown !== "boolean") throw invalidInput("notKnown", "must be true or false");
}

function checkTime(now: unknown): void {
  if (!Number.isSafeInteger(now) || (now as number) < 0) {
    throw invalidInput("now", "must be a time in milliseconds, as Date.now() gives it");
  }
}

function optionalText(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

const progressFields: Fields<Progress> = {
  stage: sameText,
  acknowledged: isTrue,
  sends: Number,
  questions: Number,
  denials: Number,
  refusal: sameText,
  transactionStatus: sameText,
  lastStatus: Number,
  lastReason: sameText,
  lastAnswerAt: Number,
  since: Number,
  nextLook: Number,
};
