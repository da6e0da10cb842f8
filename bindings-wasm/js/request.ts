// Requests that stay out of logs.

import type { Written } from "./reply.js";

const inspect = Symbol.for("nodejs.util.inspect.custom");
const inspectInDeno = Symbol.for("Deno.customInspect");

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
  constructor(written: Written) {
    this.method = written.text();
    this.url = written.text();
    const body = written.optional();
    this.headers = written.headers();
    this.redirect = "manual";
    if (body !== undefined) this.body = body;
  }

  /** Keys and signatures stay out of logs. */
  toJSON(): { method: string } {
    return { method: this.method };
  }

  /** @internal */
  [inspect](): string {
    return `${this.constructor.name} { method: "${this.method}", … }`;
  }

  /** @internal */
  [inspectInDeno](): string {
    return this[inspect]();
  }
}
