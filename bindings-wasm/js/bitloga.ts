// The client of Bitloga.

import { enter, bodyOffset, bodyText, leave, wipeInput, writeBody, writeHeaderValue } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { secretOf } from "./client.js";
import type { DiagnoseOptions, Diagnosis, DiagnosisCause } from "./diagnosis.js";
import { invalidInput, withStackOf, unreadable } from "./errors.js";
import { BitlogaClient, signatureHeader } from "./generated/Bitloga.js";
import type { Callback } from "./generated/answers.js";
import { DONE, OF_ANOTHER_HEADER, OF_HEADER, SIGNATURE, TOO_LONG } from "./generated/constants.js";
import { callbackFields, expected as expectedFields } from "./generated/parameters.js";
import type { CallbackFields, Expected, WithdrawParameters } from "./generated/parameters.js";
import { givenValuesOf, ownValues, valuesOf, writeValues } from "./inputs.js";
import { membersOf } from "./json.js";
import type { JsonFields } from "./json.js";
import { optionsOf } from "./names.js";
import { newPayout, savedPayout } from "./payout.js";
import type { Payout } from "./payout.js";
import type { PayoutPolicy, WatchPolicy } from "./policy.js";
import { readError, OutputReader } from "./output.js";
import { ANY_SIGNATURE, signatureOf } from "./source.js";
import type { SignatureSource } from "./source.js";
import { newInvoiceWatch, savedInvoiceWatch } from "./watch.js";
import type { InvoiceWatch } from "./watch.js";

/** A callback as the gateway would send it. */
export interface SignedCallback<Body extends string | Uint8Array = string> {
  /** What to post. */
  readonly body: Body;
  /** The headers to post it with. `console.log` and `JSON.stringify` show their names only. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What `signCallback` takes besides the fields. */
export interface SignOptions {
  /** Fields that no document names, which the gateway may send one day. They come after those it does. */
  readonly extra?: JsonFields | undefined;
}

/**
 * A client of Bitloga: makes calls, verifies callbacks.
 *
 * ```js
 * const bitloga = new Bitloga({ apiKey, apiSecret });
 * const call = bitloga.createInvoice({ uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z123456789012" });
 * const response = await fetch(call.url, call);
 * const invoice = call.parse(response.status, await response.text());
 *
 * const callback = bitloga.verifyCallback(await request.text(), request.headers);
 * ```
 */
export class Bitloga extends BitlogaClient {
  /**
   * Signs a callback as the gateway would, so that you can test your endpoint.
   *
   * ```js
   * const { body, headers } = bitloga.signCallback(
   *   { to: "WMZ", amount: "1.00", purse: "Z123456789012", invoiceid: 5, uniqueid: "125" },
   *   { extra: { network: "tron" } }, // fields that no document names
   * );
   * const response = await fetch(endpoint, { method: "POST", body, headers });
   * ```
   */
  signCallback(fields: CallbackFields, options?: SignOptions): SignedCallback {
    try {
      const values = valuesOf(fields, callbackFields);
      const { extra } = optionsOf<SignOptions>(options, ["extra"]);
      const members = extra === undefined ? "" : membersOf(extra, "extra");
      const { handle } = this;
      let output;
      do {
        const length = writeValues(values);
        const more = writeBody(members, length, Infinity);
        output = leave(enter().sign_callback(handle.number, length, more));
      } while (handle.wasEvicted(output));
      const written = new OutputReader(output);
      return { body: written.text(), headers: written.headers() };
    } catch (error) {
      throw withStackOf(own().signCallback, error);
    }
  }

  /**
   * Signs any body as the gateway would: one it has sent, or one that your endpoint has to refuse.
   *
   * ```js
   * const { body, headers } = bitloga.signCallbackBody("no callback");
   * const response = await fetch(endpoint, { method: "POST", body, headers });
   * ```
   */
  signCallbackBody(body: string): SignedCallback;
  signCallbackBody(body: Exclude<Body, string>): SignedCallback<Uint8Array>;
  signCallbackBody(body: Body): SignedCallback<string | Uint8Array>;
  signCallbackBody(body: Body): SignedCallback<string | Uint8Array> {
    try {
      const given = rawBody(body);
      const raw = typeof given === "string" ? given : new Uint8Array(given);
      const { handle } = this;
      let length, output;
      do {
        length = writeBody(raw, 0, Infinity);
        output = leave(enter().sign_callback_body(handle.number, length));
      } while (handle.wasEvicted(output));
      const signed = typeof raw === "string" ? bodyText(raw, 0, length) : raw;
      return { body: signed, headers: new OutputReader(output).headers() };
    } catch (error) {
      throw withStackOf(own().signCallbackBody, error);
    }
  }

