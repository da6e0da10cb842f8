// Verifies what both gateways deliver, and takes every event once.

import { env } from "cloudflare:workers";
import { ApiForCrypto, Bitloga, InvalidInputError, PaysealError, SignatureError } from "payseal";

import { payouts } from "./payouts.js";

export { Events } from "./events.js";
export { Payouts } from "./payouts.js";

let bitloga;
let apiForCrypto;

/** Made for the first callback: a Worker is deployed for the first time before it has any secrets. */
function bitlogaClient() {
  bitloga ??= new Bitloga({ apiKey: env.BITLOGA_API_KEY, apiSecret: env.BITLOGA_API_SECRET });
  return bitloga;
}

function apiForCryptoClient() {
  apiForCrypto ??= new ApiForCrypto({
    walletId: env.APIFORCRYPTO_WALLET_ID,
    notificationSecret: env.APIFORCRYPTO_NOTIFICATION_SECRET,
  });
  return apiForCrypto;
}

export default {
  /** @param {Request} request */
  async fetch(request) {
    const events = env.EVENTS.getByName("events");
    try {
      if (/^\/payouts(\/|$)/.test(new URL(request.url).pathname)) return await payouts(request, env);
      switch (`${request.method} ${new URL(request.url).pathname}`) {
        case "POST /callback":
          return answer(await events.take(await callback(request)));
        case "POST /notification":
          return answer(await events.take(await notification(request)));
        // For the demonstration. Protect it, or leave it out.
        case "GET /events":
          return Response.json(await events.list());
        default:
          return new Response("not found\n", { status: 404 });
      }
    } catch (error) {
      if (!(error instanceof PaysealError)) throw error;
      return new Response(`${error.code}\n`, { status: statusOf(error) });
    }
  },
};

/** A secret that is missing is our own mistake: the gateway delivers again later. */
function statusOf(error) {
  if (error instanceof SignatureError) return 401;
  return error instanceof InvalidInputError ? 500 : 400;
}

// #region callback
/** Bitloga signs the bytes it sends: verify them as they came, before anything parses them. */
async function callback(request) {
  const body = await request.arrayBuffer();
  const { event_id, uniqueid, status, amount } = bitlogaClient().verifyCallback(body, request.headers);
  return { event_id, kind: "callback", reference: uniqueid, status, amount };
}
// #endregion callback

/** Api for Crypto sends back the secret of the invoice, which is derived from its order_id: nothing is stored. */
async function notification(request) {
  const { event_id, data, status, value } = apiForCryptoClient().verifyNotification(await request.text());
  return { event_id, kind: "notification", reference: data.order_id, status, amount: value };
}

/** A repeated delivery is a success too: with another status the gateway would go on repeating it. */
function answer(isFirst) {
  return new Response(isFirst ? "taken\n" : "known\n");
}
