// Clients from what the vectors say of them.

import { ApiForCrypto, Bitloga } from "payseal";

import * as vectors from "./vectors.mjs";

export function bitloga({ client = vectors.bitloga.client, secrets } = {}) {
  return new Bitloga({ apiKey: client.api_key, apiSecret: secrets ?? client.api_secret, baseUrl: client.base_url });
}

export function apiForCrypto({ client = vectors.apiForCrypto.client } = {}) {
  return new ApiForCrypto({
    walletId: client.wallet_id,
    notificationSecret: client.notification_secret,
    baseUrl: client.base_url,
    invoiceUrl: client.invoice_url,
  });
}

export const gateways = {
  bitloga: { make: bitloga, vectors: vectors.bitloga },
  apiforcrypto: { make: apiForCrypto, vectors: vectors.apiForCrypto },
};
