// Posts a message to the endpoint that it is to test.

import { unreachable, wrongUse } from "./failure.js";

/** What an endpoint answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const SECONDS = 30;
/** How much of an answer is read. */
const MOST = 64 * 1024;

/** An address that a test message may go to: nobody on the way can read it. */
export function endpointOf(address: string): URL {
  // URL would leave line breaks out.
  const url = /[\x00-\x20\x7f]/.test(address) || !URL.canParse(address) ? undefined : new URL(address);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.port === "0") {
    throw wrongUse("the address is no URL, such as http://127.0.0.1:3000/callback");
  }
  if (url.username !== "" || url.password !== "") throw wrongUse("the address must not have a user name or password");
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) return url;
  throw wrongUse("the address must begin with https://, unless it is of this machine (localhost, 127.0.0.1, [::1])");
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.[0-9]{1,3}){3}$/.test(host);
}

/** Posts a message. An answer of any status is an answer. */
export async function post(url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(SECONDS * 1000);
    const response = await fetch(url, { method: "POST", body, headers: { ...headers }, redirect: "manual", signal });
    return { status: response.status, body: await beginningOf(response) };
  } catch (error) {
    throw unreachable(`the endpoint cannot be reached: ${reason(error)}`);
  }
}

async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  const reader = response.body?.getReader();
  for (let length = 0; reader !== undefined && length < MOST; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  await reader?.cancel();
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, MOST));
}

function reason(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  if (name === "TimeoutError") return `no answer within ${SECONDS} seconds`;
  const code = cause?.code ?? "";
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "its host is not known";
  if (/CERT|SSL|TLS|SIGNATURE|SIGNED/.test(code)) return "its certificate is not trusted";
  return "the connection broke";
}
