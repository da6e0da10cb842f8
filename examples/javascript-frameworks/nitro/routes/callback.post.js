// Receives the callbacks of Bitloga with Nitro.

import { defineHandler } from "nitro/h3";
import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({ apiKey: process.env.BITLOGA_API_KEY, apiSecret: process.env.BITLOGA_API_SECRET });

// In production: a table with a unique column, written in the transaction that fulfils the order.
const known = new Set();

// #region callback
export default defineHandler(async ({ req }) => {
  try {
    // The signature covers the bytes as they were sent: req.json() and readBody() would lose them.
    const callback = bitloga.verifyCallback(await req.arrayBuffer(), req.headers);
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
