// run and advance: what they save and send, when they stop, and what they make of everything that goes wrong.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { advance, Bitloga, InvalidInputError, run } from "payseal";

import { actionOf, client, MINUTE, notKnown, refusal, SETTLED, START, transaction, withdrawal } from "./support/payouts.mjs";

/** A clock that does not wait, and what of the world it drives. */
function clock(start = START) {
  const pauses = [];
  return {
    pauses,
    time: start,
    now() {
      return this.time;
    },
    async sleep(milliseconds) {
      pauses.push(milliseconds);
      this.time += milliseconds;
    },
    get options() {
      return { now: () => this.now(), sleep: (milliseconds) => this.sleep(milliseconds) };
    },
  };
}

/** A store that accepts a text only if the one it has is of the revision before. */
function memory() {
  return {
    text: undefined,
    revision: 0,
    saved: 0,
    store(text, revision) {
      if (revision !== this.revision + 1) throw new Error(`revision ${revision} does not follow ${this.revision}`);
      [this.text, this.revision] = [text, revision];
      this.saved++;
    },
    get options() {
      return { store: async (text, revision) => this.store(text, revision) };
    },
  };
}

/** A gateway that pays on the first `withdraw` that reaches it, and refuses every other. */
function gateway() {
  const requests = [];
  let debits = 0;
  return {
    requests,
    get debits() {
      return debits;
    },
    carryOut(call) {
      const action = actionOf({ call });
      requests.push(action);
      if (action === "details") return debits > 0 ? transaction() : notKnown;
      return debits++ === 0 ? transaction() : refusal("uniqueid was used before");
    },
  };
}

