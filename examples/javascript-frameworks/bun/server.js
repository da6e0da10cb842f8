// Receives the callbacks of Bitloga with Bun.

import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({ apiKey: process.env.BITLOGA_API_KEY, apiSecret: process.env.BITLOGA_API_SECRET });

// In production: a table with a unique column, written in the transaction that fulfils the order.
const known = new Set();

// #region callback
Bun.serve({
  port: Number(process.env.PORT ?? 3000),
  hostname: "127.0.0.1",
  routes: {
    "/callback": {
      async POST(request) {
        // The signature covers the bytes as they were sent: request.json() would lose them.
        const callback = bitloga.verifyCallback(await request.arrayBuffer(), request.headers);
        return new Response(fulfil(callback));
      },
    },
  },
  fetch: () => new Response(null, { status: 404 }),
  error(error) {
    if (error instanceof SignatureError) return new Response(error.code, { status: 401 });
    if (error instanceof PaysealError) return new Response(error.code, { status: 400 });
    return new Response(null, { status: 500 });
  },
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
