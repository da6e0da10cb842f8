// The client of Api for Crypto.

import { enter, leave, wipeInput, wipeOutputText } from "./boundary.js";
import { withStackOf } from "./errors.js";
import { ApiForCryptoClient } from "./generated/ApiForCrypto.js";
import { notificationFields } from "./generated/parameters.js";
import type { NotificationFields } from "./generated/parameters.js";
import { valuesOf, writeValues } from "./inputs.js";
import type { WatchPolicy } from "./policy.js";
import { OutputReader } from "./output.js";
import { shownAs } from "./shown.js";
import { newCryptoInvoiceWatch, savedCryptoInvoiceWatch } from "./watch.js";
import type { CryptoInvoiceWatch } from "./watch.js";

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
export class ApiForCrypto extends ApiForCryptoClient {
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
