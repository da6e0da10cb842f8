// A real HTTP client that loads Workers in turn: `node worker/load.mjs PLAN.json` prints the samples as JSON.

import { readFileSync } from "node:fs";

import autocannon from "autocannon";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const names = Object.keys(plan.addresses);

for (const name of names) await check(name);

const rounds = Object.fromEntries(names.map((name) => [name, []]));
for (let round = 0; round <= plan.rounds; round++) {
  for (let place = 0; place < names.length; place++) {
    const name = names[(round + place) % names.length];
    const sample = await load(plan.addresses[name]);
    if (round > 0) rounds[name].push(sample); // The first round only warms the Workers up.
  }
}
console.log(JSON.stringify(rounds));

/** A genuine callback is accepted, a forged one refused. */
async function check(name) {
  const address = plan.addresses[name];
  const post = (signature) => fetch(address, { method: "POST", body: plan.body, headers: { "x-signature": signature } });
  const accepted = await post(plan.signature);
  if (accepted.status !== 200 || (await accepted.text()) !== "125 1") throw new Error(`${name} refuses a callback`);
  const forged = await post(plan.signature.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")));
  if (forged.status !== 401) throw new Error(`${name} accepts a forged callback`);
}

/** Requests per second. */
async function load(url) {
  const options = {
    url,
    method: "POST",
    body: plan.body,
    headers: { "x-signature": plan.signature },
    connections: plan.connections,
    amount: plan.requests,
    timeout: 10,
  };
  const started = performance.now();
  let finished = started;
  const { requests, errors, non2xx } = await new Promise((resolve, reject) => {
    const running = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    // The client itself only notices every second whether it has finished.
    running.on("response", () => (finished = performance.now()));
  });
  if (errors > 0 || non2xx > 0) throw new Error(`${errors} errors, ${non2xx} refusals`);
  return (requests.total / (finished - started)) * 1e3;
}
