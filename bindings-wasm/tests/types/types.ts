// Types, asserted: each line either compiles or, where it says so, must not.

import { ApiForCrypto, Bitloga, PaysealError, GatewayError, advance, expectCallback, run, send, uniqueId, version } from "payseal";
import type { Call, Callback, CryptoInvoice, Details, Extra, Invoice, Notification, Progress } from "payseal";
import type { Machine, PayoutOutcome, PayoutStep, TestNotification, TransactionStatus, WatchOutcome } from "payseal";
import { init } from "payseal/slim";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function assertType<_Holds extends true>(): void {}

const bitloga = new Bitloga({ apiKey: "key", apiSecret: ["new", new Uint8Array(8)] });
const gateway = new ApiForCrypto({ walletId: "wallet" });
// @ts-expect-error no such option
new Bitloga({ apiKey: "key", apiSecret: "secret", baseURL: "https://sandbox.example/" });
// @ts-expect-error no such option
void send(bitloga.balances(), { timeOut: 5 });
const invoice = { uniqueid: "125", paysys: "WMZ", amount: "1.00", purse: "Z123456789012" };

// A call knows its answer.
const call = bitloga.createInvoice(invoice);
assertType<Equal<typeof call, Call<Invoice>>>();
assertType<Equal<ReturnType<typeof call.parse>, Invoice>>();
const parsed = gateway.invoice({ uuid: "u" }).parse(200, new Uint8Array());
assertType<Equal<typeof parsed, CryptoInvoice>>();
assertType<Equal<Awaited<ReturnType<typeof send<Invoice>>>, Invoice>>();

// Amounts go in as text, number or bigint, and come out as text.
bitloga.createInvoice({ ...invoice, amount: 1 });
bitloga.createInvoice({ ...invoice, amount: 10n });
// @ts-expect-error an amount is not a boolean
bitloga.createInvoice({ ...invoice, amount: true });
assertType<Equal<Callback["amount"], string>>();
assertType<Equal<Callback["purse"], string | undefined>>();
assertType<Equal<Callback["secret_index"], number>>();

// Required and unknown parameters.
// @ts-expect-error uniqueid is required
bitloga.createInvoice({ paysys: "WMZ" });
// @ts-expect-error no such parameter
bitloga.createInvoice({ ...invoice, callbackUrl: "https://shop.example/" });
// @ts-expect-error parameters are required
bitloga.details();
bitloga.balances();
bitloga.listCodes({ limit: 10, offset: 5n });
bitloga.createInvoice({ ...invoice, desc: undefined });

// Open enums: known values are suggested, others are allowed.
const status: TransactionStatus = "Payed";
const frozen: TransactionStatus = "Frozen";
// @ts-expect-error a status is text
const wrong: TransactionStatus = 5;

// Details are told apart by their type.
function describe(details: Details): string {
  if (details.type === "Withdraw") return details.amount_to;
  if (details.type === "Invoice") return details.amount;
  // @ts-expect-error only known types have amounts
  details.amount;
  return details.uniqueid;
}

// Results are readonly.
declare const callback: Callback;
// @ts-expect-error readonly
callback.amount = "2";
const extra: Extra | undefined = callback.extra;
const paid: boolean = callback.isPaid && callback.isFinal;
expectCallback(callback, { uniqueid: "125", amount: 1 });
// @ts-expect-error nothing of the kind is expected
expectCallback(callback, { status: "Payed" });

// Bodies and sources.
bitloga.verifyCallback("{}", "signature");
bitloga.verifyCallback(new Uint8Array(), { "x-signature": ["a"], host: undefined });
bitloga.verifyCallback(new ArrayBuffer(8), new Map([["x-signature", "a"]]));
bitloga.verifyCallback(new DataView(new ArrayBuffer(8)), null);
bitloga.verifyCallback("{}", { version: "2.0", headers: { "x-signature": "a" } });
declare const header: string | string[] | undefined;
bitloga.verifyCallback("{}", header);
bitloga.verifyCallback("{}", [["x-signature", "a"]]);
bitloga.verifyCallback("{}", { "x-signature": [{ key: "X-SIGNATURE", value: "a" }] });
// @ts-expect-error a parsed body is none
bitloga.verifyCallback({ to: "WMZ" }, "signature");
// @ts-expect-error a number is not a source
bitloga.verifyCallback("{}", 5);