  /**
   * Tells why a callback does not verify, and what to do about it. For a person who is setting an endpoint up: it
   * costs far more than `verifyCallback`.
   *
   * ```js
   * const { cause, message } = bitloga.diagnose(body, headers, { secret: process.env.API_SECRET });
   * ```
   */
  diagnose(body: Body, source: SignatureSource, options?: DiagnoseOptions): Diagnosis {
    try {
      const raw = rawBody(body);
      const secret = secretOf(optionsOf<DiagnoseOptions>(options, ["secret"]).secret);
      let { text, ofHeaders } = signatureOf(source, signatureHeader);
      let place = ofHeaders ? OF_HEADER : SIGNATURE;
      if (text === "" && ofHeaders) {
        ({ text } = signatureOf(source, ANY_SIGNATURE));
        if (text !== "") place = OF_ANOTHER_HEADER;
      }
      const start = bodyOffset(text);
      const { handle } = this;
      let output;
      do {
        const signature = writeHeaderValue(text);
        const length = writeBody(raw, start, handle.maxBody);
        const end = length === TOO_LONG ? start : start + length;
        const secretLength = writeBody(secret, end, Infinity);
        output = leave(enter().diagnose(handle.number, start, length, signature, place, end, secretLength));
        if (secretLength > 0) wipeInput(end + secretLength, 0);
      } while (handle.wasEvicted(output));
      const written = new OutputReader(output);
      return { cause: written.text() as DiagnosisCause, message: written.text() };
    } catch (error) {
      throw withStackOf(own().diagnose, error);
    }
  }

  /** A payout that happens exactly once, whatever becomes of its requests. `run` drives it. */
  payout(parameters: WithdrawParameters, policy?: PayoutPolicy): Payout {
    try {
      return newPayout(this.handle, parameters, policy);
    } catch (error) {
      throw withStackOf(own().payout, error);
    }
  }

  /**
   * The payout that was saved as this text: it asks before it sends. Throws an `InvalidInputError` of the field
   * `gateway` where it is of another account or address.
   *
   * A text that was saved before `withdraw` was ever handed out cannot know whether it was sent since: its payout waits
   * out the settle time before it is sent. To queue payouts, save their parameters rather than their texts.
   */
  resumePayout(text: string): Payout {
    try {
      return savedPayout(this.handle, text);
    } catch (error) {
      throw withStackOf(own().resumePayout, error);
    }
  }

  /** Waits for an invoice, by its `uniqueid`, until it is paid or can no longer be. `run` drives it. */
  watchInvoice(uniqueid: string, policy?: WatchPolicy): InvoiceWatch {
    try {
      return newInvoiceWatch(this.handle, uniqueid, policy);
    } catch (error) {
      throw withStackOf(own().watchInvoice, error);
    }
  }

  /** The watch that was saved as this text. */
  resumeWatch(text: string): InvoiceWatch {
    try {
      return savedInvoiceWatch(this.handle, text);
    } catch (error) {
      throw withStackOf(own().resumeWatch, error);
    }
  }
}

// The class must not name itself: what builds the package would give it another name.
function own(): Bitloga {
  return Bitloga.prototype;
}

/**
 * Holds a genuine callback against what you expect. A callback for the wrong amount or the wrong account is the
 * classic hole in shops. Throws a `MismatchError` that names every field that differs.
 *
 * What you leave out is not compared. A field that is there without a value is refused: it would compare nothing.
 */
export function expectCallback(callback: Callback, expected: Expected): void {
  try {
    const values = givenValuesOf(expected, expectedFields);
    values.push(...fieldsOf(callback));
    const length = writeValues(values);
    const output = leave(enter().expect_callback(length));
    if (output[0] !== DONE) throw readError(output);
  } catch (error) {
    throw withStackOf(expectCallback, error);
  }
}

/** What a callback itself says of the fields that may be expected. */
function fieldsOf(callback: unknown): unknown[] {
  if (typeof callback !== "object" || callback === null) throw invalidInput("callback", "must be a callback");
  try {
    return ownValues(callback, expectedFields);
  } catch (error) {
    throw unreadable("callback", error);
  }
}
