// Sending, for those who have no transport of their own.

import type { Body } from "./body.js";
import type { Call } from "./call.js";
import { invalidInput } from "./errors.js";
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
 * What `fetch` throws, a time-out included, comes through: after it nobody knows whether the gateway has acted.
 */
export async function send<Parsed>(call: Call<Parsed>, options: SendOptions = {}): Promise<Parsed> {
  const { fetch = globalThis.fetch as Fetch, signal, timeout = DEFAULT_TIMEOUT } = options;
  if (typeof call?.parse !== "function") throw invalidInput("call", NOT_A_CALL);
  const timer = AbortSignal.timeout(timeout);
  const answer = await exchange(fetch, call, signal ? AbortSignal.any([signal as AbortSignal, timer]) : timer);
  return call.parse(answer.status, answer.body);
}

const NOT_A_CALL =
  "must be a call of a client, which parses its answer; the request of a payout's or a watch's step goes to fetch, " +
  "and its answer to onResponse: run does both";

/** After how many milliseconds a request is given up. */
export const DEFAULT_TIMEOUT = 30_000;

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  /** As text or bytes. */
  readonly body: Body;
}

/** Sends a request once, unchanged, without following redirects, and takes the whole answer. */
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
