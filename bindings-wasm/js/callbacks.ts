// Callbacks, verified by what proves them.

import { bodyOffset, bodyText, enter, leave, wipeInput, writeBody, writeHeaderValue } from "./boundary.js";
import { rawBody } from "./body.js";
import type { ClientHandle } from "./client-handle.js";
import { Failure, invalidInput } from "./errors.js";
import { DONE, ERROR, NO_SECRET_KEY, TOO_LONG } from "./generated/constants.js";
import { readError, readMessage } from "./output.js";
import type { Reader } from "./output.js";
import { signatureOf } from "./source.js";

/** Verifies a callback by its signature, then reads it. `header` is the name of its header in small letters. */
export function verifySigned<Callback>(
  handle: ClientHandle,
  body: unknown,
  source: unknown,
  header: string,
  read: Reader<Callback>,
): Callback | Failure {
  try {
    const raw = rawBody(body);
    const { text, ofHeaders } = signatureOf(source, header);
    const start = bodyOffset(text);
    let length, output;
    do {
      const signature = writeHeaderValue(text);
      length = writeBody(raw, start, handle.maxBody);
      output = leave(enter().verify(handle.number, start, length, 0, signature, ofHeaders ? 1 : 0));
      if (output[0] === ERROR) return new Failure(readError(output));
    } while (handle.wasEvicted(output));
    return readMessage(output, bodyText(raw, start, length), read);
  } catch (error) {
    return new Failure(error);
  }
}

/** Verifies a callback by the secret key in it, then reads it. */
export function verifyKeyed<Callback>(
  handle: ClientHandle,
  body: unknown,
  secretKey: unknown,
  read: Reader<Callback>,
): Callback | Failure {
  try {
    const raw = rawBody(body);
    if (secretKey !== undefined && typeof secretKey !== "string") throw invalidInput("secret_key", "must be text");
    const start = bodyOffset(secretKey ?? "");
    let output, text;
    do {
      const secret = secretKey === undefined ? NO_SECRET_KEY : writeHeaderValue(secretKey);
      const length = writeBody(raw, start, handle.maxBody);
      output = leave(enter().verify(handle.number, start, length, 0, secret, 0));
      text = output[0] === DONE ? bodyText(raw, start, length) : "";
      // The secret key was in both.
      wipeInput(length === TOO_LONG ? start : start + length, 0);
      if (output[0] === ERROR) return new Failure(readError(output));
    } while (handle.wasEvicted(output));
    return readMessage(output, text, read);
  } catch (error) {
    return new Failure(error);
  }
}
