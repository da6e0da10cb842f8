import payseal = require("payseal");

const bitloga: payseal.Bitloga = new payseal.Bitloga({ apiKey: "key", apiSecret: "secret" });
const answer: Promise<payseal.Balances> = payseal.send(bitloga.balances(), {
  fetch: async () => new Response('{"USD":10.45,"success":true}'),
});

answer
  .then(() => import("./suite/print.mjs"))
  // The suite is typed for the ES module, whose classes are others.
  .then(({ printResults }) => printResults(payseal as never));
