// Receives the callbacks of Bitloga with nothing but Node.

import { createServer } from "node:http";
import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({ apiKey: process.env.BITLOGA_API_KEY, apiSecret: process.env.BITLOGA_API_SECRET });
const MAX_BODY = 1024 * 1024;

// In production: a table with a unique column, written in the transaction that fulfils the order.
const known = new Set();

// #region callback
const server = createServer(async (request, response) => {
  if (request.method !== "POST" || request.url !== "/callback") return response.writeHead(404).end();
  try {
    const body = await readBody(request);
    if (body === undefined) return response.writeHead(413, { connection: "close" }).end();
    const callback = bitloga.verifyCallback(body, request.headers);
    response.end(fulfil(callback));
  } catch (error) {
    if (error instanceof SignatureError) response.writeHead(401).end(error.code);
    else if (error instanceof PaysealError) response.writeHead(400).end(error.code);
    else response.writeHead(500).end();
  }
});

// The signature covers the bytes as they were sent: they are collected, not decoded piece by piece.
async function readBody(request) {
  const pieces = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > MAX_BODY) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
// #endregion callback

// The gateway repeats a callback until it is answered with 200, so a repetition gets 200 too.
function fulfil(callback) {
  if (known.has(callback.event_id)) return "already known";
  known.add(callback.event_id);
  // Hold it against your order here: expectCallback(callback, { uniqueid, amount, to, purse }).
  if (callback.isPaid) console.log(`order ${callback.uniqueid} is paid: ${callback.amount} ${callback.to}`);
  return "fulfilled";
}

server.listen(process.env.PORT ?? 3000, "127.0.0.1");
