// How much several threads do together.

import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

import { contendersOf } from "./contenders.mjs";

/** How many operations a thread does before it looks at the clock. */
const BATCH = 64;

/** Nanoseconds per operation of all threads together, by contender, one for each round. */
export async function measureThreads(group, plan) {
  // Threads meet here before every turn: how many have come, and how many turns have begun.
  const barrier = new Int32Array(new SharedArrayBuffer(8));
  const data = { barrier, group, plan };
  const all = await Promise.all(Array.from({ length: group.threads }, () => ratesOfThread(data)));
  const names = Object.keys(all[0]);
  const together = (name, round) => all.reduce((sum, rates) => sum + rates[name][round], 0);
  return Object.fromEntries(names.map((name) => [name, all[0][name].map((_, round) => 1e9 / together(name, round))]));
}

function ratesOfThread(data) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: data });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

async function rates({ barrier, group, plan }) {
  const contenders = await contendersOf(group, plan);
  const found = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (const { run } of contenders) run(10_000);
  for (let round = 0; round < group.rounds; round++) {
    for (const { name, run } of contenders) {
      meet(barrier, group.threads);
      found[name].push(rate(run, plan.turn_milliseconds));
    }
  }
  return found;
}

/** Waits until all threads are here. */
function meet(barrier, threads) {
  const turn = Atomics.load(barrier, 1);
  if (Atomics.add(barrier, 0, 1) + 1 === threads) {
    Atomics.store(barrier, 0, 0);
    Atomics.add(barrier, 1, 1);
    Atomics.notify(barrier, 1);
  } else {
    Atomics.wait(barrier, 1, turn);
  }
}

/** Operations per second. */
function rate(run, milliseconds) {
  const started = performance.now();
  let operations = 0;
  while (performance.now() - started < milliseconds) {
    run(BATCH);
    operations += BATCH;
  }
  return (operations / (performance.now() - started)) * 1e3;
}

if (!isMainThread) parentPort.postMessage(await rates(workerData));
