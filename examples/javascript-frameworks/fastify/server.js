// Receives the callbacks of Bitloga with Fastify.

import Fastify from "fastify";
import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({ apiKey: process.env.BITLOGA_API_KEY, apiSecret: process.env.BITLOGA_API_SECRET });

// In production: a table with a unique column, written in the transaction that fulfils the order.
const known = new Set();

const app = Fastify();

// #region callback
// A plugin has parsers of its own: the rest of your application keeps its parsed JSON.
app.register(async (callbacks) => {
  // The signature covers the bytes as they were sent, so nothing may parse them before.
  callbacks.removeAllContentTypeParsers();
  callbacks.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => done(null, body));

  callbacks.post("/callback", async (request) => {
    const callback = bitloga.verifyCallback(request.body, request.headers);
    return fulfil(callback);
  });

  callbacks.setErrorHandler((error, request, reply) => {
    if (error instanceof SignatureError) return reply.code(401).send(error.code);
    if (error instanceof PaysealError) return reply.code(400).send(error.code);
    throw error;
  });
});
// #endregion callback

// The gateway repeats a callback until it is answered with 200, so a repetition gets 200 too.
function fulfil(callback) {
  if (known.has(callback.event_id)) return "already known";
  known.add(callback.event_id);
  // Hold it against your order here: expectCallback(callback, { uniqueid, amount, to, purse }).
  if (callback.isPaid) console.log(`order ${callback.uniqueid} is paid: ${callback.amount} ${callback.to}`);
  return "fulfilled";
}

await app.listen({ port: Number(process.env.PORT ?? 3000), host: "127.0.0.1" });
