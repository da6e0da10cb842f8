// Receives the callbacks of Bitloga with AWS Lambda, behind an HTTP API, a REST API or a function URL.

import { Bitloga, PaysealError, SignatureError } from "payseal";

const bitloga = new Bitloga({ apiKey: process.env.BITLOGA_API_KEY, apiSecret: process.env.BITLOGA_API_SECRET });

// In production: DynamoDB with the condition attribute_not_exists(event_id), for Lambda runs many instances.
const known = new Set();

// #region callback
export async function handler(event) {
  try {
    // The signature covers the bytes as they were sent. API Gateway hands over what it takes for binary as base64.
    const body = event.isBase64Encoded ? Buffer.from(event.body, "base64") : event.body;
    const callback = bitloga.verifyCallback(body ?? "", event);
    return { statusCode: 200, body: fulfil(callback) };
  } catch (error) {
    if (error instanceof SignatureError) return { statusCode: 401, body: error.code };
    if (error instanceof PaysealError) return { statusCode: 400, body: error.code };
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
