// Runs payouts and watches, so that nobody has to write the loop.

import { rawBody } from "./body.js";
import { invalidInput, withStackOf } from "./errors.js";
import { DrivenMachine } from "./machine.js";
import type { Bookkeeping, Machine, Progress } from "./machine.js";
import { optionsOf } from "./names.js";
import { checkTimeout, DEFAULT_TIMEOUT, exchange } from "./send.js";
import type { Answer, Fetch, Signal } from "./send.js";
import type { SendStep, StepRequest, WaitStep } from "./step.js";
import * as utf8 from "./utf8.js";

/** As much of an `AbortSignal` as a run needs. */
export interface StopSignal extends Signal {
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What `advance` needs of you. */
export interface DriverOptions {
  /**
   * Saves a text durably, if the one that is saved is of the revision before (revision 1: if there is none): that is
   * what keeps two workers from running one payout. It is awaited before anything is sent. If it throws, the run ends
   * with that error, and nothing more is sent.
   */
  readonly store: (text: string, revision: number) => unknown;
  /**
   * Sends a request once, unchanged, without following redirects, and returns status and body of the answer, whatever
   * the status. Whatever it throws counts as no answer: a time-out, a broken connection, an answer that breaks off.
   * The platform's `fetch` unless told otherwise.
   */
  readonly send?: ((call: StepRequest) => Promise<Answer> | Answer) | undefined;
  /** After how many milliseconds the platform's `fetch` is given up: 30 seconds unless told otherwise. */
  readonly timeout?: number | undefined;
  /** Where the payout or watch is at, after each answer and before each pause. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Your own judgement whether an answer to `details` says that the gateway does not know the payout; `undefined` leaves
   * it to the library. What it throws counts as `false`. Too generous, and a payout is called rejected, or sent again,
   * while its money moves.
   */
  readonly notKnown?: ((status: number, body: string) => boolean | undefined) | undefined;
  /** The time: `Date.now` unless told otherwise. */
  readonly now?: (() => number) | undefined;
}

/** What `run` needs of you. */
export interface RunOptions extends DriverOptions {
  /** Stops the run while it sleeps, and after the request under way. What is saved goes on later. */
  readonly signal?: StopSignal | undefined;
  /** Waits so many milliseconds: `setTimeout` unless told otherwise. */
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** What `advance` came to: call it again at that time, or the outcome. */
export type Advanced<Outcome> = WaitStep | ({ readonly type: "done" } & Outcome);

const driverOptions: readonly (keyof DriverOptions)[] = ["store", "send", "timeout", "onProgress", "notKnown", "now"];
const runOptions: readonly (keyof RunOptions)[] = [...driverOptions, "signal", "sleep"];

/** Timers take no longer pauses: 2^31-1 milliseconds. */
const LONGEST_SLEEP = 0x7fffffff;

/**
 * Runs a payout or a watch to its end, and returns the outcome; `undefined` if it was stopped by the signal. It saves
 * before each request, takes whatever stops a request for no answer, and sleeps.
 *
 * ```js
 * const outcome = await run(payout, { store: (text, revision) => orders.savePayout("135", text, revision) });
 * if (outcome.isNewUniqueidSafe) … // no money has moved, and none will
 * ```
 *
 * A callback that is handed to a watch while it sleeps ends the run at once.
 */
export function run<Outcome>(
  machine: Machine<Outcome>,
  options: RunOptions & { readonly signal?: undefined },
): Promise<Outcome>;
export function run<Outcome>(machine: Machine<Outcome>, options: RunOptions): Promise<Outcome | undefined>;
export async function run<Outcome>(machine: Machine<Outcome>, options: RunOptions): Promise<Outcome | undefined> {
  try {
    const driver = new Driver(machine, options, runOptions);
    return await driver.alone(async () => {
      for (;;) {
        const advanced = await driver.advance();
        if (advanced === undefined) return undefined;
        if (advanced.type === "done") return withoutType(advanced);
        await driver.pause(advanced.until);
      }
    });
  } catch (error) {
    throw withStackOf(run, error);
  }
}

/**
 * Does all there is to do now: up to the next pause, or the end. For callers that are woken by something else than a
 * sleeping program: an alarm, a job queue.
 *
 * ```js
 * const advanced = await advance(bitloga.resumePayout(text), { store });
 * if (advanced.type === "wait") await storage.setAlarm(advanced.until);
 * ```
 */
export async function advance<Outcome>(machine: Machine<Outcome>, options: DriverOptions): Promise<Advanced<Outcome>> {
  try {
    const driver = new Driver(machine, options, driverOptions);
    // Without a signal it is never stopped.
    return (await driver.alone(() => driver.advance()))!;
  } catch (error) {
    throw withStackOf(advance, error);
  }
}

/** One run of one machine. */
class Driver<Outcome> {
  readonly #machine: Machine<Outcome>;
  readonly #book: Bookkeeping;
  readonly #options: RunOptions;
  readonly #now: () => number;
  readonly #send: (call: StepRequest) => Promise<Answer> | Answer;
  /** The time of the last step. */
  #lastSeen = 0;

