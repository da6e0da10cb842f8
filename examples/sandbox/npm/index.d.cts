/// <reference lib="esnext.disposable" />

/** How `details` says that it does not know a `uniqueid`. */
export type NotKnown = "404" | "404-message" | "words" | "no-words" | "list" | "data";

/**
 * The options of the command line, by their names there. What is not given is as on the command line, except that
 * without a `port` a free one is taken.
 */
export interface SandboxOptions {
  /** Address to listen on; `127.0.0.1` if not given. */
  host?: string;
  /** Port to listen on. */
  port?: number;
  /** The one API key that Bitloga requests may carry; `sandbox-key` if not given. */
  apiKey?: string;
  /** The secret that signs Bitloga requests and callbacks; `sandbox-secret` if not given. */
  apiSecret?: string;
  /** The one wallet of Api for Crypto; `sandbox-wallet` if not given. */
  walletId?: string;
  /** SQLite file that keeps the state across restarts; without it the state lives in memory. */
  state?: string;
  /** Write JSON the way PHP does: `\/`, `\u` escapes, no trailing zeros. */
  phpJson?: boolean;
  /** Factor on the pauses between attempts to deliver a callback, which are 1 s, 2 s, 4 s … 256 s. */
  pauseScale?: number;
  /** Pay every new invoice by itself, so many milliseconds after it was created. */
  autoPay?: number;
  /** Milliseconds between two blocks of the pretended blockchains. */
  blockTime?: number;
  /** `details` answers as the world was so many milliseconds ago. */
  detailsLag?: number;
  /** How `details` says that it does not know a `uniqueid`. */
  notKnown?: NotKnown;
  /** What a `withdraw` does whose `uniqueid` is a payout's already. */
  repeats?: "refuse" | "replay" | "pay";
  /** For how many milliseconds payouts are pending. */
  payoutsPending?: number;
  /** How payouts end. */
  payoutsEnd?: "complete" | "cancel" | "fail";
  /** How many milliseconds a request may take to arrive as a whole. */
  bodyTimeout?: number;
  /** Further names that the control API may be reached by. */
  allowHost?: readonly string[];
  /** Random trouble, as `POST /sandbox/trouble` takes it. */
  trouble?: Readonly<Record<string, unknown>>;
  /** What random trouble is drawn from; without it a number is drawn and logged. */
  seed?: number;
}

/** An answer of the control API. Amounts are text. */
export type Answer = Record<string, any>;

/** One attempt to deliver a callback or a notification. */
export interface Delivery {
  /** Which delivery it is an attempt of. */
  delivery: number;
  kind: "callback" | "notification";
  /** The `uniqueid` of the invoice, or the UUID of the crypto invoice. */
  subject: string;
  url: string;
  body: string;
  signature: string | null;
  /** 1 for the first attempt. */
  attempt: number;
  /** What it was answered with, if it was. */
  status: number | null;
  /** Why it was not answered. */
  error: string | null;
  time: string;
}

/** What an order to misbehave can say besides the action and the mode. The README of the sandbox has the modes. */
export interface Order {
  /** Only requests that carry it. */
  uniqueid?: string;
  /** How often; once if not given. */
  times?: number;
  /** Let so many pass first. */
  skip?: number;
  delay_ms?: number;
  hang_up_ms?: number;
  lag_ms?: number;
  answer?: 1 | 2;
  status?: number;
  error?: string;
  body?: unknown;
  form?: NotKnown;
  retry_after?: number;
}

/** The sandbox is missing, did not start, or refused what it was told. */
export class SandboxError extends Error {}

/**
 * A running sandbox. Call `stop` when you are done, or declare it with `await using`. It ends with the process that
 * started it at the latest, even if that is killed, and it does not keep that process from ending.
 */
export class Sandbox implements AsyncDisposable {
  private constructor();
  /** `http://HOST:PORT`: its page, to look at in a browser. */
  readonly url: string;
  /** The base URL of clients of both gateways. */
  readonly baseUrl: string;
  /** The API key of Bitloga. */
  readonly apiKey: string;
  /** The API secret of Bitloga. */
  readonly apiSecret: string;
  /** The wallet of Api for Crypto. */
  readonly walletId: string;
  /** The number of the program's process. */
  readonly pid: number;
  /** Whether the program has not ended yet. */
  readonly isRunning: boolean;
  /** What it has logged: requests, deliveries and their outcomes; of much, the end. */
  readonly logs: string;
  /** Ends the sandbox and waits until it is gone. Once is enough; again does nothing. */
  stop(): Promise<void>;
  /** The same as `stop`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /** Pays an invoice of Bitloga, which sends its callback. */
  pay(uniqueid: string): Promise<Answer>;
  /** Cancels an invoice of Bitloga, which sends its callback. */
  fail(uniqueid: string): Promise<Answer>;
  /** Sends the callback of an invoice of Bitloga again. */
  resend(uniqueid: string): Promise<Answer>;
  /** Pays a crypto invoice, or half of what is owed. Its notification follows when blocks have confirmed it. */
  payCrypto(uuid: string, options?: { partial?: boolean }): Promise<Answer>;
  /** The payouts of a `uniqueid`, each with its history, and every movement of money: `debits` and `returns`. */
  payout(uniqueid: string): Promise<Answer>;
  /** Gives a payout another status, whatever it is now; the money moves with it. */
  settle(uniqueid: string, action: "complete" | "fail" | "cancel" | "pend" | "reverse"): Promise<Answer>;
  /** Orders a fault, such as `misbehave("withdraw", "drop-after")`: once if `times` does not say otherwise. */
  misbehave(action: string, mode: string, order?: Order): Promise<Answer>;
  /** Forgets everything, and behaves as the options say. */
  reset(): Promise<void>;
  /** Everything: balances, ledger, invoices, payouts, codes and what is still to be delivered. */
  state(): Promise<Answer>;
  /** Every attempt to deliver something, the oldest first; of one `uniqueid` or UUID if given. */
  deliveries(subject?: string): Promise<Delivery[]>;
  /**
   * Waits until an attempt to deliver something of this `uniqueid` or UUID was answered with `status`, 200 if not given.
   * Rejects with a `SandboxError` after `timeout` milliseconds, 10,000 if not given, with what happened instead.
   */
  waitForDelivery(subject: string, options?: { status?: number; timeout?: number }): Promise<Delivery>;
  /** Asks the control API: `sandbox.get("counts")`. Rejects with a `SandboxError` if it refuses. */
  get(path: string): Promise<Answer>;
  /** Tells the control API: `sandbox.post("balances", { USD: "0" })`. Rejects with a `SandboxError` if it refuses. */
  post(path: string, body?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/**
 * Starts a sandbox on a free port, and resolves when it listens. Rejects with a `TypeError` if there is no such option,
 * and with a `SandboxError` that has what the program said if it does not start.
 */
export function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
