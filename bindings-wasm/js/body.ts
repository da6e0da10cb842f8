// Bodies: the text or the bytes, exactly as received.

import { PaysealError, InvalidInputError } from "./errors.js";

/** A body exactly as received. Node's `Buffer` is a `Uint8Array`. */
export type Body = string | ArrayBufferView | ArrayBufferLike;

const WHERE = [
  "Express: express.raw({ type: '*/*' }) on this route instead of express.json(), then req.body",
  "Fastify: addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body))",
  "Hono: await c.req.text()",
  "Next.js, Workers, Deno, Bun: await request.text()",
  "Next.js pages: export const config = { api: { bodyParser: false } } and read the request",
  "AWS Lambda: event.body, and Buffer.from(event.body, 'base64') if event.isBase64Encoded",
  "node:http: Buffer.concat(await Array.fromAsync(request))",
].join("; ");

/** Text as it is, and bytes as a view; refuses what has been parsed. */
export function rawBody(body: unknown): string | Uint8Array {
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (isBuffer(body)) return new Uint8Array(body);
  throw notRaw(body);
}

/** Also those of another realm, of which `instanceof` knows nothing. */
function isBuffer(body: unknown): body is ArrayBuffer {
  return /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(body));
}

function notRaw(body: unknown): PaysealError {
  const cure = typeof (body as { then?: unknown } | null | undefined)?.then === "function" ? "await it" : WHERE;
  return new InvalidInputError(
    "body_not_raw",
    `the body must be the text or bytes exactly as received, not ${kind(body)}: ${cure}`,
  );
}

function kind(body: unknown): string {
  if (body === null || body === undefined) return String(body);
  if (typeof body !== "object") return `a ${typeof body}`;
  const type = Object.prototype.toString.call(body).slice("[object ".length, -1);
  return type === "Object" || type === "Array" ? "what a parser made of it" : `a ${type}`;
}
