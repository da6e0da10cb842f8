// The fields of a message to make: of options and of a file, with samples for those that have to be there.

import type { UserData } from "../generated/parameters.js";
import type { Arguments } from "./arguments.js";
import { wrongUse } from "./failure.js";
import { decoded, didYouMean } from "./text.js";
import { readFile } from "./files.js";
import { fieldOptions } from "./options.js";

/** A field as text, whole numbers as such, and `data`. */
export type Fields = Record<string, string | bigint | Record<string, string>>;

/** What a field is that was not given. No shop has such an order. */
const SAMPLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bitloga: { to: "WMZ", amount: "1.00", invoiceid: "1", uniqueid: "payseal-test" },
  apiforcrypto: { id: "payseal-test", blockchain: "tron", symbol: "USDT", address: "payseal-test", value: "1000000" },
};
const WHOLE_NUMBERS = ["invoiceid", "confirmations"];
const USER_DATA: readonly string[] = Object.keys({
  order_id: 1, title: 1, description: 1, url_callback: 1, url_success: 1, url_failed: 1, user_data: 1,
} satisfies Record<keyof UserData, 1>);

/** The fields that a command was given. */
export function readFields(given: Arguments): Fields {
  const { gateway } = given;
  const names = fieldOptions[gateway]!.map(({ name }) => name).filter((name) => name !== "order-id");
  const fields: Fields = { ...SAMPLES[gateway], ...ofFile(given.value("fields"), gateway, names) };
  for (const name of names) {
    const value = given.value(name);
    if (value !== undefined) fields[name] = value;
  }
  for (const name of WHOLE_NUMBERS) {
    const value = fields[name];
    if (value === undefined) continue;
    if (typeof value !== "string" || !/^[0-9]{1,19}$/.test(value)) throw wrongUse(`${name}: must be a whole number`);
    fields[name] = BigInt(value);
  }
  if (gateway === "apiforcrypto") {
    const data: Record<string, string> = { order_id: "payseal-test", ...(fields["data"] as object) };
    const order = given.value("order-id");
    if (order !== undefined) data["order_id"] = order;
    fields["data"] = data;
  }
  return fields;
}

function ofFile(file: string | undefined, gateway: string, names: readonly string[]): Fields {
  if (file === undefined) return {};
  const members = exactJson(decoded(readFile("--fields", file)));
  if (!isRecord(members)) throw wrongUse("the file of --fields is not a JSON object");
  const known = gateway === "apiforcrypto" ? [...names, "data"] : names;
  const fields: Fields = {};
  for (const [name, value] of Object.entries(members)) {
    if (!known.includes(name)) throw wrongUse(`--fields has a field that is not known${didYouMean(name, known)}`);
    fields[name] = name === "data" ? userData(value) : text(name, value);
  }
  return fields;
}

function userData(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw wrongUse("data: must be an object");
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (USER_DATA.includes(name)) return [name, text(`data.${name}`, one)];
      throw wrongUse(`--fields has a field of data that is not known${didYouMean(name, USER_DATA)}`);
    }),
  );
}

function text(name: string, value: unknown): string {
  if (typeof value !== "string") throw wrongUse(`${name}: must be text or a number`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON with every number as the text of its digits: JavaScript would round amounts. */
function exactJson(json: string): unknown {
  try {
    JSON.parse(json);
    const texts = /"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/g;
    return JSON.parse(json.replace(texts, (token) => (token.startsWith('"') ? token : `"${token}"`)));
  } catch {
    throw wrongUse("the file of --fields is not JSON");
  }
}
