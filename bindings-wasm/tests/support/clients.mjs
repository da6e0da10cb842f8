// Clients from what the vectors say of them.

import { ApiForCrypto, Bitloga } from "payseal";

import * as vectors from "./vectors.mjs";

const options = ({ client, secrets }) => ({
  apiKey: client.api_key,
  apiSecret: secrets ?? client.api_secret,
  walletId: client.wallet_id,
  notificationSecret: client.notification_secret,
  baseUrl: client.base_url,
  invoiceUrl: client.invoice_url,
});

export function bitloga({ client = vectors.bitloga.client, secrets } = {}) {
  return new Bitloga(options({ client, secrets }));
}

export function apiForCrypto({ client = vectors.apiForCrypto.client } = {}) {
  return new ApiForCrypto(options({ client }));
}

export const gateways = {
  bitloga: { make: bitloga, vectors: vectors.bitloga },
  apiforcrypto: { make: apiForCrypto, vectors: vectors.apiForCrypto },
};
