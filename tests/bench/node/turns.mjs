// Rounds in which every contender takes its turn.

/**
 * Nanoseconds per operation, by contender, one for each round. Every round begins with another contender.
 */
export async function inTurn(contenders, rounds, turnMilliseconds) {
  const turn = turnMilliseconds * 1e6;
  const repetitions = [];
  for (const contender of contenders) repetitions.push(await repetitionsOf(contender, turn));
  const samples = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < contenders.length; place++) {
      const number = (round + place) % contenders.length;
      samples[contenders[number].name].push(await nanoseconds(contenders[number], repetitions[number]));
    }
  }
  return samples;
}

/** How often an operation runs in a turn of so many nanoseconds. Warms it up until it is compiled, too. */
async function repetitionsOf(contender, turn) {
  let times = 1;
  let total = 0;
  while (total < 4 * turn) {
    total = (await nanoseconds(contender, times)) * times;
    if (total < 4 * turn) times *= 2;
  }
  return Math.max(1, Math.round((times * turn) / total));
}

async function nanoseconds(contender, times) {
  const started = process.hrtime.bigint();
  const finished = contender.run(times);
  if (finished) await finished;
  return Number(process.hrtime.bigint() - started) / times;
}

/** What the operations come to, so that none is left out as useless. */
export let sink = 0;

/** The operation repeated in a loop of its own. */
export function repeated(operation) {
  return (times) => {
    let sum = 0;
    for (let time = 0; time < times; time++) sum += operation();
    sink += sum;
  };
}

/** The same for an operation that has to be awaited. */
export function repeatedAsync(operation) {
  return async (times) => {
    let sum = 0;
    for (let time = 0; time < times; time++) sum += await operation();
    sink += sum;
  };
}
