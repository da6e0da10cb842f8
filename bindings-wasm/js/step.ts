// What a payout or a watch says is to be done.

import { invalidInput } from "./errors.js";
import type { OutputReader } from "./output.js";
import { SignedRequest } from "./request.js";

class OutgoingRequest extends SignedRequest {}

/** A request of a payout or a watch. Its answer goes to `onResponse`, together with its step. */
export type StepRequest = OutgoingRequest;

/** Send `call`, and report what came of it by this step: its answer is not taken for one to another request. */
export class Send {
  declare readonly type: "send";
  /** What to send, unchanged: `fetch(step.call.url, step.call)`. */
  declare readonly call: StepRequest;
  readonly #number: number;
  readonly #subject: string;

  /** @internal */
  constructor(output: OutputReader, subject: string) {
    this.type = "send";
    this.#number = Number(output.text());
    this.#subject = subject;
    this.call = new OutgoingRequest(output);
  }

  /** The number of the request, unless the step is of another payout or watch. @internal */
  static numberOf(step: Send, subject: string): number {
    if (typeof step !== "object" || step === null || !(#number in step)) {
      throw invalidInput("step", "must be the step whose request was sent");
    }
    if (step.#subject !== subject) throw invalidInput("step", "is of another payout or watch");
    return step.#number;
  }
}

/** Send its `call`, and report what came of it by this step. */
export type SendStep = Send;

/** Call `next` again at this time, which is one of `Date.now()`. */
export interface WaitStep {
  readonly type: "wait";
  readonly until: number;
}

/** It has ended. */
export type DoneStep<Outcome> = { readonly type: "done" } & Outcome;

/** What to do next. */
export type Step<Outcome> = SendStep | WaitStep | DoneStep<Outcome>;
