// Receives the callbacks of Bitloga with Hono, here on Node.

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({ apiKey: process.env.BITLOGA_API_KEY, apiSecret: process.env.BITLOGA_API_SECRET });

// In production: a table with a unique column, written in the transaction that fulfils the order.
const known = new Set();

const app = new Hono();

// #region callback
app.post("/callback", async (c) => {
  // The signature covers the bytes as they were sent: c.req.json() would lose them.
  const callback = bitloga.verifyCallback(await c.req.arrayBuffer(), c.req.raw.headers);
  return c.text(fulfil(callback));
});

app.onError((error, c) => {
  if (error instanceof SignatureError) return c.text(error.code, 401);
  if (error instanceof PaysealError) return c.text(error.code, 400);
  throw error;
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

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: "127.0.0.1" });