describe("run", () => {
  test("saves before it sends and after every answer, and returns the outcome", async () => {
    const events = [];
    const outcome = await run(client().payout(withdrawal), {
      ...clock().options,
      store: async (text, revision) => {
        await sleep(1);
        events.push(`saved ${revision} ${JSON.parse(text).stage}`);
      },
      send: async (call) => {
        events.push(actionOf({ call }));
        return events.length < 3 ? Promise.reject(new TypeError("terminated")) : transaction();
      },
    });
    assert.equal(outcome.verdict, "paid");
    assert.ok(!("type" in outcome));
    assert.deepEqual(events, ["saved 1 withdrawing", "withdraw", "saved 2 waiting", "details", "saved 3 done"]);
  });

  test("counts whatever send throws as no answer", async () => {
    const thrown = [
      () => { throw new Error("at once"); },
      () => Promise.reject(new DOMException("time", "TimeoutError")),
      () => Promise.reject(undefined),
      async () => { throw new RangeError("decoding"); },
    ];
    const payout = client().payout(withdrawal);
    const outcome = await run(payout, { ...clock().options, ...memory().options, send: () => (thrown.shift() ?? transaction)() });
    assert.equal(outcome.verdict, "paid");
    assert.equal(payout.progress().sends, 1);
  });

  test("ends when the store fails, with its error, and nothing more is sent", async () => {
    const failed = new Error("the disk is full");
    for (const failing of [1, 2]) {
      let sends = 0;
      const payout = client().payout(withdrawal);
      const running = run(payout, {
        ...clock().options,
        store: async (_, revision) => {
          if (revision === failing) throw failed;
        },
        send: async () => (sends++, notKnown),
      });
      await assert.rejects(running, (error) => error === failed);
      assert.equal(sends, failing - 1);
    }
  });

  test("may be tried again after the store has failed: what is not saved is saved first", async () => {
    const world = gateway();
    const store = memory();
    let isBroken = true;
    const payout = client().payout(withdrawal);
    const options = {
      ...clock().options,
      store: (text, revision) => {
        if (isBroken) throw new Error("away");
        store.store(text, revision);
      },
      send: async (call) => world.carryOut(call),
    };
    await assert.rejects(run(payout, options), /away/);
    isBroken = false;
    // `withdraw` was handed out and never sent: it cannot know that, and asks until it gives up.
    assert.equal((await run(payout, options)).verdict, "unknown");
    assert.equal(world.debits, 0);
    assert.equal(store.revision, payout.revision);
  });

  test("reports progress after each answer and before each pause", async () => {
    const seen = [];
    const answers = [refusal("insufficient balance"), transaction()];
    await run(client().payout(withdrawal), {
      ...clock().options,
      ...memory().options,
      send: async () => answers.shift(),
      onProgress: ({ stage, refusal, questions }) => seen.push([stage, refusal, questions]),
    });
    assert.deepEqual(seen, [
      ["waiting", "insufficient balance", 0],
      ["waiting", "insufficient balance", 0],
      ["done", "insufficient balance", 1],
    ]);
  });

  test("asks for the caller's judgement, with the answer as text", async () => {
    const judge = async (notKnown) => {
      const bodies = [];
      const send = async (call) => {
        const answer = actionOf({ call }) === "withdraw" ? refusal("no") : { status: 200, body: '{"success":false,"error":"nope"}' };
        return { ...answer, body: new TextEncoder().encode(answer.body) };
      };
      const options = { ...clock().options, ...memory().options, send };
      const { verdict } = await run(client().payout(withdrawal), {
        ...options,
        notKnown: (status, body) => (bodies.push(body), notKnown(status, body)),
      });
      assert.equal(typeof bodies[0], "string");
      return verdict;
    };
    assert.equal(await judge((status, body) => status === 200 && body.includes("nope")), "rejected");
    assert.equal(await judge(() => undefined), "unknown");
    assert.equal(await judge(() => { throw new SyntaxError("not JSON"); }), "unknown");
  });

  test("sleeps as long as the payout asks for, in pieces that timers can take", async () => {
    const month = 30 * 24 * 60 * MINUTE;
    const payout = client().payout(withdrawal);
    payout.onNoResponse(payout.next(START), START);
    const text = String(payout).replace('"left":5000', `"left":${month}`);
    const world = clock();
    await run(client().resumePayout(text), { ...world.options, store: () => {}, send: async () => transaction() });
    assert.ok(world.pauses.every((pause) => pause < 2 ** 31), String(world.pauses));
    assert.equal(world.pauses.reduce((sum, pause) => sum + pause), month);
    assert.equal(world.pauses.length, 2);
  });

  test("does not sleep longer when the clock is set back meanwhile", async () => {
    const world = clock();
    world.sleep = async (milliseconds) => {
      world.pauses.push(milliseconds);
      world.time -= world.pauses.length === 1 ? 365 * 24 * 60 * MINUTE : -milliseconds;
    };
    const answers = [new Error("lost"), transaction()];
    const send = async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const outcome = await run(client().payout(withdrawal), { ...world.options, ...memory().options, send });
    assert.equal(outcome.verdict, "paid");
    assert.deepEqual(world.pauses, [5000, 5000]);
  });

  test("does not sleep longer when the clock is set back just before the pause", async () => {
    const world = clock();
    const answers = [refusal("busy", 503), transaction()];
    let count = 0;
    const onProgress = () => {
      // The first is after the answer, the second before the pause.
      if (++count === 2) world.time -= 365 * 24 * 60 * MINUTE;
    };
    await run(client().payout(withdrawal), { ...world.options, ...memory().options, send: async () => answers.shift(), onProgress });
    assert.ok(world.time < START);
    assert.ok(world.pauses.every((pause) => pause <= 5000), String(world.pauses));
  });

  test("sleeps by real timers", async () => {
    const answers = [refusal("busy", 503), transaction()];
    const started = performance.now();
    const policy = { firstPause: 60, longestPause: 60 };
    const outcome = await run(client().payout(withdrawal, policy), { ...memory().options, send: async () => answers.shift() });
    assert.equal(outcome.verdict, "paid");
    assert.ok(performance.now() - started >= 55);
  });

  test("of a payout that has ended returns at once, and saves nothing", async () => {
    const payout = client().payout(withdrawal);
    payout.onResponse(payout.next(START), 200, transaction().body);
    const outcome = await run(client().resumePayout(String(payout)), { store: () => assert.fail("saved"), send: () => assert.fail("sent") });
    assert.equal(outcome.verdict, "paid");
  });
});

