// A genuine callback, and the mistakes that people make with one.

import { ApiForCrypto, Bitloga } from "payseal";

import { bodyOf, bytesOf, emptyBody, toBase64, toHex } from "./body.ts";
import { nothingGiven } from "./callback.ts";
import type { Given } from "./callback.ts";

const KEY = "sandbox-key";
const SECRET = "sandbox-secret";
const SENT =
  '{"to":"WMZ","amount":1.00,"purse":"Z123456789012","type":"Invoice","status":"Payed",' +
  '"invoiceid":5,"uniqueid":"125","name":"Zoë"}';

/** What changes a sample. */
type Change = (sample: Given) => Partial<Given>;

export interface Mistake {
  readonly label: string;
  readonly change: Change;
}

export const mistakes: Readonly<Record<string, readonly Mistake[]>> = {
  "The body": [
    { label: "JSON parsed and written anew", change: text((sent) => JSON.stringify(JSON.parse(sent))) },
    { label: "Empty", change: text(() => "") },
    { label: "Cut off", change: text((sent) => sent.slice(0, 60)) },
    { label: "A line break at its end", change: text((sent) => `${sent}\n`) },
    { label: "CRLF for LF", change: () => ({ ...signed(SENT.replaceAll(",", ",\n"), "CRLF") }) },
    { label: "Base64 not decoded", change: bytes((sent) => new TextEncoder().encode(toBase64(sent))) },
    { label: "Read as Latin-1", change: bytes((sent) => new TextEncoder().encode(String.fromCharCode(...sent))) },
    { label: "Still compressed", change: () => ({ body: { ...emptyBody(), form: "hex", text: GZIP } }) },
    { label: "Printed by Python", change: bytes((sent) => new TextEncoder().encode(printed(sent))) },
  ],
  "The signature": [
    { label: "No header", change: () => ({ source: "Host: shop.example\nContent-Type: application/json" }) },
    { label: "Header renamed", change: ({ source }) => ({ source: source.replace("X-SIGNATURE", "X-Old-Signature") }) },
    { label: "Two headers", change: ({ source }) => ({ source: `${source}\nX-SIGNATURE: ${"0".repeat(128)}` }) },
    { label: "Cut to 100 digits", change: ({ source }) => ({ source: signatureIn(source).slice(0, 100) }) },
    { label: "With a prefix", change: ({ source }) => ({ source: `sha512=${signatureIn(source)}` }) },
  ],
  "The secret": [
    { label: "In quotes", change: () => ({ secret: `"${SECRET}"` }) },
    { label: "A whole line of .env", change: () => ({ secret: `API_SECRET=${SECRET}` }) },
    { label: "In hexadecimal", change: () => ({ secret: toHex(new TextEncoder().encode(SECRET)) }) },
    { label: "Swapped with the key", change: () => ({ secret: KEY, apiKey: SECRET }) },
    { label: "Another one", change: () => ({ secret: "production-secret" }) },
  ],
};

/** A genuine callback. */
export const genuine = (): Given => ({ ...nothingGiven(), ...signed(SENT, "LF"), secret: SECRET, apiKey: KEY });

/** A genuine notification of Api for Crypto. */
export function notification(): Given {
  const client = new ApiForCrypto({ walletId: "sandbox-wallet", notificationSecret: SECRET });
  const { body } = client.testNotification({
    id: "0d9f2c7e",
    blockchain: "tron",
    symbol: "USDT",
    address: "TQWv7b8J",
    value: "10500000",
    confirmations: 1,
    data: { order_id: "125", title: "Two books" },
  });
  return { ...nothingGiven(), gateway: "ApiForCrypto", body: { ...emptyBody(), text: body }, secret: SECRET };
}

/** A genuine callback with a mistake made. */
export const mistaken = ({ change }: Mistake): Given => ({ ...genuine(), ...change(genuine()) });

function signed(sent: string, lineBreak: "LF" | "CRLF"): Pick<Given, "body" | "source"> {
  const { body, headers } = new Bitloga({ apiKey: KEY, apiSecret: SECRET }).signCallbackBody(sent);
  const source = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return { body: { ...emptyBody(), text: body, lineBreak }, source: ["Host: shop.example", ...source].join("\n") };
}

function text(change: (sent: string) => string): Change {
  return ({ body }) => ({ body: { ...emptyBody(), text: change(body.text) } });
}

function bytes(change: (sent: Uint8Array) => Uint8Array): Change {
  return ({ body }) => ({ body: bodyOf(change(bytesOf(body))) });
}

const signatureIn = (source: string): string => /[0-9a-f]{128}/.exec(source)?.[0] ?? "";

/** As `str()` of Python prints bytes. */
function printed(sent: Uint8Array): string {
  const letters = [...sent].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`));
  return `b'${letters.join("")}'`;
}

/** The beginning of what gzip makes. */
const GZIP = "1f8b0800000000000003ab562ac957b252500af77551d2514acc4dcd2b51b2";
