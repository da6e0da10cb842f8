// Every view of the page, in the order of the navigation.

import { list } from "./list.js";
import { balances } from "./views/balances.js";
import { behaviour } from "./views/behaviour.js";
import { codes } from "./views/codes.js";
import { crypto } from "./views/crypto.js";
import { deliveries } from "./views/deliveries.js";
import { invoices } from "./views/invoices.js";
import { misbehaviour } from "./views/misbehaviour.js";
import { payouts } from "./views/payouts.js";
import { requests } from "./views/requests.js";
import { start } from "./views/start.js";
import { trigger } from "./views/trigger.js";

/** @typedef {import("./live.js").World} World */
/**
 * @typedef {object} View
 * @property {string} id in the address
 * @property {string} label
 * @property {string} group
 * @property {(world: World) => number} [count]
 * @property {(container: HTMLElement) => (world: World) => void} mount gives what takes everything new
 */

/** @type {View[]} */
export const VIEWS = [
  { id: "start", label: "Start", group: "", mount: start },
  { id: "deliveries", label: "Deliveries", group: "Traffic", count: countDeliveries, mount: list(deliveries) },
  {
    id: "requests",
    label: "Requests",
    group: "Traffic",
    count: (world) => world.requests.length,
    mount: list(requests),
  },
  {
    id: "invoices",
    label: "Invoices",
    group: "Books",
    count: (world) => world.state.invoices.length,
    mount: list(invoices),
  },
  {
    id: "payouts",
    label: "Payouts",
    group: "Books",
    count: (world) => world.state.payouts.length,
    mount: list(payouts),
  },
  {
    id: "crypto",
    label: "Crypto invoices",
    group: "Books",
    count: (world) => world.state.crypto.length,
    mount: list(crypto),
  },
  { id: "codes", label: "Codes", group: "Books", count: (world) => world.state.codes.length, mount: list(codes) },
  { id: "balances", label: "Balances", group: "Books", mount: balances },
  { id: "trigger", label: "Send a callback", group: "Try out", mount: trigger },
  {
    id: "misbehaviour",
    label: "Misbehaviour",
    group: "Try out",
    count: (world) => world.state.misbehaviour.length,
    mount: misbehaviour,
  },
  { id: "behaviour", label: "Settings", group: "Try out", mount: behaviour },
];

/** @param {World} world */
function countDeliveries(world) {
  return deliveries.items(world).length;
}
