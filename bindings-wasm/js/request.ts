// Requests that stay out of logs.

import type { OutputReader } from "./output.js";
import { shownAs } from "./shown.js";

/** A request to be sent unchanged. It is a valid `RequestInit`: `fetch(request.url, request)`. */
export abstract class SignedRequest {
  /** `GET` or `POST`. */
  declare readonly method: string;
  /** The absolute URL. */
  declare readonly url: string;
  /** The headers to send. */
  declare readonly headers: Readonly<Record<string, string>>;
  /** The very text that was signed; absent for `GET`. */
  declare readonly body?: string;
  /** Redirects are not followed: they would carry the signed request elsewhere. */
  declare readonly redirect: "manual";

  /** @internal */
  constructor(output: OutputReader) {
    this.method = output.staticText();
    this.url = output.text();
    const body = output.optional();
    this.headers = output.headers();
    this.redirect = "manual";
    if (body !== undefined) this.body = body;
  }

  /** Keys and signatures stay out of logs. */
  toJSON(): { method: string } {
    return { method: this.method };
  }

  static {
    const show = (request: SignedRequest) => `${request.constructor.name} { method: "${request.method}", … }`;
    Object.assign(this.prototype, shownAs(show));
  }
}