// Errors.
try {
  init(new Uint8Array());
} catch (error) {
  if (error instanceof GatewayError) {
    const retryable: boolean = error.retryable;
    const reason: string | undefined = error.reason;
    void [retryable, reason];
  } else if (error instanceof PaysealError && error.code === "signature_mismatch") {
    const field: string | undefined = error.field;
    void field;
  }
  if (error instanceof PaysealError && error.code === "unsupported_runtime") void 0;
  // @ts-expect-error no such code
  if (error instanceof PaysealError && error.code === "signature_mismatched") void 0;
}

// Steps of payouts.
function act(step: PayoutStep): string | number {
  switch (step.type) {
    case "send":
      return step.call.url;
    case "wait":
      return step.until;
    case "done":
      return step.isPaid ? (step.orderid ?? "") : step.verdict;
  }
}

// Payouts and watches: what a policy may be, and what goes with reports.
const withdrawal = { uniqueid: "135", currency: "USD", paysys: "WMZ", amount: "10.00", purse: "Z1" };
const payout = bitloga.payout(withdrawal, { settleTime: 60_000, sends: 2 });
// @ts-expect-error no such option
bitloga.payout(withdrawal, { settle_time: 60_000 });
// @ts-expect-error an option without a value
bitloga.payout(withdrawal, { sends: undefined });
// @ts-expect-error a watch settles nothing
bitloga.watchInvoice("125", { settleTime: 5 });
const step = payout.next();
if (step.type === "send") {
  const headers: Readonly<Record<string, string>> = step.call.headers;
  payout.onResponse(step, 200, new Uint8Array(), { now: Date.now(), notKnown: true });
  payout.onNoResponse(step);
  // @ts-expect-error the request of a step does not parse its answer
  void send(step.call);
  void headers;
} else {
  // @ts-expect-error there is nothing to report
  payout.onNoResponse(step);
}
const progress: Progress = payout.progress();
const revision: number = payout.revision;
declare const notification: Notification;
bitloga.watchInvoice("125").onCallback(callback);
gateway.watchInvoice("u").onNotification(notification);
// @ts-expect-error this gateway sends notifications
gateway.watchInvoice("u").onCallback(callback);

// Test messages.
const callbackFields = { to: "WMZ", amount: "1.00", invoiceid: 5, uniqueid: "125" };
const madeText: string = bitloga.signCallback(callbackFields, { extra: { network: "tron", fee: 5n, deep: [null, { a: true }] } }).body;
const anyText: string = bitloga.signCallbackBody("text").body;
const anyBytes: Uint8Array = bitloga.signCallbackBody(new Uint8Array(1)).body;
declare const textOrBytes: string | Uint8Array;
const either: string | Uint8Array = bitloga.signCallbackBody(textOrBytes).body;
const made: TestNotification = gateway.testNotification({ id: "i", blockchain: "tron", symbol: "USDT", address: "T", value: 1n });
// @ts-expect-error no JSON
bitloga.signCallback(callbackFields, { extra: { made: undefined } });
// @ts-expect-error no such option
bitloga.signCallback(callbackFields, { extras: {} });
// @ts-expect-error the value is needed
gateway.testNotification({ id: "i", blockchain: "tron", symbol: "USDT", address: "T" });
void [madeText, anyText, anyBytes, either, made];

// Drivers.
const store = (text: string, revision: number): void => void [text, revision];
const stop = { aborted: false, addEventListener() {}, removeEventListener() {} };
const paidOut = run(payout, { store });
assertType<Equal<typeof paidOut, Promise<PayoutOutcome>>>();
const watched = run(gateway.watchInvoice("u"), { store, signal: stop, send: async () => ({ status: 200, body: "" }) });
assertType<Equal<typeof watched, Promise<WatchOutcome | undefined>>>();
async function goOn<Outcome>(machine: Machine<Outcome>): Promise<number | Outcome> {
  const advanced = await advance(machine, { store, onProgress: ({ stage }) => void stage });
  return advanced.type === "wait" ? advanced.until : advanced;
}
// @ts-expect-error the store is needed
void run(payout, {});

// Pages.
for (const page of bitloga.codePages({ status: "Active" })) {
  assertType<Equal<ReturnType<typeof page.parse>["data"][number]["code"], string>>();
}

const text: string = uniqueId() + version;
void [status, frozen, wrong, describe, extra, paid, act, progress, revision, goOn, text];
