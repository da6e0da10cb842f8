// Bodies: the text or the bytes, exactly as received.

import { byteLength, isBytes, viewOf } from "./bytes.js";
import { InvalidInputError, PaysealError } from "./errors.js";

/** A body exactly as received. Node's `Buffer` is a `Uint8Array`. */
export type Body = string | ArrayBufferView | ArrayBufferLike;

const WHERE = [
  "Express: express.raw({ type: '*/*' }) on this route instead of express.json(), then req.body",
  "Fastify: addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body))",
  "Hono: await c.req.text()",
  "Next.js, Workers, Deno, Bun: await request.text()",
  "Next.js pages: export const config = { api: { bodyParser: false } } and read the request",
  "AWS Lambda: event.body, and Buffer.from(event.body, 'base64') if event.isBase64Encoded",
  "node:http: for await (const chunk of request) chunks.push(chunk), then Buffer.concat(chunks)",
].join("; ");

/** Text as it is, and bytes as a view; refuses what has been parsed. */
export function rawBody(body: unknown): string | Uint8Array {
  if (typeof body === "string") return body;
  if (isBytes(body) && byteLength(body) > 0) return body;
  return otherBytes(body);
}

function otherBytes(body: unknown): Uint8Array {
  let view;
  try {
    view = viewOf(body);
  } catch {
    throw notRaw("memory that was handed on", "read the body once, or copy it before it is transferred");
  }
  if (view === undefined) throw notRaw(...mistakeOf(body));
  return view;
}

function notRaw(what: string, cure: string): PaysealError {
  return new InvalidInputError(
    "body_not_raw",
    `the body must be the text or bytes exactly as received, not ${what}: ${cure}`,
  );
}

function mistakeOf(body: unknown): [what: string, cure: string] {
  try {
    const isPromise = typeof (body as { then?: unknown } | null | undefined)?.then === "function";
    return [kind(body), isPromise ? "await it" : WHERE];
  } catch {
    return ["an object that cannot be read", WHERE];
  }
}

function kind(body: unknown): string {
  if (body === null || body === undefined) return String(body);
  if (typeof body !== "object") return `a ${typeof body}`;
  const type = Object.prototype.toString.call(body).slice("[object ".length, -1);
  return type === "Object" || type === "Array" ? "what a parser made of it" : `a ${type}`;
}