  constructor(machine: Machine<Outcome>, options: RunOptions, names: readonly (keyof RunOptions)[]) {
    const known = optionsOf<RunOptions>(options, names);
    const { store, send, timeout = DEFAULT_TIMEOUT, now = Date.now } = known;
    if (typeof store !== "function") throw invalidInput("store", "must be a function that saves a text");
    checkTimeout(timeout);
    this.#machine = machine;
    this.#book = DrivenMachine.bookkeeping(machine);
    this.#options = { ...known, store };
    this.#now = now;
    this.#send = send ?? sendByFetch(timeout);
  }

  /** Does something while nobody else runs the machine. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#book.isRunning) throw invalidInput("machine", "is being run already");
    this.#book.isRunning = true;
    try {
      return await work();
    } finally {
      this.#book.isRunning = false;
    }
  }

  /** Goes on to the next pause, or to the end; `undefined` if it was stopped. */
  async advance(): Promise<Advanced<Outcome> | undefined> {
    for (;;) {
      await this.#save();
      if (this.#isStopped) return undefined;
      this.#lastSeen = this.#now();
      const step = this.#machine.next(this.#lastSeen);
      await this.#save();
      if (step.type === "done") return step;
      if (step.type === "wait") {
        this.#options.onProgress?.(this.#machine.progress());
        return step;
      }
      await this.#exchange(step);
      await this.#save();
      this.#options.onProgress?.(this.#machine.progress());
    }
  }

  /**
   * Waits until then, unless the run is stopped or a callback has changed the machine. It waits as long as was asked for
   * at the last step: a clock that is set back meanwhile does not make the pause longer.
   */
  async pause(until: number): Promise<void> {
    const { signal, sleep } = this.#options;
    let left = until - this.#lastSeen;
    while (left > 0 && !this.#isStopped && !this.#book.isCalledBack) {
      const part = Math.min(left, LONGEST_SLEEP);
      let timer: ReturnType<typeof setTimeout> | undefined;
      let wake = () => {};
      const woken = new Promise<void>((resolve) => (wake = resolve));
      signal?.addEventListener("abort", wake);
      this.#book.wake = wake;
      try {
        if (sleep === undefined) timer = setTimeout(wake, part);
        await (sleep === undefined ? woken : Promise.race([sleep(part), woken]));
      } finally {
        clearTimeout(timer);
        this.#book.wake = undefined;
        signal?.removeEventListener("abort", wake);
      }
      left -= part;
    }
  }

  get #isStopped(): boolean {
    return this.#options.signal?.aborted === true;
  }

  async #save(): Promise<void> {
    // A callback may change the machine while it is being saved.
    while (this.#machine.revision !== this.#book.saved) {
      const { revision } = this.#machine;
      await this.#options.store(String(this.#machine), revision);
      this.#book.saved = revision;
    }
  }

  /** Sends a request, and reports what came of it. */
  async #exchange(step: SendStep): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.#send(step.call);
    } catch {
      this.#machine.onNoResponse(step, this.#now());
      return;
    }
    const { status, body } = answer;
    this.#machine.onResponse(step, status, body, { now: this.#now(), notKnown: this.#judgement(status, body) });
  }

  #judgement(status: number, body: Answer["body"]): boolean | undefined {
    const { notKnown } = this.#options;
    if (notKnown === undefined) return undefined;
    const raw = rawBody(body);
    const text = typeof raw === "string" ? raw : utf8.decoder().decode(raw);
    try {
      return notKnown(status, text);
    } catch {
      return false;
    }
  }
}

function sendByFetch(timeout: number): (call: StepRequest) => Promise<Answer> {
  if (typeof fetch !== "function") throw invalidInput("send", "is needed: this platform has no fetch");
  return (call) => exchange(fetch as Fetch, call, AbortSignal.timeout(timeout));
}

function withoutType<Outcome>({ type, ...outcome }: { readonly type: "done" } & Outcome): Outcome {
  return outcome as unknown as Outcome;
}
