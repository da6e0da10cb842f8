// The commands and their options: what the parser takes and the help prints.

import type { CallbackFields, NotificationFields } from "../generated/parameters.js";

/** One option. Those without `value` are switches. */
export interface Option {
  readonly name: string;
  readonly value?: string;
  readonly help: string;
}

/** One command. */
export interface Command {
  readonly name: string;
  /** What it takes besides options. */
  readonly argument?: "URL";
  readonly summary: string;
  readonly about: string;
  readonly options: readonly Option[];
  /** Whether it takes the fields of a message as options, too. */
  readonly takesFields: boolean;
}

type Fields<Names extends string> = Readonly<Record<Names, Omit<Option, "name">>>;

// What follows from the core is checked here: each field of a message is an option, and no other.
const callback: Fields<keyof CallbackFields> = {
  to: { value: "CODE", help: "the payment system: WMZ unless given" },
  amount: { value: "AMOUNT", help: "1.00 unless given" },
  purse: { value: "TEXT", help: "the account to which the funds are sent" },
  type: { value: "TEXT", help: "Invoice unless given" },
  status: { value: "TEXT", help: "Payed unless given" },
  dtag: { value: "TEXT", help: "destination tag or memo" },
  name: { value: "TEXT", help: "first name" },
  surname: { value: "TEXT", help: "last name" },
  invoiceid: { value: "NUMBER", help: "1 unless given" },
  uniqueid: { value: "TEXT", help: "your identifier: payseal-test unless given" },
};
const notification: Fields<Exclude<keyof NotificationFields, "data" | "secret_key"> | "order-id"> = {
  id: { value: "TEXT", help: "number of the invoice: payseal-test unless given" },
  blockchain: { value: "TEXT", help: "tron unless given" },
  symbol: { value: "TEXT", help: "USDT unless given" },
  address: { value: "TEXT", help: "address to pay to: payseal-test unless given" },
  value: { value: "NUMBER", help: "in the smallest unit: 1000000 unless given" },
  status: { value: "TEXT", help: "PAID unless given" },
  confirmations: { value: "NUMBER", help: "number of confirmations" },
  "order-id": { value: "TEXT", help: "data.order_id, which gives the secret_key: payseal-test unless given" },
};

/** The fields that `sign-callback` and `trigger` take, by gateway. */
export const fieldOptions: Readonly<Record<string, readonly Option[]>> = {
  bitloga: named(callback),
  apiforcrypto: named(notification),
};

function named(fields: Fields<string>): Option[] {
  return Object.entries(fields).map(([name, option]) => ({ name, ...option }));
}

export const gateways = Object.keys(fieldOptions);

const input: readonly Option[] = [
  { name: "body", value: "FILE", help: "the body exactly as received; standard input unless given" },
  { name: "headers", value: "FILE", help: "the headers as received: lines such as \"Name: value\", or JSON" },
  { name: "signature", value: "TEXT", help: "the signature, instead of --headers" },
];
const gateway: Option = { name: "gateway", value: "NAME", help: "bitloga, unless it is apiforcrypto" };
const fields: Option = {
  name: "fields",
  value: "FILE",
  help: "a JSON object of fields, which the options below replace",
};
const common: readonly Option[] = [
  { name: "secret-env", value: "NAME", help: "the environment variable with the secret: PAYSEAL_SECRET unless given" },
  { name: "json", help: "print one JSON object on standard output" },
  { name: "help", help: "print this text" },
];

export const commands: readonly Command[] = [
  {
    name: "diagnose",
    summary: "tells why the signature of a callback does not match",
    about: "Tells why the signature of a callback of Bitloga does not match, and what to do about it.",
    options: [
      ...input,
      { name: "api-key", value: "KEY", help: "your API key, which is not secret: only with it are swapped keys told" },
      ...common,
    ],
    takesFields: false,
  },
  {
    name: "verify",
    summary: "verifies a callback, and prints its fields",
    about: "Verifies a callback, and prints its fields, with exact amounts.",
    options: [...input, gateway, ...common],
    takesFields: false,
  },
  {
    name: "sign-callback",
    summary: "makes a callback as the gateway would send it",
    about:
      "Makes a callback as the gateway would send it. Prints its body on standard output and its headers on\n" +
      "standard error, or with --out its headers on standard output.",
    options: [{ name: "out", value: "FILE", help: "where to write the body" }, gateway, fields, ...common],
    takesFields: true,
  },
  {
    name: "trigger",
    argument: "URL",
    summary: "makes a callback, and posts it to your endpoint",
    about:
      "Makes a callback, posts it to your endpoint, and prints what that answers. The address is of https, or of\n" +
      "this machine. Redirects are not followed.",
    options: [gateway, fields, ...common],
    takesFields: true,
  },
];

const EXIT_CODES = `exit codes:
  0  the callback verifies, or what was asked for is done
  1  the callback does not verify, or the endpoint did not answer with 2xx
  2  wrong use: an option, a field or the secret
  3  a file cannot be read or written, or the endpoint cannot be reached
`;

/** The help of the program. */
export function programHelp(program: string): string {
  const rows = commands.map(({ name, argument, summary }) => [withArgument(name, argument), summary] as const);
  return `usage: ${program} COMMAND [options]

Helps where a callback does not verify, and makes callbacks to test an endpoint with.

commands:
${table(rows)}
The secret is read from the environment variable PAYSEAL_SECRET, or asked for at the terminal; never from an argument.
${program} COMMAND --help tells the options of a command, ${program} --version the version.

${EXIT_CODES}`;
}

/** The help of one command. */
export function commandHelp(program: string, command: Command): string {
  const parts = [
    `usage: ${program} ${withArgument(command.name, command.argument)} [options]\n`,
    `${command.about}\n`,
    `options:\n${table(command.options.map(row))}`,
  ];
  if (command.takesFields) {
    parts.push(`fields of Bitloga:\n${table(fieldOptions["bitloga"]!.map(row))}`);
    parts.push(`fields of Api for Crypto:\n${table(fieldOptions["apiforcrypto"]!.map(row))}`);
  }
  return [...parts, EXIT_CODES].join("\n");
}

function row({ name, value, help }: Option): readonly [string, string] {
  return [`--${withArgument(name, value)}`, help];
}

function withArgument(name: string, argument: string | undefined): string {
  return argument === undefined ? name : `${name} ${argument}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join("");
}
