// A tour of payseal: both gateways, every method, one program.

import { ApiForCrypto, Bitloga, expectCallback, run, send, uniqueId } from "payseal";

import { Sandbox, report } from "./sandbox.js";

/**
 * Bitloga: an invoice and its callback, a payout, a code that carries money.
 * @param {Sandbox} sandbox
 */
async function bitloga(sandbox) {
  const gateway = new Bitloga({ apiKey: "sandbox-key", apiSecret: "sandbox-secret", baseUrl: sandbox.baseUrl });

  const balances = await send(gateway.balances());
  report("balances", "all", `${balances.USD} USD`);

  const uniqueid = uniqueId();
  const invoice = await send(gateway.createInvoice({
    uniqueid,
    paysys: "WMZ",
    amount: "1.00",
    purse: "Z123456789012",
    paylist: "SBP_RUB",
    callbackurl: `${sandbox.receiver}/callback`,
  }));
  const [requisites] = invoice.requisites;
  report("invoice", "1.00 WMZ by SBP_RUB", `to pay: ${requisites.amount} ${requisites.currency}`);

  await sandbox.pay(`invoices/${uniqueid}`);
  const { value: delivery } = await sandbox.deliveries(uniqueid).next();
  const callback = gateway.verifyCallback(delivery.body, delivery.headers);
  expectCallback(callback, { uniqueid, amount: "1.00", to: "WMZ" });
  report("callback", "its payment", `${callback.status} ${callback.amount} ${callback.to}`);

  const details = await send(gateway.details({ uniqueid }));
  report("details", "its uniqueid", details.status);

  const purse = "Z123456789012";
  const payout = gateway.payout({ uniqueid: uniqueId(), currency: "USD", paysys: "WMZ", amount: "10.00", purse });
  const saved = new Map(); // In a shop this is a table of the database: see payout.js.
  const outcome = await run(payout, { store: (text, revision) => saved.set(revision, text) });
  report("payout", "10.00 WMZ from USD", outcome?.verdict ?? "stopped");

  const present = gateway.createCode({ amount: "5.00", currency: "USD", pass: "password", desc: "A present" });
  const { code } = await send(present);
  report("code created", "5.00 USD, password", `${code.slice(0, 4)}-…`);

  const applied = await send(gateway.applyCode({ code, pass: "password" }));
  report("code applied", "code, password", `${applied.amount} ${applied.currency}`);

  const codes = [];
  for (const page of gateway.codePages({ currency: "USD", limit: 1 })) codes.push(...(await send(page)).data);
  const [listed] = codes.filter((listed) => listed.code === code);
  report("codes listed", "USD, page by page", `${listed.status} ${listed.amount}`);
}

/**
 * Api for Crypto: an invoice and its notifications, which are verified with nothing stored.
 * @param {Sandbox} sandbox
 */
async function apiForCrypto(sandbox) {
  const notificationSecret = "sandbox-notification-secret";
  const gateway = new ApiForCrypto({ walletId: "sandbox-wallet", notificationSecret, baseUrl: sandbox.baseUrl });

  const invoice = await send(gateway.createInvoice({
    blockchain: "tron",
    symbol: "USDT",
    fiatCurrency: { currency: "RUB", value: 1000, percent: 2 },
    expiry: 15,
    confirmations: 2,
    data: { order_id: uniqueId(), url_callback: `${sandbox.receiver}/notification` },
  }));
  report("crypto invoice", "1000 RUB + 2 % in USDT", `to pay: ${invoice.value} units`);

  await sandbox.pay(`crypto/${invoice.id}`);
  const events = new Map();
  for await (const { body } of sandbox.deliveries(invoice.id)) {
    const notification = gateway.verifyNotification(body);
    // The same event may be delivered more than once.
    events.set(notification.event_id, notification.status);
    if (notification.isPaid) break;
  }
  report("notifications", "its payment", [...events.values()].join(" "));

  const { status } = await send(gateway.invoice({ uuid: invoice.id }));
  report("crypto details", "its id", status);

  const wallet = await send(gateway.wallet());
  report("wallet", "wallet id", `${wallet.accounts.length} accounts`);
}

const sandbox = Sandbox.fromArguments();
await bitloga(sandbox);
await apiForCrypto(sandbox);
