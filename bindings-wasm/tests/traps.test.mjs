// What breaks off inside the module, by a trap or because the stack is exhausted, poisons nothing that comes after it,
// whatever broke off and whatever comes next.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { before, describe, test } from "node:test";

// Looks at the module from outside: the package itself shows nothing of it.
const module = {
  /** How many have been started. */
  started: 0,
  /** How often an exported function was entered and not returned from. */
  brokenOff: 0,
  /** Which of its functions is to trap. */
  trapsIn: () => false,
};

const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  get exports() {
    const exports = super.exports;
    module.started++;
    const entries = Object.entries(exports);
    return Object.fromEntries(entries.map(([name, value]) => [name, watched(name, value, exports)]));
  }
};

function watched(name, value, exports) {
  if (typeof value !== "function") return value;
  return (...values) => {
    try {
      if (module.trapsIn(name)) exports.input(0xfffffff0); // no memory has so much room
      return value(...values);
    } catch (error) {
      // It may leave anything in memory. Here it leaves the worst: nothing that is read from it now is right.
      new Uint8Array(exports.memory.buffer).fill(0xff);
      module.brokenOff++;
      throw error;
    }
  };
}

const { ApiForCrypto, Bitloga, expectCallback, uniqueId } = await import("payseal");

const secrets = { apiKey: "key", apiSecret: "secret" };
const bitloga = new Bitloga(secrets);
const apiForCrypto = new ApiForCrypto({ walletId: "wallet", notificationSecret: "secret" });
const invoice = { uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z1", desc: "Ж" };
const cryptoInvoice = { blockchain: "tron", symbol: "USDT", value: 10n, expiry: 30, confirmations: 1, data: { order_id: "125" } };
const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
const callbackFields = { to: "WMZ", amount: "1.00", purse: "Z1", invoiceid: 5, uniqueid: "125", name: "Ж" };
const { body, headers } = bitloga.signCallback(callbackFields);
const callback = bitloga.verifyCallback(body, headers);
const balances = bitloga.balances();
const wallet = apiForCrypto.wallet();
const tooLong = "x".repeat(2 << 20);
const longer = `${" ".repeat(100_000)}${body}`;
const signatureOfLonger = createHmac("sha512", secrets.apiSecret).update(longer).digest("hex");

const notification = JSON.stringify({
  id: "i1", blockchain: "tron", symbol: "USDT", address: "TQ", active: true, value: 10, created: "2026-02-07 12:00:00",
  expiry: "2026-02-07 12:30:00", status: "PAID", confirmations: 1, data: { order_id: "125" },
  secret_key: JSON.parse(apiForCrypto.createInvoice(cryptoInvoice).body).secret_key,
});
const notificationFields = { id: "i1", blockchain: "tron", symbol: "USDT", address: "TQ", value: 10n, data: { order_id: "Ж" } };
const notified = apiForCrypto.verifyNotification(notification);
const policy = { sends: 2 };
const page = '{"success":true,"data":[{"code":"a","amount":1.00,"currency":"USD","status":"Active","createtime":"2022-07-11 15:27"}]}';
const paid = JSON.stringify({
  from: "USD", to: "WMZ", amount_from: 10.1, amount_from_comis: 10.1, amount_to: 10, purse: "Z1", status: "Complete",
  orderid: 29, transid: "436", uniqueid: "135", success: true,
});

/** A payout whose request is on its way, and the step. */
function sentPayout() {
  const payout = bitloga.payout(withdrawal, policy);
  return { payout, step: payout.next(1000) };
}

/** A watch that has asked, and the step. */
function askingWatch() {
  const watch = bitloga.watchInvoice("125");
  return { watch, step: watch.next(1000) };
}

/** The second page, to be asked for. */
function pagesAfterTheFirst() {
  const pages = bitloga.codePages({ limit: 1 });
  pages.next().value.parse(200, page);
  return pages;
}

/** What `report` makes of a payout or a watch, and what that says next. */
function reported(machine, report) {
  const result = report(machine);
  return [result, String(machine), machine.next(2000)];
}

/** A generator, which is over once it has thrown: it cannot be tried again. */
const goingOn = "codePages, going on";

/** What cannot be tried again, and what takes more of the stack before it comes to the module than inside it. */
const needsMoreStackBefore = new Set([goingOn, "uniqueId"]);

/** Every kind of operation: what prepares it returns what is to be done then. */
const operations = {
  "verifyCallback, text": () => () => bitloga.verifyCallback(body, headers),
  "verifyCallback, bytes": () => () => bitloga.verifyCallback(Buffer.from(body), headers),
  "verifyCallback, another body": () => () => bitloga.verifyCallback(`${body} `, headers),
  "verifyCallback, a longer body": () => () => bitloga.verifyCallback(longer, signatureOfLonger),
  "verifyCallback, too long": () => () => bitloga.verifyCallback(tooLong, headers),
  "verifyNotification": () => () => apiForCrypto.verifyNotification(notification),
  "verifyNotification, another key": () => () => apiForCrypto.verifyNotification(notification, "other"),
  "verifyNotification, too long": () => () => apiForCrypto.verifyNotification(tooLong),
  "signCallback, with extra fields": () => () => bitloga.signCallback(callbackFields, { extra: { network: "Ж" } }),
  "signCallbackBody": () => () => bitloga.signCallbackBody("no callback, Ж"),
  "testNotification": () => () => apiForCrypto.testNotification(notificationFields),
  "parse": () => () => balances.parse(200, '{"USD":1.50,"success":true}'),
  "parse, rejected": () => () => balances.parse(200, '{"success":false,"error":"Ж"}'),
  "parse, malformed": () => () => balances.parse(200, '{"USD":'),
  "parse, too long": () => () => balances.parse(200, tooLong),
  "parse, of the other gateway": () => () => wallet.parse(200, '{"id":"w","created":"2025-11-20","type":"m","name":"Ж","balance":"0","accounts":[]}'),
  "createInvoice": () => () => bitloga.createInvoice(invoice),
  "createInvoice, refused": () => () => bitloga.createInvoice({ ...invoice, amount: "0" }),
  "createInvoice, of the other gateway": () => () => apiForCrypto.createInvoice(cryptoInvoice),
  "wallet": () => () => apiForCrypto.wallet(),
  "codePages": () => () => bitloga.codePages({ limit: 1 }).next(),
  "codePages, the second": () => () => pagesAfterTheFirst().next(),
  [goingOn]: () => {
    const pages = pagesAfterTheFirst();
    return () => pages.next();
  },
  "diagnose": () => () => bitloga.diagnose(JSON.stringify(JSON.parse(body), null, 1), headers),
  "signCallback": () => () => bitloga.signCallback(callbackFields),
  "expectCallback": () => () => expectCallback(callback, { uniqueid: "125", amount: "1.00" }),
  "expectCallback, mismatch": () => () => expectCallback(callback, { uniqueid: "126", amount: "1" }),
  "payout": () => () => String(bitloga.payout(withdrawal, policy)),
  "payout, refused": () => () => bitloga.payout({ ...withdrawal, amount: "" }),
  "payout, refused for its policy": () => () => bitloga.payout(withdrawal, { sends: 0 }),
  "payout.next": () => {
    const payout = bitloga.payout(withdrawal);
    return () => [payout.next(1000), String(payout)];
  },
  "payout.onResponse": () => {
    const { payout, step } = sentPayout();
    return () => reported(payout, () => payout.onResponse(step, 200, paid, { now: 1500 }));
  },
  "payout.onResponse, too long": () => {
    const { payout, step } = sentPayout();
    return () => reported(payout, () => payout.onResponse(step, 200, tooLong, { now: 1500 }));
  },
  "payout.onNoResponse": () => {
    const { payout, step } = sentPayout();
    return () => reported(payout, () => payout.onNoResponse(step, 1500));
  },
  "payout.progress": () => {
    const { payout } = sentPayout();
    return () => payout.progress();
  },
  "resumePayout": () => {
    const saved = String(sentPayout().payout);
    return () => bitloga.resumePayout(saved).next(2000);
  },
  "resumePayout, malformed": () => () => bitloga.resumePayout("{"),
  "watchInvoice": () => () => String(bitloga.watchInvoice("125", { firstPause: 7 })),
  "watchInvoice, refused": () => () => bitloga.watchInvoice(""),
  "watchInvoice, of the other gateway": () => () => apiForCrypto.watchInvoice("i1").next(1000),
  "watch.onResponse": () => {
    const { watch, step } = askingWatch();
    return () => reported(watch, () => watch.onResponse(step, 200, '{"status":"Ж"}', { now: 1500 }));
  },
  "watch.onCallback": () => {
    const { watch } = askingWatch();
    return () => reported(watch, () => watch.onCallback(callback));
  },
  "watch.onNotification": () => {
    const watch = apiForCrypto.watchInvoice("i1");
    return () => reported(watch, () => watch.onNotification(notified));
  },
  "resumeWatch": () => {
    const saved = String(askingWatch().watch);
    return () => bitloga.resumeWatch(saved).next(2000);
  },
  "resumeWatch, of another": () => {
    const saved = String(askingWatch().watch);
    return () => apiForCrypto.resumeWatch(saved);
  },
  "uniqueId": () => () => /^[0-9a-z]{26}$/.test(uniqueId()),
  "a new Bitloga": () => () => new Bitloga({ ...secrets, apiSecret: ["new", "secret"] }).verifyCallback(body, headers),
  "a new Bitloga, refused": () => () => new Bitloga({ ...secrets, apiSecret: "" }),
  "a new ApiForCrypto": () => () => new ApiForCrypto({ walletId: "other" }).wallet(),
};

/** What became of an operation, as data that can be compared. */
function outcome(operation) {
  try {
    return { value: operation() };
  } catch (error) {
    const { name, code, message } = error;
    return { name, code, message, ...error };
  }
}

const isOperation = (name) => name !== "input" && name !== "table";

/** Does it in a module of which the function that `isMeant` traps. */
function trap(operation, isMeant) {
  module.trapsIn = isMeant;
  try {
    assert.throws(operation, WebAssembly.RuntimeError);
  } finally {
    module.trapsIn = () => false;
  }
}

/** Does it with less and less of the stack used up, until it breaks off in the module instead of before. */
function exhaustStack(operation) {
  const before = module.brokenOff;
  let isOver = false;
  const descend = () => {
    try {
      descend();
    } catch (error) {
      assert.ok(error instanceof RangeError, String(error));
    }
    if (isOver) return;
    try {
      operation();
      isOver = true;
    } catch (error) {
      isOver = module.brokenOff > before || !(error instanceof RangeError);
    }
  };
  descend();
  return module.brokenOff > before;
}

describe("after what breaks off everything is as before:", () => {
  const expected = {};

  before(() => {
    const { started } = module;
    for (const [name, prepare] of Object.entries(operations)) expected[name] = outcome(prepare());
    assert.equal(module.started, started, "what is refused has broken off");
  });

  const isAsBefore = (name, operation, broken) => {
    assert.deepEqual(outcome(operation), expected[name], `${name}, after ${broken}`);
  };

  test("the operations are what they are called", () => {
    for (const [name, { code }] of Object.entries(expected)) {
      const isRefused = /refused|mal|too long|rejected|another|mismatch/.test(name) && !name.startsWith("payout.");
      assert.equal(code !== undefined, isRefused, `${name}: ${code}`);
    }
  });

  for (const [broken, prepareBroken] of Object.entries(operations)) {
    test(`a trap in ${broken}`, () => {
      for (const [name, prepare] of Object.entries(operations)) {
        const [toBreak, next] = [prepareBroken(), prepare()];
        trap(toBreak, isOperation);
        isAsBefore(name, next, broken);
      }
    });

    if (needsMoreStackBefore.has(broken)) continue;
    test(`an exhausted stack in ${broken}`, () => {
      let brokenOff = 0;
      for (const [name, prepare] of Object.entries(operations)) {
        const [toBreak, next] = [prepareBroken(), prepare()];
        if (exhaustStack(toBreak)) brokenOff++;
        isAsBefore(name, next, broken);
      }
      assert.ok(brokenOff > 0, "it never broke off in the module");
    });
  }

  test("a trap while the module starts again", () => {
    for (const [name, prepare] of Object.entries(operations)) {
      const [first, second, third, next] = [prepare(), prepare(), prepare(), prepare()];
      trap(first, isOperation);
      trap(second, (name) => name === "input");
      trap(third, (name) => name === "table");
      isAsBefore(name, next, name);
    }
  });

  test("what broke off can be done again, payouts included", () => {
    for (const [name, prepare] of Object.entries(operations)) {
      if (name === goingOn) continue;
      const operation = prepare();
      trap(operation, isOperation);
      isAsBefore(name, operation, name);
    }
  });
});
