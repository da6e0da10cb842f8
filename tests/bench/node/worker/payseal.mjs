// A Worker that verifies callbacks with payseal.

import { Bitloga, PaysealError } from "payseal";

const bitloga = new Bitloga({ apiKey: "api-key", apiSecret: "api-secret" });

export default {
  async fetch(request) {
    try {
      const callback = bitloga.verifyCallback(await request.text(), request.headers);
      return new Response(`${callback.uniqueid} ${Number(callback.amount)}`);
    } catch (error) {
      if (!(error instanceof PaysealError)) throw error;
      return new Response(error.code, { status: 401 });
    }
  },
};
