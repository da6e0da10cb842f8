// index
type Body = string | ArrayBufferView | ArrayBufferLike;
type CoreErrorCode = "invalid_input" | "invalid_secret" | "body_not_raw" | "signature_missing" | "signature_malformed" | "signature_mismatch" | "signature_ambiguous" | "rejected" | "http_status" | "malformed_body" | "mismatch";
type ErrorCode = CoreErrorCode | "unsupported_runtime" | "not_initialized";
interface ErrorDetails {
    readonly field?: string | undefined;
    readonly status?: number | undefined;
    readonly reason?: string | undefined;
    readonly body?: string | undefined;
    readonly retryable?: boolean | undefined;
    readonly differences?: readonly Difference[] | undefined;
    readonly cause?: unknown;
}
interface Difference {
    readonly field: string;
    readonly expected: string;
    readonly actual?: string;
}
declare class PaysealError extends Error {
    readonly code: ErrorCode;
    readonly field?: string;
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
}
declare class InvalidInputError extends PaysealError {
}
declare class SignatureError extends PaysealError {
}
declare class GatewayError extends PaysealError {
    #private;
    readonly status: number;
    readonly retryable: boolean;
    readonly reason?: string;
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
    get body(): string;
}
declare class MalformedError extends PaysealError {
}
declare class MismatchError extends PaysealError {
    readonly differences: readonly Difference[];
    constructor(code: ErrorCode, message: string, details?: ErrorDetails);
}
interface Extra {
    readonly [field: string]: ExtraValue;
}
type ExtraValue = string | boolean | null | readonly ExtraValue[] | Extra;
declare abstract class SignedRequest {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly redirect: "manual";
    toJSON(): {
        method: string;
    };
}
declare class Call<Answer> extends SignedRequest {
    #private;
    parse(status: number, body: Body): Answer;
}
type Secret = string | Uint8Array;
declare abstract class Client {
    #private;
}
type CodeStatus = "Active" | "Redeemed" | "Disabled" | (string & {});
type CryptoInvoiceStatus = "PAID" | "NOT_PAID" | "IN_MEMPOOL" | "PARTIALLY_PAID" | "IN_BLOCK" | (string & {});
type RequisitesType = "card" | "phone" | "account" | "qr" | "crypto" | (string & {});
type TransactionStatus = "Payed" | "Created" | "Pending" | "Complete" | "Canceled" | "Error" | (string & {});
type TransactionType = "Withdraw" | "Invoice" | (string & {});
interface Account {
    readonly blockchain: string;
    readonly contract_address?: string;
    readonly currency?: string;
    readonly symbol: string;
    readonly decimal?: string;
    readonly decimal_balance?: string;
    readonly rate?: string;
    readonly fiat_balance?: string;
    readonly fiat_currency?: string;
    readonly active?: boolean;
    readonly extra?: Extra;
}
interface AppliedCode {
    readonly amount: string;
    readonly currency: string;
    readonly extra?: Extra;
}
interface Balances {
    readonly [currency: string]: string;
}
interface Callback {
    readonly to: string;
    readonly amount: string;
    readonly purse?: string;
    readonly type: TransactionType;
    readonly status: TransactionStatus;
    readonly dtag?: string;
    readonly name?: string;
    readonly surname?: string;
    readonly invoiceid: string;
    readonly uniqueid: string;
    readonly isPaid: boolean;
    readonly isFinal: boolean;
    readonly extra?: Extra;
    readonly event_id: string;
    readonly secret_index: number;
}
interface Code {
    readonly code: string;
    readonly amount: string;
    readonly currency: string;
    readonly pass?: string;
    readonly desc?: string;
    readonly status: CodeStatus;
    readonly createtime?: string;
    readonly applytime?: string;
    readonly extra?: Extra;
}
interface CodePage {
    readonly data: readonly Code[];
    readonly extra?: Extra;
}
interface CreatedCode {
    readonly code: string;
    readonly extra?: Extra;
}
interface CryptoInvoice {
    readonly id: string;
    readonly blockchain: string;
    readonly symbol: string;
    readonly address: string;
    readonly contract_address?: string;
    readonly active?: boolean;
    readonly value: string;
    readonly created?: string;
    readonly expiry?: string;
    readonly status: CryptoInvoiceStatus;
    readonly confirmations?: number;
    readonly fiat_currency?: FiatPrice;
    readonly txs: readonly string[];
    readonly data?: InvoiceData;
    readonly isPaid: boolean;
    readonly isFinal: boolean;
    readonly extra?: Extra;
}
interface FiatPrice {
    readonly currency?: string;
    readonly value?: string;
    readonly percent?: string;
    readonly extra?: Extra;
}
interface Invoice {
    readonly invoice: string;
    readonly requisites: readonly Requisites[];
    readonly extra?: Extra;
}
interface InvoiceData {
    readonly order_id?: string;
    readonly title?: string;
    readonly description?: string;
    readonly url_callback?: string;
    readonly url_success?: string;
    readonly url_failed?: string;
    readonly user_data?: string;
    readonly url_pay?: string;
    readonly extra?: Extra;
}
interface InvoiceDetails {
    readonly to: string;
    readonly amount: string;
    readonly purse?: string;
    readonly type: "Invoice";
    readonly status: TransactionStatus;
    readonly dtag?: string;
    readonly name?: string;
    readonly surname?: string;
    readonly invoiceid: string;
    readonly uniqueid: string;
    readonly isPaid: boolean;
    readonly isFinal: boolean;
    readonly extra?: Extra;
}
interface Notification {
    readonly id: string;
    readonly blockchain: string;
    readonly symbol: string;
    readonly address: string;
    readonly contract_address?: string;
    readonly active?: boolean;
    readonly value: string;
    readonly created?: string;
    readonly expiry?: string;
    readonly status: CryptoInvoiceStatus;
    readonly confirmations?: number;
    readonly fiat_currency?: FiatPrice;
    readonly txs: readonly string[];
    readonly data?: InvoiceData;
    readonly isPaid: boolean;
    readonly isFinal: boolean;
    readonly extra?: Extra;
    readonly event_id: string;
}
interface OtherDetails {
    readonly type: OtherType;
    readonly status: TransactionStatus;
    readonly uniqueid: string;
    readonly isPaid: boolean;
    readonly isFinal: boolean;
    readonly extra?: Extra;
}
interface Requisites {
    readonly amount: string;
    readonly currency: string;
    readonly type: RequisitesType;
    readonly wallet?: string;
    readonly payment_url?: string;
    readonly info?: string;
    readonly country?: string;
    readonly extra?: Extra;
}
interface Wallet {
    readonly id: string;
    readonly created?: string;
    readonly type?: string;
    readonly name?: string;
    readonly balance?: string;
    readonly accounts: readonly Account[];
    readonly extra?: Extra;
}
interface WithdrawDetails {
    readonly from: string;
    readonly to: string;
    readonly amount_from: string;
    readonly amount_from_comis: string;
    readonly amount_to: string;
    readonly purse?: string;
    readonly type: "Withdraw";
    readonly status: TransactionStatus;
    readonly dtag?: string;
    readonly name?: string;
    readonly surname?: string;
    readonly orderid: string;
    readonly transid?: string;
    readonly uniqueid: string;
    readonly isPaid: boolean;
    readonly isFinal: boolean;
    readonly extra?: Extra;
}
interface Withdrawal {
    readonly from: string;
    readonly to: string;
    readonly amount_from: string;
    readonly amount_from_comis: string;
    readonly amount_to: string;
    readonly purse?: string;
    readonly status: TransactionStatus;
    readonly dtag?: string;
    readonly name?: string;
    readonly surname?: string;
    readonly orderid: string;
    readonly transid?: string;
    readonly uniqueid: string;
    readonly isPaid: boolean;
    readonly isFinal: boolean;
    readonly extra?: Extra;
}
declare enum OtherType {
    Unnamed = ""
}
type Details = WithdrawDetails | InvoiceDetails | OtherDetails;
type AmountInput = string | number | bigint;
interface ApiForCryptoCreateInvoiceParameters {
    readonly blockchain: string;
    readonly symbol: string;
    readonly value?: AmountInput | undefined;
    readonly fiatCurrency?: FiatCurrency | undefined;
    readonly expiry: number | bigint;
    readonly confirmations: number | bigint;
    readonly secret_key?: string | undefined;
    readonly pause?: number | bigint | undefined;
    readonly data?: UserData | undefined;
}
interface FiatCurrency {
    readonly currency: string;
    readonly value?: AmountInput | undefined;
    readonly percent?: number | bigint | undefined;
}
interface UserData {
    readonly order_id?: string | undefined;
    readonly title?: string | undefined;
    readonly description?: string | undefined;
    readonly url_callback?: string | undefined;
    readonly url_success?: string | undefined;
    readonly url_failed?: string | undefined;
    readonly user_data?: string | undefined;
}
interface InvoiceParameters {
    readonly uuid: string;
}
interface BalancesParameters {
    readonly currency?: string | undefined;
}
interface BitlogaCreateInvoiceParameters {
    readonly uniqueid: string;
    readonly paysys: string;
    readonly amount?: AmountInput | undefined;
    readonly pay_amount?: AmountInput | undefined;
    readonly purse?: string | undefined;
    readonly paylist?: string | undefined;
    readonly comis?: string | undefined;
    readonly dtag?: string | undefined;
    readonly email?: string | undefined;
    readonly name?: string | undefined;
    readonly surname?: string | undefined;
    readonly desc?: string | undefined;
    readonly callbackurl?: string | undefined;
    readonly successurl?: string | undefined;
    readonly failurl?: string | undefined;
}
interface WithdrawParameters {
    readonly uniqueid: string;
    readonly currency: string;
    readonly paysys: string;
    readonly amount: AmountInput;
    readonly purse: string;
    readonly dtag?: string | undefined;
    readonly name?: string | undefined;
    readonly surname?: string | undefined;
}
interface DetailsParameters {
    readonly uniqueid: string;
}
interface CreateCodeParameters {
    readonly amount: AmountInput;
    readonly currency: string;
    readonly pass?: string | undefined;
    readonly desc?: string | undefined;
}
interface ApplyCodeParameters {
    readonly code: string;
    readonly pass?: string | undefined;
}
interface ListCodesParameters {
    readonly code?: string | undefined;
    readonly amount?: AmountInput | undefined;
    readonly currency?: string | undefined;
    readonly status?: string | undefined;
    readonly offset?: number | bigint | undefined;
    readonly limit?: number | bigint | undefined;
}
interface NotificationFields {
    readonly id: string;
    readonly blockchain: string;
    readonly symbol: string;
    readonly address: string;
    readonly value: AmountInput;
    readonly status?: string | undefined;
    readonly confirmations?: number | bigint | undefined;
    readonly data?: UserData | undefined;
    readonly secret_key?: string | undefined;
}
interface CallbackFields {
    readonly to: string;
    readonly amount: AmountInput;
    readonly purse?: string | undefined;
    readonly type?: string | undefined;
    readonly status?: string | undefined;
    readonly dtag?: string | undefined;
    readonly name?: string | undefined;
    readonly surname?: string | undefined;
    readonly invoiceid: number | bigint;
    readonly uniqueid: string;
}
interface Expected {
    readonly uniqueid?: string | undefined;
    readonly amount?: AmountInput | undefined;
    readonly to?: string | undefined;
    readonly purse?: string | undefined;
}
interface ApiForCryptoOptions {
    readonly walletId: string;
    readonly notificationSecret?: Secret | undefined;
    readonly baseUrl?: string | undefined;
    readonly invoiceUrl?: string | undefined;
    readonly maxBody?: number | undefined;
}
declare class ApiForCryptoClient extends Client {
    constructor(options: ApiForCryptoOptions);
    createInvoice(parameters: ApiForCryptoCreateInvoiceParameters): Call<CryptoInvoice>;
    invoice(parameters: InvoiceParameters): Call<CryptoInvoice>;
    wallet(): Call<Wallet>;
    verifyNotification(body: Body, secretKey?: string): Notification;
}
interface PayoutPolicy {
    readonly settleTime?: number;
    readonly denials?: number;
    readonly sends?: number;
    readonly firstPause?: number;
    readonly longestPause?: number;
    readonly giveUpTime?: number;
}
interface WatchPolicy {
    readonly firstPause?: number;
    readonly longestPause?: number;
    readonly closingPause?: number;
    readonly giveUpTime?: number;
}
declare class OutgoingRequest extends SignedRequest {
}
type StepRequest = OutgoingRequest;
declare class Send {
    #private;
    readonly type: "send";
    readonly call: StepRequest;
}
type SendStep = Send;
interface WaitStep {
    readonly type: "wait";
    readonly until: number;
}
type DoneStep<Outcome> = {
    readonly type: "done";
} & Outcome;
type Step<Outcome> = SendStep | WaitStep | DoneStep<Outcome>;
interface Progress {
    readonly stage: "ready" | "withdrawing" | "waiting" | "asking" | "done";
    readonly acknowledged: boolean;
    readonly sends: number;
    readonly questions: number;
    readonly denials: number;
    readonly refusal?: string;
    readonly transactionStatus?: string;
    readonly lastStatus?: number;
    readonly lastReason?: string;
    readonly lastAnswerAt?: number;
    readonly since?: number;
    readonly nextLook?: number;
}
interface ReportOptions {
    readonly now?: number | undefined;
    readonly notKnown?: boolean | undefined;
}
declare abstract class DrivenMachine<Outcome> {
    #private;
    next(now?: number): Step<Outcome>;
    onResponse(step: SendStep, status: number, body: Body, options?: ReportOptions): void;
    onNoResponse(step: SendStep, now?: number): void;
    get revision(): number;
    progress(): Progress;
    toString(): string;
    toJSON(): string;
}
type Machine<Outcome> = DrivenMachine<Outcome>;
type WatchVerdict = "paid" | "closed" | "unknown" | (string & {});
interface WatchOutcome {
    readonly verdict: WatchVerdict;
    readonly isPaid: boolean;
    readonly status?: string;
}
type WatchStep = Step<WatchOutcome>;
declare abstract class Watch extends DrivenMachine<WatchOutcome> {
}
declare class InvoiceWatch extends Watch {
    get uniqueid(): string;
    onCallback(callback: Callback): boolean;
}
declare class CryptoInvoiceWatch extends Watch {
    get uuid(): string;
    onNotification(notification: Notification): boolean;
}
interface TestNotification {
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
}
declare class ApiForCrypto extends ApiForCryptoClient {
    testNotification(fields: NotificationFields): TestNotification;
    watchInvoice(uuid: string, policy?: WatchPolicy): CryptoInvoiceWatch;
    resumeWatch(text: string): CryptoInvoiceWatch;
}
interface DiagnoseOptions {
    readonly secret?: Secret | undefined;
}
type DiagnosisCause = "valid" | "signature_missing" | "signature_ambiguous" | "signature_wrapped" | "signature_base64" | "signature_truncated" | "signature_in_another_header" | "signature_of_another_kind" | "signature_swapped" | "other_gateway" | "other_sender" | "body_too_long" | "body_empty" | "body_compressed" | "body_base64" | "body_hex" | "body_printed" | "body_parsed" | "body_reencoded" | "body_form_encoded" | "body_quoted" | "line_breaks_changed" | "body_rewritten" | "body_wrapped" | "body_truncated" | "keys_swapped" | "secret_differs" | "secret_wrapped" | "secret_encoded" | "other";
interface Diagnosis {
    readonly cause: DiagnosisCause;
    readonly message: string;
}
interface EdgeHeader {
    readonly key?: string | undefined;
    readonly value: string;
}
type HeaderValue = string | readonly (string | EdgeHeader)[] | undefined;
interface HeaderRecord {
    readonly [name: string]: HeaderValue;
}
interface HeaderContainer {
    forEach(visit: (value: string, name: string) => void): void;
}
interface HeaderHolder {
    readonly headers?: object | null | undefined;
    readonly multiValueHeaders?: object | null | undefined;
}
type SignatureSource = string | readonly string[] | readonly (readonly [
    name: string,
    value: string
])[] | HeaderRecord | HeaderContainer | ReadonlyMap<string, string | readonly string[]> | HeaderHolder | null | undefined;
interface BitlogaOptions {
    readonly apiKey: string;
    readonly apiSecret: Secret | readonly Secret[];
    readonly baseUrl?: string | undefined;
    readonly maxBody?: number | undefined;
}
declare class BitlogaClient extends Client {
    constructor(options: BitlogaOptions);
    balances(parameters?: BalancesParameters): Call<Balances>;
    createInvoice(parameters: BitlogaCreateInvoiceParameters): Call<Invoice>;
    withdraw(parameters: WithdrawParameters): Call<Withdrawal>;
    details(parameters: DetailsParameters): Call<Details>;
    createCode(parameters: CreateCodeParameters): Call<CreatedCode>;
    applyCode(parameters: ApplyCodeParameters): Call<AppliedCode>;
    listCodes(parameters?: ListCodesParameters): Call<CodePage>;
    codePages(filter?: ListCodesParameters): Generator<Call<CodePage>, void, void>;
    verifyCallback(body: Body, source: SignatureSource): Callback;
}
type JsonValue = string | number | bigint | boolean | null | readonly JsonValue[] | JsonFields;
interface JsonFields {
    readonly [name: string]: JsonValue;
}
type PayoutVerdict = "paid" | "failed" | "rejected" | "conflict" | "unknown" | (string & {});
type Certainty = "yes" | "no" | "perhaps";
interface PayoutOutcome {
    readonly verdict: PayoutVerdict;
    readonly isPaid: boolean;
    readonly status?: TransactionStatus;
    readonly orderid?: string;
    readonly transid?: string;
    readonly reason?: string;
    readonly hasMoneyMoved: Certainty;
    readonly canMoneyStillMove: Certainty;
    readonly isNewUniqueidSafe: boolean;
    readonly differences: readonly Difference[];
}
type PayoutStep = Step<PayoutOutcome>;
declare class Payout extends DrivenMachine<PayoutOutcome> {
    get uniqueid(): string;
}
interface SignedCallback<Body extends string | Uint8Array = string> {
    readonly body: Body;
    readonly headers: Readonly<Record<string, string>>;
}
interface SignOptions {
    readonly extra?: JsonFields | undefined;
}
declare class Bitloga extends BitlogaClient {
    signCallback(fields: CallbackFields, options?: SignOptions): SignedCallback;
    signCallbackBody(body: string): SignedCallback;
    signCallbackBody(body: Exclude<Body, string>): SignedCallback<Uint8Array>;
    signCallbackBody(body: Body): SignedCallback<string | Uint8Array>;
    diagnose(body: Body, source: SignatureSource, options?: DiagnoseOptions): Diagnosis;
    payout(parameters: WithdrawParameters, policy?: PayoutPolicy): Payout;
    resumePayout(text: string): Payout;
    watchInvoice(uniqueid: string, policy?: WatchPolicy): InvoiceWatch;
    resumeWatch(text: string): InvoiceWatch;
}
declare function expectCallback(callback: Callback, expected: Expected): void;
interface Signal {
    readonly aborted: boolean;
    addEventListener(type: "abort", listener: () => void): void;
}
type Fetch = (url: string, init: {
    method: string;
    headers: Record<string, string>;
    redirect: "manual";
    body?: string;
    signal: never;
}) => Promise<{
    readonly status: number;
    arrayBuffer(): Promise<ArrayBuffer>;
}>;
interface SendOptions {
    readonly fetch?: Fetch | undefined;
    readonly signal?: Signal | undefined;
    readonly timeout?: number | undefined;
}
declare function send<Parsed>(call: Call<Parsed>, options?: SendOptions): Promise<Parsed>;
interface Answer {
    readonly status: number;
    readonly body: Body;
}
interface StopSignal extends Signal {
    removeEventListener(type: "abort", listener: () => void): void;
}
interface DriverOptions {
    readonly store: (text: string, revision: number) => unknown;
    readonly send?: ((call: StepRequest) => Promise<Answer> | Answer) | undefined;
    readonly timeout?: number | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
    readonly notKnown?: ((status: number, body: string) => boolean | undefined) | undefined;
    readonly now?: (() => number) | undefined;
}
interface RunOptions extends DriverOptions {
    readonly signal?: StopSignal | undefined;
    readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
}
type Advanced<Outcome> = WaitStep | ({
    readonly type: "done";
} & Outcome);
declare function run<Outcome>(machine: Machine<Outcome>, options: RunOptions & {
    readonly signal?: undefined;
}): Promise<Outcome>;
declare function run<Outcome>(machine: Machine<Outcome>, options: RunOptions): Promise<Outcome | undefined>;
declare function advance<Outcome>(machine: Machine<Outcome>, options: DriverOptions): Promise<Advanced<Outcome>>;
declare function uniqueId(): string;
declare const version: string;
export { ApiForCrypto, Bitloga, Call, CryptoInvoiceWatch, GatewayError, InvalidInputError, InvoiceWatch, MalformedError, MismatchError, OtherType, Payout, PaysealError, SignatureError, advance, expectCallback, run, send, uniqueId, version };
export type { Account, Advanced, AmountInput, Answer, ApiForCryptoCreateInvoiceParameters, ApiForCryptoOptions, AppliedCode, ApplyCodeParameters, Balances, BalancesParameters, BitlogaCreateInvoiceParameters, BitlogaOptions, Body, Callback, CallbackFields, Certainty, Code, CodePage, CodeStatus, CreateCodeParameters, CreatedCode, CryptoInvoice, CryptoInvoiceStatus, Details, DetailsParameters, DiagnoseOptions, Diagnosis, DiagnosisCause, Difference, DoneStep, DriverOptions, EdgeHeader, ErrorCode, Expected, Extra, ExtraValue, Fetch, FiatCurrency, FiatPrice, HeaderContainer, HeaderHolder, HeaderRecord, Invoice, InvoiceData, InvoiceDetails, InvoiceParameters, JsonFields, JsonValue, ListCodesParameters, Machine, Notification, NotificationFields, OtherDetails, PayoutOutcome, PayoutPolicy, PayoutStep, PayoutVerdict, Progress, ReportOptions, Requisites, RequisitesType, RunOptions, Secret, SendOptions, SendStep, SignOptions, Signal, SignatureSource, SignedCallback, Step, StepRequest, StopSignal, TestNotification, TransactionStatus, TransactionType, UserData, WaitStep, Wallet, WatchOutcome, WatchPolicy, WatchStep, WatchVerdict, WithdrawDetails, WithdrawParameters, Withdrawal };
// slim
export * from "./index.js";
type ModuleSource = object;
declare function init(source: ModuleSource): void;
export { init };
export type { ModuleSource };
// payseal.wasm
declare const module: object;
export default module;