describe("a run is stopped", () => {
  const silent = { send: () => Promise.reject(new Error("lost")) };

  test("before it begins: nothing is sent or saved", async () => {
    const options = { store: () => assert.fail("saved"), send: () => assert.fail("sent") };
    assert.equal(await run(client().payout(withdrawal), { ...options, signal: AbortSignal.abort() }), undefined);
  });

  test("while it sleeps, at once, and goes on later from what was saved", async () => {
    const store = memory();
    const controller = new AbortController();
    const running = run(client().payout(withdrawal), { ...silent, ...store.options, signal: controller.signal });
    await sleep(20);
    const started = performance.now();
    controller.abort();
    assert.equal(await running, undefined);
    assert.ok(performance.now() - started < 1000);
    assert.equal(JSON.parse(store.text).stage, "waiting");
    const resumed = client().resumePayout(store.text);
    assert.equal((await run(resumed, { ...clock(Date.now()).options, ...store.options, send: async () => transaction() })).verdict, "paid");
  });

  test("just before a pause, at once", async () => {
    const controller = new AbortController();
    const onProgress = ({ stage }) => stage === "waiting" && controller.abort();
    const started = performance.now();
    const running = run(client().payout(withdrawal), { ...silent, ...memory().options, onProgress, signal: controller.signal });
    assert.equal(await running, undefined);
    const later = new AbortController();
    let count = 0;
    const atThePause = () => ++count === 2 && later.abort();
    assert.equal(await run(client().payout(withdrawal), { ...silent, ...memory().options, onProgress: atThePause, signal: later.signal }), undefined);
    assert.ok(performance.now() - started < 1000);
  });

  test("after the request under way, whose answer is saved", async () => {
    const store = memory();
    const controller = new AbortController();
    const send = async () => {
      controller.abort();
      await sleep(5);
      return transaction({ status: "Pending" });
    };
    assert.equal(await run(client().payout(withdrawal), { ...store.options, send, signal: controller.signal }), undefined);
    assert.deepEqual([store.revision, JSON.parse(store.text).known.status], [2, "Pending"]);
  });

  test("and leaves no listener and no timer", async () => {
    const listeners = new Set();
    const signal = {
      aborted: false,
      addEventListener: (_, listener) => listeners.add(listener),
      removeEventListener: (_, listener) => listeners.delete(listener),
    };
    const answers = [refusal("busy", 503), refusal("busy", 503), transaction()];
    const policy = { firstPause: 1, longestPause: 1 };
    await run(client().payout(withdrawal, policy), { ...memory().options, signal, send: async () => answers.shift() });
    assert.equal(listeners.size, 0);
    assert.deepEqual(process.getActiveResourcesInfo().filter((resource) => resource === "Timeout"), []);
  });
});

describe("two workers", () => {
  test("A7: of two that resume one text, one goes on and the other is told: one debit", async () => {
    for (const isSent of [false, true]) {
      const world = gateway();
      const store = memory();
      const first = client().payout(withdrawal);
      const step = first.next(START);
      store.store(String(first), first.revision);
      if (isSent) world.carryOut(step.call);
      const worker = () => {
        const payout = client().resumePayout(store.text);
        const send = async (call) => (await sleep(1), world.carryOut(call));
        return run(payout, { ...clock(START + 1000).options, ...store.options, send });
      };
      const results = await Promise.allSettled([worker(), worker()]);
      assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      const { value } = results.find(({ status }) => status === "fulfilled");
      assert.equal(value.verdict, isSent ? "paid" : "unknown");
      assert.equal(world.debits, isSent ? 1 : 0);
    }
  });

  test("that begin the same payout at once send it once", async () => {
    const world = gateway();
    const store = memory();
    const worker = () =>
      run(client().payout(withdrawal), { ...clock().options, ...store.options, send: async (call) => world.carryOut(call) });
    const results = await Promise.allSettled([worker(), worker(), worker()]);
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 1);
    assert.deepEqual([world.requests, world.debits], [["withdraw"], 1]);
  });

  test("may not run the same object", async () => {
    const payout = client().payout(withdrawal);
    const options = { ...clock().options, ...memory().options, send: async () => (await sleep(5), transaction()) };
    const running = run(payout, options);
    await assert.rejects(run(payout, options), { field: "machine" });
    await assert.rejects(advance(payout, { ...memory().options }), { field: "machine" });
    assert.equal((await running).verdict, "paid");
    assert.equal((await run(payout, options)).verdict, "paid");
  });
});

