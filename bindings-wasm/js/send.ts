// Sending, for those who have no transport of their own.

import type { Body } from "./body.js";
import type { Call } from "./call.js";
import { invalidInput, unreadable } from "./errors.js";
import { optionsOf } from "./names.js";
import type { SignedRequest } from "./request.js";

/** As much of an `AbortSignal` as this needs. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}

/** As much of the platform's `fetch` as this needs. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; redirect: "manual"; body?: string; signal: never },
) => Promise<{ readonly status: number; arrayBuffer(): Promise<ArrayBuffer> }>;

export interface SendOptions {
  /** Another `fetch` than the platform's. */
  readonly fetch?: Fetch | undefined;
  /** Aborts the request. */
  readonly signal?: Signal | undefined;
  /** After how many milliseconds the request is given up: 30 seconds unless told otherwise. */
  readonly timeout?: number | undefined;
}

/**
 * Sends a call with `fetch`, and parses what comes back. It is sent once, unchanged, and redirects are not followed.
 *
 * What `fetch` throws, a time-out included, comes through: after it, it is not known whether the gateway has acted.
 */
export async function send<Parsed>(call: Call<Parsed>, options?: SendOptions): Promise<Parsed> {
  checkCall(call);
  const known = optionsOf<SendOptions>(options, ["fetch", "signal", "timeout"]);
  const { fetch = globalThis.fetch as Fetch, signal, timeout = DEFAULT_TIMEOUT } = known;
  checkTimeout(timeout);
  const timer = AbortSignal.timeout(timeout);
  const answer = await exchange(fetch, call, signal ? either(signal as AbortSignal, timer) : timer);
  return call.parse(answer.status, answer.body);
}

const NOT_A_CALL =
  "must be a call of a client, which parses its answer; the request of a payout's or a watch's step goes to fetch, " +
  "and its answer to onResponse: run does both";

/** After how many milliseconds a request is given up. */
export const DEFAULT_TIMEOUT = 30_000;

export function checkTimeout(timeout: unknown): void {
  if (Number.isSafeInteger(timeout) && (timeout as number) >= 0) return;
  throw invalidInput("timeout", "must be a number of milliseconds");
}

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  /** As text or bytes. */
  readonly body: Body;
}

/** Sends a request once, unchanged, without following redirects, and waits for the whole answer. */
export async function exchange(fetch: Fetch, request: SignedRequest, signal: AbortSignal): Promise<Answer> {
  const { method, url, headers, body, redirect } = request;
  const response = await fetch(url, {
    method,
    headers: { ...headers },
    redirect,
    signal: signal as never,
    ...(body !== undefined && { body }),
  });
  return { status: response.status, body: await response.arrayBuffer() };
}

/** What could not be parsed afterwards is not sent. */
function checkCall(call: unknown): void {
  try {
    if (typeof (call as Partial<Call<unknown>> | null | undefined)?.parse === "function") return;
  } catch (error) {
    throw unreadable("call", error);
  }
  throw invalidInput("call", NOT_A_CALL);
}

/** Whichever is aborted first. `AbortSignal.any` is younger than Node 20.0. */
function either(one: AbortSignal, other: AbortSignal): AbortSignal {
  if (typeof AbortSignal.any === "function") return AbortSignal.any([one, other]);
  const controller = new AbortController();
  for (const signal of [one, other]) {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
