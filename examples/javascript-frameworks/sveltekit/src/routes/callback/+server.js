// Receives the callbacks of Bitloga with SvelteKit.

import { env } from "$env/dynamic/private";
import { Bitloga, PaysealError, SignatureError } from "payseal";

// In production: a table with a unique column, written in the transaction that fulfils the order.
const known = new Set();

let bitloga;

// Made when first needed: `vite build` loads the routes too, and has no secrets.
function gateway() {
  bitloga ??= new Bitloga({ apiKey: env.BITLOGA_API_KEY, apiSecret: env.BITLOGA_API_SECRET });
  return bitloga;
}

// #region callback
export async function POST({ request }) {
  try {
    // The signature covers the bytes as they were sent: request.json() would lose them.
    const callback = gateway().verifyCallback(await request.arrayBuffer(), request.headers);
    return new Response(fulfil(callback));
  } catch (error) {
    if (error instanceof SignatureError) return new Response(error.code, { status: 401 });
    if (error instanceof PaysealError) return new Response(error.code, { status: 400 });
    throw error;
  }
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
