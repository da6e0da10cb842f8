// Payouts and watches: machines whose whole state is a text, which goes into the module and comes back.

import { enter, leave, writeBody } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { isStatus } from "./call.js";
import { invalidInput, withStackOf } from "./errors.js";
import { ERROR, KNOWN, NOT_JUDGED, NOT_KNOWN, SEND, TOO_LONG, WAIT } from "./generated/constants.js";
import { writeValues } from "./inputs.js";
import { optionsOf } from "./names.js";
import { optionName } from "./policy.js";
import { readError, OutputReader } from "./output.js";
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
  readonly #bookkeeping: Bookkeeping;

  /** @internal */
  protected constructor(kind: number, handle: ClientHandle, written: OutputReader) {
    this.#kind = kind;
    this.#handle = handle;
    this.#take(written);
    this.#bookkeeping = { saved: this.#revision, isRunning: false, isCalledBack: false, wake: undefined };
  }

  /**
   * What to do next. A request that was handed out and not reported on counts as one without an answer. Save the text
   * if `revision` has changed, before you send.
   */
  next(now: number = Date.now()): Step<Outcome> {
    try {
      checkTime(now);
      const written = this.#operate((handle) => {
        const length = writeBody(this.#text, 0, MAX_TEXT);
        return enter().next_of_machine(this.#kind, handle.number, length, now);
      });
      this.#take(written);
      this.#bookkeeping.isCalledBack = false;
      return this.#step(written);
    } catch (error) {
      throw withStackOf(own().next, error);
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
      const judgement = judgementOf(notKnown);
      const written = this.#operate((handle) => {
        const length = writeBody(this.#text, 0, MAX_TEXT);
        const answer = writeBody(raw, length, MAX_TEXT);
        // An answer that is too long says as little as none.
        const answered = answer === TOO_LONG ? 0 : answer;
        const { number } = handle;
        return enter().response_of_machine(this.#kind, number, length, request, status, answered, judgement, now);
      });
      this.#take(written);
    } catch (error) {
      throw withStackOf(own().onResponse, error);
    }
  }

  /** Reports that no answer came to a step's request: a time-out, a broken connection, whatever went wrong. */
  onNoResponse(step: SendStep, now: number = Date.now()): void {
    try {
      checkTime(now);
      const request = Send.numberOf(step, this.#subject);
      const written = this.#operate((handle) => {
        const length = writeBody(this.#text, 0, MAX_TEXT);
        return enter().no_response_of_machine(this.#kind, handle.number, length, request, now);
      });
      this.#take(written);
    } catch (error) {
      throw withStackOf(own().onNoResponse, error);
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
      return readProgress(
        this.#operate((handle) => {
          const length = writeBody(this.#text, 0, MAX_TEXT);
          return enter().progress_of_machine(this.#kind, handle.number, length);
        }),
      );
    } catch (error) {
      throw withStackOf(own().progress, error);
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
    const written = this.#operate((handle) => {
      const entries = writeValues([invoice, type, status, active === undefined ? undefined : String(active)]);
      const length = writeBody(this.#text, entries, MAX_TEXT);
      return enter().observe_machine(this.#kind, handle.number, entries, length);
    });
    this.#take(written);
    const [isAbout, isCalledBack] = [written.number() === 1, written.number() === 1];
    if (isCalledBack) {
      this.#bookkeeping.isCalledBack = true;
      this.#bookkeeping.wake?.();
    }
    return isAbout;
  }

  /** @internal */
  protected abstract readOutcome(written: OutputReader): Outcome;

  /** What the driver keeps of a machine. @internal */
  static bookkeeping(machine: DrivenMachine<unknown>): Bookkeeping {
    if (typeof machine !== "object" || machine === null || !(#bookkeeping in machine)) {
      throw invalidInput("machine", "must be a payout or a watch");
    }
    return machine.#bookkeeping;
  }

  #operate(operation: (handle: ClientHandle) => number): OutputReader {
    return operate(this.#handle, operation);
  }

  #take(written: OutputReader): void {
    this.#text = written.text();
    this.#revision = Number(written.text());
    this.#subject = written.text();
  }

  #step(written: OutputReader): Step<Outcome> {
    switch (written.number()) {
      case SEND:
        return new Send(written, this.#subject);
      case WAIT:
        return { type: "wait", until: Number(written.text()) };
      default:
        return { type: "done", ...this.readOutcome(written) } as DoneStep<Outcome>;
    }
  }
}

/** A payout or a watch. */
export type Machine<Outcome> = DrivenMachine<Outcome>;

// The class must not name itself: what builds the package would give it another name.
function own(): DrivenMachine<unknown> {
  return DrivenMachine.prototype;
}

/** What the module writes of a new machine. `policy` goes before `values`, both as the module takes them. */
export function begun(kind: number, handle: ClientHandle, policy: readonly string[], values: readonly unknown[]): OutputReader {
  return operate(handle, ({ number }) => {
    const length = writeValues([...policy, ...values]);
    return enter().begin_machine(kind, number, length, policy.length / 2);
  });
}

/** What the module writes of the machine that was saved as this text. */
export function resumed(kind: number, handle: ClientHandle, text: unknown): OutputReader {
  if (typeof text !== "string") throw invalidInput("text", "must be the text of a payout or a watch");
  return operate(handle, ({ number }) => {
    const length = writeBody(text, 0, MAX_TEXT);
    if (length === TOO_LONG) throw invalidInput("text", "is longer than any text that this library has saved");
    return enter().resume_machine(kind, number, length);
  });
}

/** Does an operation, again if the module had evicted the client. */
function operate(handle: ClientHandle, operation: (handle: ClientHandle) => number): OutputReader {
  let output;
  do {
    output = leave(operation(handle));
    if (output[0] === ERROR) throw readError(output, undefined, optionName);
  } while (handle.wasEvicted(output));
  return new OutputReader(output);
}

function judgementOf(notKnown: unknown): number {
  if (notKnown === undefined) return NOT_JUDGED;
  if (typeof notKnown !== "boolean") throw invalidInput("notKnown", "must be true or false");
  return notKnown ? NOT_KNOWN : KNOWN;
}

function checkTime(now: unknown): void {
  if (!Number.isSafeInteger(now) || (now as number) < 0) {
    throw invalidInput("now", "must be a time in milliseconds, as Date.now() gives it");
  }
}

function readProgress(written: OutputReader): Progress {
  const count = () => Number(written.text());
  const time = () => {
    const text = written.optional();
    return text === undefined ? undefined : Number(text);
  };
  // In the order in which they were written.
  return present({
    stage: written.text() as Progress["stage"],
    acknowledged: written.number() === 1,
    sends: count(),
    questions: count(),
    denials: count(),
    refusal: written.optional(),
    transactionStatus: written.optional(),
    lastStatus: time(),
    lastReason: written.optional(),
    lastAnswerAt: time(),
    since: time(),
    nextLook: time(),
  });
}

/** An object without the members that are undefined. */
export function present<Members extends object>(members: Members): Present<Members> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<Members>;
}

type Present<Members> = {
  [Name in keyof Members as undefined extends Members[Name] ? never : Name]: Members[Name];
} & {
  [Name in keyof Members as undefined extends Members[Name] ? Name : never]?: Exclude<Members[Name], undefined>;
};
