// The package meets the types of the platform: `fetch`, `Headers`, Node's requests.

import type { IncomingMessage } from "node:http";

import { Bitloga, send } from "payseal";

const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
const call = bitloga.balances({ currency: "USD" });

export async function platform(request: Request, incoming: IncomingMessage, body: Buffer): Promise<void> {
  const init: RequestInit = call;
  await fetch(call.url, call);
  await fetch(call.url, { ...call, signal: AbortSignal.timeout(1) });
  void new Request(call.url, init);
  bitloga.verifyCallback(await request.text(), request.headers);
  bitloga.verifyCallback(await request.arrayBuffer(), request);
  bitloga.verifyCallback(body, incoming.headers);
  bitloga.verifyCallback(body, incoming);
  await send(call, { fetch, signal: request.signal, timeout: 1000 });
}
