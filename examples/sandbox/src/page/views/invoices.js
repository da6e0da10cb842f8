// Invoices of Bitloga.

import { post } from "../api.js";
import { badge, button, empty, facts, h } from "../dom.js";
import { time, toneOf } from "../format.js";

/** @type {import("../list.js").Listing} */
export const invoices = {
  id: "invoices",
  title: "Invoices",
  intro: "Of Bitloga. Pay one to have its callback delivered.",
  items: ({ state }) =>
    state.invoices.map((/** @type {any} */ data) => ({ key: data.invoiceid, state: data.status, data })),
  row: (invoice) => ({
    head: [
      badge(invoice.status, toneOf(invoice.status)),
      h("span", { class: "what" }, h("strong", null, invoice.uniqueid), h("span", { class: "muted" }, invoice.desc)),
      h("span", { class: "side-note amount" }, `${invoice.amount} ${invoice.paysys}`),
      h("span", { class: "when" }, time(invoice.created)),
    ],
    actions: actions(invoice),
    detail: () =>
      facts([
        ["invoiceid", invoice.invoiceid],
        ["uniqueid", invoice.uniqueid],
        ["amount", invoice.amount],
        ["pay_amount", invoice.pay_amount],
        ["paysys", invoice.paysys],
        ["paylist", invoice.paylist],
        ["purse", invoice.purse],
        ["comis", invoice.comis],
        ["dtag", invoice.dtag],
        ["name", invoice.name],
        ["surname", invoice.surname],
        ["email", invoice.email],
        ["desc", invoice.desc],
        ["callbackurl", invoice.callbackurl ?? "none: nobody is told of the payment"],
        ["successurl", invoice.successurl],
        ["failurl", invoice.failurl],
        ["payment page", h("a", { href: invoice.page }, invoice.page)],
        ["created", time(invoice.created)],
      ]),
  }),
  none: () =>
    empty(
      "No invoice yet.",
      h(
        "p",
        null,
        "Your client creates one with ",
        h("code", null, `{"action":"invoice", …}`),
        ". What it needs is under ",
        h("a", { href: "#/start" }, "Start"),
        ".",
      ),
    ),
};

/** @param {any} invoice */
function actions(invoice) {
  const act = (/** @type {string} */ label, /** @type {string} */ action, /** @type {string} */ style) =>
    button(label, () => post(`invoices/${encodeURIComponent(invoice.uniqueid)}/${action}`), { class: style });
  if (invoice.status === "Created") return [act("Pay", "pay", "primary"), act("Fail", "fail", "quiet")];
  return invoice.status === "Payed" && invoice.callbackurl ? [act("Resend", "resend", "quiet")] : [];
}
