// The client of Api for Crypto.

import { enter, bodyOffset, bodyText, leave, wipeInput, wipeOutputText, writeBody, writeHeaderValue } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import type { Gateway, Secret } from "./client.js";
import { invalidInput, withStackOf } from "./errors.js";
import { ApiForCryptoMethods, GATEWAY } from "./generated/ApiForCrypto.js";
import { readNotification } from "./generated/answers.js";
import type { Notification } from "./generated/answers.js";
import { notificationFields } from "./generated/parameters.js";
import type { NotificationFields } from "./generated/parameters.js";
import { valuesOf, writeValues } from "./inputs.js";
import type { WatchPolicy } from "./policy.js";
import { DONE, NO_SECRET_KEY, TOO_LONG } from "./generated/constants.js";
import { readMessage, OutputReader } from "./output.js";
import { shownAs } from "./shown.js";
import { newCryptoInvoiceWatch, savedCryptoInvoiceWatch } from "./watch.js";
import type { CryptoInvoiceWatch } from "./watch.js";

/** What a client of Api for Crypto is made of. */
export interface ApiForCryptoOptions {
  /** The id of your wallet. Whoever knows it can use it. */
  readonly walletId: string;
  /** A secret of yours from which every invoice's `secret_key` is derived, so that you need to store none. */
  readonly notificationSecret?: Secret | undefined;
  /** Another address, such as a sandbox. Ends with a slash. */
  readonly baseUrl?: string | undefined;
  /**
   * Where invoices are asked for, with `{base_url}`, `{wallet_id}` and `{uuid}` filled in. The gateway has not
   * published the address: `{base_url}invoices/{uuid}` unless told otherwise.
   */
  readonly invoiceUrl?: string | undefined;
  /** How many bytes a body may have: 1 MiB unless told otherwise. */
  readonly maxBody?: number | undefined;
}

/** A notification as the gateway would send it. `console.log` and `JSON.stringify` show nothing of it: it holds a secret. */
export interface TestNotification {
  /** The text to post. */
  readonly body: string;
  /** The headers to post it with. */
  readonly headers: Readonly<Record<string, string>>;
}

class MadeNotification implements TestNotification {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(written: OutputReader) {
    this.body = written.text();
    this.headers = written.headers();
  }

  /** The secret key stays out of logs. */
  toJSON(): object {
    return {};
  }

  static {
    Object.assign(this.prototype, shownAs(() => "TestNotification { … }"));
  }
}

const gateway: Gateway<ApiForCryptoOptions> = {
  number: GATEWAY,
  // The secret key of an invoice.
  hasSecrets: true,
  settings: ["walletId", "baseUrl", "invoiceUrl"],
  secrets: "notificationSecret",
  needsSecrets: false,
};

/**
 * A client of Api for Crypto: makes calls, verifies notifications.
 *
 * ```js
 * const gateway = new ApiForCrypto({ walletId, notificationSecret });
 * const call = gateway.createInvoice({
 *   blockchain: "tron", symbol: "USDT", value: 10_500_000n, expiry: 30, confirmations: 1, data: { order_id: "125" },
 * });
 * const response = await fetch(call.url, call);
 * const invoice = call.parse(response.status, await response.text());
 *
 * const notification = gateway.verifyNotification(await request.text());
 * ```
 */
export class ApiForCrypto extends ApiForCryptoMethods {
  constructor(options: ApiForCryptoOptions) {
    super(gateway, options, new.target);
  }

  /**
   * Verifies that a notification carries the invoice's `secret_key`, then reads it. Give the one that the invoice was
   * created with, unless the client derives them from its notification secret.
   *
   * Whoever has seen one notification can replay it: act only when the status has changed, and better on what
   * `invoice` then says.
   */
  verifyNotification(body: Body, secretKey?: string): Notification {
    try {
      const raw = rawBody(body);
      if (secretKey !== undefined && typeof secretKey !== "string") throw invalidInput("secret_key", "must be text");
      const start = bodyOffset(secretKey ?? "");
      const { handle } = this;
      let output, text;
      do {
        const secret = secretKey === undefined ? NO_SECRET_KEY : writeHeaderValue(secretKey);
        const length = writeBody(raw, start, handle.maxBody);
        output = leave(enter().verify(handle.number, start, length, 0, secret, 0));
        text = output[0] === DONE ? bodyText(raw, start, length) : "";
        // The secret key was in both.
        wipeInput(length === TOO_LONG ? start : start + length, 0);
      } while (handle.wasEvicted(output));
      return readMessage(output, text, readNotification);
    } catch (error) {
      throw withStackOf(own().verifyNotification, error);
    }
  }

  /**
   * Makes a notification as the gateway would send it, so that you can test your endpoint. Give the invoice's
   * `secret_key`; a client that has a notification secret derives it from `data.order_id`.
   *
   * ```js
   * const { body, headers } = gateway.testNotification({
   *   id: "0d9f2c7e", blockchain: "tron", symbol: "USDT", address: "TQWv7b8J", value: 10_500_000n, data: { order_id: "125" },
   * });
   * const response = await fetch(endpoint, { method: "POST", body, headers });
   * ```
   */
  testNotification(fields: NotificationFields): TestNotification {
    try {
      const values = valuesOf(fields, notificationFields);
      const { handle } = this;
      let output, written;
      do {
        const length = writeValues(values);
        output = leave(enter().test_notification(handle.number, length));
        written = new OutputReader(output);
        wipeInput(length, 0);
      } while (handle.wasEvicted(output));
      wipeOutputText();
      return new MadeNotification(written);
    } catch (error) {
      throw withStackOf(own().testNotification, error);
    }
  }

  /** Waits for an invoice, by its UUID, until it is paid or can no longer be. `run` drives it. */
  watchInvoice(uuid: string, policy?: WatchPolicy): CryptoInvoiceWatch {
    try {
      return newCryptoInvoiceWatch(this.handle, uuid, policy);
    } catch (error) {
      throw withStackOf(own().watchInvoice, error);
    }
  }

  /** The watch that was saved as this text. */
  resumeWatch(text: string): CryptoInvoiceWatch {
    try {
      return savedCryptoInvoiceWatch(this.handle, text);
    } catch (error) {
      throw withStackOf(own().resumeWatch, error);
    }
  }
}

// The class must not name itself: what builds the package would give it another name.
function own(): ApiForCrypto {
  return ApiForCrypto.prototype;
}