describe("killed at any point, and resumed from what was saved", () => {
  class Killed extends Error {}

  /** Runs to the event of that number, and dies there: before or after the event has had its effect. */
  async function life(payout, { store, world, time, events, loses }) {
    const event = (effect) => {
      if (events.left-- === 0) {
        if (events.isAfter) effect();
        throw new Killed();
      }
      return effect();
    };
    return run(payout, {
      ...time.options,
      store: async (text, revision) => event(() => store.store(text, revision)),
      send: async (call) => {
        if (events.left === 0) {
          events.left = -1;
          if (events.isAfter) world.carryOut(call);
          throw new Killed();
        }
        events.left--;
        const answer = world.carryOut(call);
        if (loses()) throw new Error("the answer was lost");
        return answer;
      },
    });
  }

  for (const losses of [0, 1, 2]) {
    test(`${losses} answers lost: at most one debit, and never a false verdict`, async () => {
      const verdicts = [];
      for (let point = 0; point < 12; point++) {
        for (const isAfter of [false, true]) {
          const [store, world, time] = [memory(), gateway(), clock()];
          let lost = losses;
          const context = { store, world, time, loses: () => lost-- > 0, events: { left: point, isAfter } };
          let outcome;
          try {
            outcome = await life(client().payout(withdrawal), context);
          } catch (error) {
            assert.ok(error instanceof Killed, String(error.stack));
            // Nothing was saved: the order is still there, and is paid out anew.
            const payout = store.text === undefined ? client().payout(withdrawal) : client().resumePayout(store.text);
            context.events = { left: Infinity };
            outcome = await life(payout, context);
          }
          assert.ok(world.debits <= 1);
          assert.equal(world.debits, outcome.isPaid ? 1 : 0, `${point} ${isAfter} ${outcome.verdict}`);
          assert.equal(JSON.parse(store.text).stage, "done");
          verdicts.push(outcome.verdict);
        }
      }
      assert.deepEqual([...new Set(verdicts)].sort(), ["paid", "unknown"]);
    });
  }
});

