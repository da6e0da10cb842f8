// Receives the callbacks of Bitloga with Express.

import express from "express";
import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({ apiKey: process.env.BITLOGA_API_KEY, apiSecret: process.env.BITLOGA_API_SECRET });

// In production: a table with a unique column, written in the transaction that fulfils the order.
const known = new Set();

const app = express();

// #region callback
// The signature covers the bytes as they were sent: express.raw() keeps them. If your application uses express.json()
// for everything else, this route has to come before it.
app.post("/callback", express.raw({ type: () => true }), (request, response) => {
  const callback = bitloga.verifyCallback(request.body, request.headers);
  response.send(fulfil(callback));
});

app.use((error, request, response, next) => {
  if (error instanceof SignatureError) response.status(401).send(error.code);
  else if (error instanceof PaysealError) response.status(400).send(error.code);
  else next(error);
});
// #endregion callback

// #region fulfil
// The gateway repeats a callback until it is answered with 200, so a repetition gets 200 too.
function fulfil(callback) {
  if (known.has(callback.event_id)) return "already known";
  known.add(callback.event_id);
  // Hold it against your order here: expectCallback(callback, { uniqueid, amount, to, purse }).
  if (callback.isPaid) console.log(`order ${callback.uniqueid} is paid: ${callback.amount} ${callback.to}`);
  return "fulfilled";
}
// #endregion fulfil

app.listen(process.env.PORT ?? 3000, "127.0.0.1");
