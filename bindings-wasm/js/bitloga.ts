// The client of Bitloga.

import { behind, bodyText, operate, writeBody, writeEntries, writeLine } from "./boundary.js";
import { rawBody } from "./body.js";
import type { Body } from "./body.js";
import { Call } from "./call.js";
import { optionsOf } from "./client.js";
import type { Operations, Secret } from "./client.js";
import { entered, invalidInput } from "./errors.js";
import { BitlogaMethods, LIST_CODES } from "./generated/Bitloga.js";
import { readCallback, readCodePage } from "./generated/answers.js";
import type { Callback, CodePage } from "./generated/answers.js";
import { writeCallbackFields, writeExpected, writeListCodesParameters, writeWithdrawParameters } from "./generated/parameters.js";
import type { CallbackFields, Expected, ListCodesParameters, WithdrawParameters } from "./generated/parameters.js";
import { inputsOf } from "./inputs.js";
import type { Inputs } from "./inputs.js";
import { Payout } from "./payout.js";
import { DONE, END, readError, readMessage, Written } from "./reply.js";
import { signatureOf } from "./source.js";
import type { SignatureSource } from "./source.js";

/** What a client of Bitloga is made of. */
export interface BitlogaOptions {
  /** The API key of the user panel. */
  readonly apiKey: string;
  /** Its secret; several while one replaces another, the new one first. */
  readonly apiSecret: Secret | readonly Secret[];
  /** Another address, such as a sandbox. */
  readonly baseUrl?: string | undefined;
  /** How many bytes a body may have: 1 MiB unless told otherwise. */
  readonly maxBody?: number | undefined;
}

/** A callback as the gateway would send it. */
export interface SignedCallback {
  /** The text to post. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Why a callback does not verify, and what to do about it. */
export interface Diagnosis {
  /** The cause, a stable name. */
  readonly cause: string;
  /** The cause and the cure, for a person. */
  readonly message: string;
}

const operations: Operations = {
  open: (wasm, client, length, secrets, maxBody) => wasm.open_bitloga(client, length, secrets, maxBody),
  call: (wasm, client, method, length) => wasm.call_bitloga(client, method, length),
  parse: (wasm, method, status, start, length, maxBody) => wasm.parse_bitloga(method, status, start, length, maxBody),
};

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
export class Bitloga extends BitlogaMethods {
  constructor(options: BitlogaOptions) {
    const { apiKey, apiSecret, baseUrl, maxBody } = optionsOf(options);
    super(operations, [apiKey, baseUrl], Array.isArray(apiSecret) ? apiSecret : [apiSecret], maxBody, new.target);
  }

  /**
   * Verifies the text or bytes of a callback exactly as received, then reads it.
   *
   * The signature carries no time and no nonce: a replay verifies too. Act once per `event_id`, and hold it against
   * what you expect with `expectCallback`.
   */
  verifyCallback(body: Body, source: SignatureSource): Callback {
    return entered(this.verifyCallback, () => {
      const raw = rawBody(body);
      const { text, ofHeaders } = signatureOf(source);
      const start = behind(text);
      let length = 0;
      const reply = this.operate((wasm, client) => {
        const signature = writeLine(text);
        length = writeBody(raw, start, this.maxBody);
        return wasm.verify_callback(client, start, length, 0, signature, ofHeaders ? 1 : 0);
      });
      return readMessage(reply, bodyText(raw, start, length), readCallback);
    });
  }

  /** Signs a callback as the gateway would, so that you can test your endpoint. */
  signCallback(fields: CallbackFields): SignedCallback {
    return entered(this.signCallback, () => {
      const inputs = inputsOf(fields, writeCallbackFields);
      const reply = this.operate((wasm, client) =>
        wasm.sign_callback(client, writeEntries(inputs.entries, inputs.text)),
      );
      const written = new Written(reply);
      return { body: written.text(), headers: written.headers() };
    });
  }

  /**
   * Tells why a callback does not verify, and what to do about it. For a person who is setting an endpoint up: it
   * costs far more than `verifyCallback`.
   */
  diagnose(body: Body, source: SignatureSource): Diagnosis {
    return entered(this.diagnose, () => {
      const raw = rawBody(body);
      const { text, ofHeaders } = signatureOf(source);
      const start = behind(text);
      const reply = this.operate((wasm, client) => {
        const signature = writeLine(text);
        const length = writeBody(raw, start, this.maxBody);
        return wasm.diagnose(client, start, length, 0, signature, ofHeaders ? 1 : 0);
      });
      const written = new Written(reply);
      return { cause: written.text(), message: written.text() };
    });
  }

  /**
   * Page after page of codes, each as a call, until the first short page.
   *
   * Every call has to be sent, and its answer parsed with the call's own `parse`, before the next one is asked for.
   *
   * ```js
   * for (const call of bitloga.codePages({ status: "Active" })) {
   *   const response = await fetch(call.url, call);
   *   for (const code of call.parse(response.status, await response.text()).data) console.log(code.code);
   * }
   * ```
   */
  *codePages(filter?: ListCodesParameters): Generator<Call<CodePage>, void, void> {
    const inputs = entered(this.codePages, () => inputsOf(filter, writeListCodesParameters));
    let call: Call<CodePage> | undefined = this.listCodes(filter);
    let received = 0;
    while (call !== undefined) {
      yield call;
      const page: CodePage | undefined = Call.lastAnswerOf(call);
      if (page === undefined) throw invalidInput("codePages", "needs each page parsed before the next is asked for");
      received += page.data.length;
      call = this.#nextPage(inputs, received, page.data.length);
    }
  }

  #nextPage(inputs: Inputs, received: number, last: number): Call<CodePage> | undefined {
    const reply = this.operate((wasm, client) =>
      wasm.next_code_page(client, writeEntries(inputs.entries, inputs.text), received, last),
    );
    return reply[0] === END ? undefined : new Call(new Written(reply), this.reading(LIST_CODES, readCodePage));
  }

  /** A payout that happens exactly once, whatever becomes of its requests. */
  payout(parameters: WithdrawParameters): Payout {
    return entered(this.payout, () => {
      const inputs = inputsOf(parameters, writeWithdrawParameters);
      return this.#payout(operate((wasm) => wasm.new_payout(writeEntries(inputs.entries, inputs.text))));
    });
  }

  /** The payout that was saved as this text. */
  resumePayout(text: string): Payout {
    return entered(this.resumePayout, () => {
      if (typeof text !== "string") throw invalidInput("text", "must be the text of a payout");
      return this.#payout(operate((wasm) => wasm.check_payout(writeBody(text, 0, this.maxBody))));
    });
  }

  #payout(reply: Uint32Array): Payout {
    if (reply[0] !== DONE) throw readError(reply);
    return new Payout(new Written(reply).text(), (operation) => this.operate(operation), this.maxBody);
  }
}

/**
 * Holds a genuine callback against what you expect. A callback for the wrong amount or the wrong account is the
 * classic hole in shops. Throws a `MismatchError` that names every field that differs.
 */
export function expectCallback(callback: Callback, expected: Expected): void {
  entered(expectCallback, () => {
    const inputs = inputsOf(expected, writeExpected);
    if (typeof callback !== "object" || callback === null) throw invalidInput("callback", "must be a callback");
    writeExpected(inputs, callback);
    const reply = operate((wasm) => wasm.expect_callback(writeEntries(inputs.entries, inputs.text)));
    if (reply[0] !== DONE) throw readError(reply);
  });
}
