// Invoices of Api for Crypto.

import { post } from "../api.js";
import { badge, button, empty, facts, h } from "../dom.js";
import { body, toneOf } from "../format.js";

/** @type {import("../list.js").Listing} */
export const crypto = {
  id: "crypto",
  title: "Crypto invoices",
  intro:
    "Of Api for Crypto. A payment is seen, included in a block and confirmed by more blocks; each step is notified.",
  items: ({ state }) => state.crypto.map((/** @type {any} */ data) => ({ key: data.id, state: data.status, data })),
  row: (invoice) => ({
    head: [
      badge(invoice.status, toneOf(invoice.status)),
      h(
        "span",
        { class: "what" },
        h("strong", { class: "mono" }, invoice.id),
        h("span", { class: "muted" }, invoice.data.order_id ?? ""),
      ),
      h("span", { class: "side-note amount" }, `${invoice.value} · ${invoice.symbol} on ${invoice.blockchain}`),
      h(
        "span",
        { class: "when" },
        invoice.active ? `${invoice.confirmations}/${invoice.confirmations_required} blocks` : "not active",
      ),
    ],
    actions: actions(invoice),
    detail: () =>
      h(
        "div",
        null,
        facts([
          ["id", invoice.id],
          ["address", invoice.address],
          ["value, smallest unit", invoice.value],
          ["paid", invoice.paid],
          ["in flight", invoice.in_flight],
          ["confirmations", `${invoice.confirmations} of ${invoice.confirmations_required}`],
          ["created", `${invoice.created} UTC`],
          ["expiry", `${invoice.expiry} UTC`],
          ["txs", invoice.txs],
          ["payment page", h("a", { href: invoice.data.url_pay }, invoice.data.url_pay)],
        ]),
        h("h4", null, "data"),
        body(JSON.stringify(invoice.data), "data"),
      ),
  }),
  none: () =>
    empty(
      "No crypto invoice yet.",
      h(
        "p",
        null,
        "Your client creates one at ",
        h("code", null, "/api/v1/wallets/{wallet id}/invoices"),
        ". The wallet id is under ",
        h("a", { href: "#/start" }, "Start"),
        ".",
      ),
    ),
};

/** @param {any} invoice */
function actions(invoice) {
  const act = (/** @type {string} */ label, /** @type {string} */ action, style = "quiet", options = {}) =>
    button(label, () => post(`crypto/${invoice.id}/${action}`, options), { class: style });
  const resend = invoice.data.url_callback ? [act("Resend", "resend")] : [];
  if (!invoice.active || invoice.in_flight !== "0") return resend;
  return [
    act("Pay", "pay", "primary"),
    act("Pay half", "pay", "quiet", { partial: true }),
    act("Expire", "expire"),
    ...resend,
  ];
}