describe("a watch", () => {
  const callback = (status = "Payed") => {
    const { body, headers } = client().signCallback({ to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125", status });
    return client().verifyCallback(body, headers);
  };
  const created = { status: 200, body: '{"to":"WMZ","amount":1,"type":"Invoice","status":"Created","uniqueid":"125","success":true}' };

  test("that sleeps ends at once with a callback, which is saved", async () => {
    const store = memory();
    const watch = client().watchInvoice("125");
    let sends = 0;
    const running = run(watch, { ...store.options, send: async () => (sends++, created) });
    await sleep(20);
    const started = performance.now();
    assert.equal(watch.onCallback(callback("Created")), true);
    assert.equal(watch.onCallback(callback()), true);
    assert.deepEqual(await running, { verdict: "paid", isPaid: true, status: "Payed" });
    assert.ok(performance.now() - started < 1000);
    assert.equal(sends, 1);
    assert.equal(store.revision, watch.revision);
    assert.equal(JSON.parse(store.text).verdict, "paid");
  });

  test("takes a callback at any moment: while it is saved, while it asks", async () => {
    for (const moment of ["store", "send", "after the answer", "before the pause"]) {
      const store = memory();
      const watch = client().watchInvoice("125");
      const started = performance.now();
      let progressed = 0;
      const at = async (now, value) => {
        await sleep(1);
        if (now === moment) watch.onCallback(callback());
        return value;
      };
      const outcome = await run(watch, {
        store: async (text, revision) => (store.store(text, revision), at("store")),
        send: () => at("send", created),
        onProgress: () => ++progressed === { "after the answer": 1, "before the pause": 2 }[moment] && watch.onCallback(callback()),
      });
      assert.ok(performance.now() - started < 1000, moment);
      assert.equal(outcome.verdict, "paid", moment);
      assert.equal(store.revision, watch.revision, moment);
    }
  });

  test("that was handed a callback before it runs saves that", async () => {
    const store = memory();
    const watch = client().watchInvoice("125");
    watch.onCallback(callback());
    assert.equal((await run(watch, { ...store.options, send: () => assert.fail("sent") })).verdict, "paid");
    assert.equal(store.saved, 1);
  });
});

describe("advance", () => {
  test("goes on to the next pause, and from there when it is called again", async () => {
    const store = memory();
    const answers = [transaction({ status: "Pending" }), transaction()];
    let now = START;
    const options = { ...store.options, now: () => now, send: async () => answers.shift() };
    const first = await advance(client().payout(withdrawal), options);
    assert.deepEqual(first, { type: "wait", until: START + 5000 });
    assert.deepEqual(await advance(client().resumePayout(store.text), options), first);
    assert.equal(answers.length, 1);
    now = first.until;
    const { type, ...outcome } = await advance(client().resumePayout(store.text), options);
    assert.deepEqual([type, outcome.verdict], ["done", "paid"]);
    assert.equal(store.saved, 3);
  });

  test("ends when the store fails", async () => {
    const options = { store: () => { throw new Error("taken"); }, send: () => assert.fail("sent") };
    await assert.rejects(advance(client().payout(withdrawal), options), /taken/);
  });
});

describe("what run and advance are given", () => {
  const store = () => {};

  test("is checked before anything is done", async () => {
    const payout = client().payout(withdrawal);
    for (const [drive, machine, options, field, words] of [
      [run, payout, undefined, "store", /function/],
      [run, payout, {}, "store", /function/],
      [run, payout, { store: "file" }, "store", /function/],
      [run, payout, null, "options", /object/],
      [run, payout, { store, onprogress: store }, "onprogress", /did you mean onProgress\?/],
      [run, payout, { store, sig: store }, "sig", /is not an option/],
      [advance, payout, { store, sleep: store }, "sleep", /is not an option/],
      [run, String(payout), { store }, "machine", /payout or a watch/],
      [run, undefined, { store }, "machine", /payout or a watch/],
      [advance, {}, { store }, "machine", /payout or a watch/],
    ]) {
      await assert.rejects(drive(machine, options), (error) => {
        assert.ok(error instanceof InvalidInputError, String(error.stack));
        assert.equal(error.field, field);
        return words.test(error.message);
      });
    }
    assert.equal(payout.revision, 0);
  });
});

describe("without a send of your own", () => {
  /** A gateway on a socket, which does with each request what the next of `manners` says. */
  async function server(t, manners) {
    const requests = [];
    const listening = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        requests.push({ path: request.url, action: JSON.parse(body).action, signature: request.headers["x-signature"] });
        (manners.shift() ?? answer)(response);
      });
    });
    await new Promise((resolve) => listening.listen(0, "127.0.0.1", resolve));
    t.after(() => (listening.closeAllConnections(), listening.close()));
    const baseUrl = `http://127.0.0.1:${listening.address().port}/api/`;
    return { requests, bitloga: new Bitloga({ apiKey: "key", apiSecret: "secret", baseUrl }) };
  }

  const { body } = transaction();
  const answer = (response) => response.end(body);
  const manners = {
    "breaks the answer off": (response) => {
      response.writeHead(200, { "content-length": body.length });
      response.write(body.slice(0, 50), () => response.destroy());
    },
    "breaks a chunked answer off": (response) => response.write(body.slice(0, 50), () => response.destroy()),
    "closes the connection": (response) => response.destroy(),
    "never answers": () => {},
    "never ends its answer": (response) => response.write(body.slice(0, 50)),
    "says 500": (response) => response.writeHead(500).end('{"success":false,"error":"internal"}'),
    "says what is not JSON": (response) => response.end("<html>"),
    "says what it cannot decode": (response) => response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip"),
    "redirects": (response) => response.writeHead(307, { location: "/elsewhere" }).end(),
  };

  for (const [name, misbehave] of Object.entries(manners)) {
    test(`a gateway that ${name} is asked again`, async (t) => {
      const { bitloga, requests } = await server(t, [misbehave, misbehave]);
      const payout = bitloga.payout(withdrawal, { firstPause: 1, longestPause: 20 });
      const outcome = await run(payout, { ...memory().options, timeout: 200 });
      assert.equal(outcome.verdict, "paid");
      assert.deepEqual(requests.map(({ action }) => action), ["withdraw", "details", "details"]);
      assert.ok(requests.every(({ path, signature }) => path === "/api/" && signature.length === 128));
    });
  }
});

test("a denial does not count before the settle time, however often the driver asks", async () => {
  const world = clock();
  const asked = [];
  const send = async (call) => {
    const action = actionOf({ call });
    if (action === "details") asked.push(world.time - START);
    return action === "withdraw" ? refusal("no") : notKnown;
  };
  const outcome = await run(client().payout(withdrawal), { ...world.options, ...memory().options, send });
  assert.equal(outcome.verdict, "rejected");
  assert.equal(asked.filter((at) => at >= SETTLED).length, 2);
});
