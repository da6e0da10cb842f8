// Receives the callbacks of Bitloga with Deno.

import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({
  apiKey: Deno.env.get("BITLOGA_API_KEY"),
  apiSecret: Deno.env.get("BITLOGA_API_SECRET"),
});

// In production: Deno KV's atomic().check(), or a table with a unique column.
const known = new Set();

// #region callback
Deno.serve({ port: Number(Deno.env.get("PORT") ?? 3000), hostname: "127.0.0.1" }, async (request) => {
  if (request.method !== "POST" || new URL(request.url).pathname !== "/callback") {
    return new Response(null, { status: 404 });
  }
  try {
    // The signature covers the bytes as they were sent: request.json() would lose them.
    const callback = bitloga.verifyCallback(await request.arrayBuffer(), request.headers);
    return new Response(fulfil(callback));
  } catch (error) {
    if (error instanceof SignatureError) return new Response(error.code, { status: 401 });
    if (error instanceof PaysealError) return new Response(error.code, { status: 400 });
    throw error;
  }
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
