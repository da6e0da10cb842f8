// Payouts of Bitloga, with their history and every movement of money.

import { get, post } from "../api.js";
import { badge, button, empty, facts, h } from "../dom.js";
import { time, toneOf } from "../format.js";

/** @type {import("../list.js").Listing} */
export const payouts = {
  id: "payouts",
  title: "Payouts",
  intro: "Of Bitloga. Money moves with the status: Pending and Complete hold the debit, Canceled and Error return it.",
  items: ({ state }) =>
    state.payouts.map((/** @type {any} */ data) => ({ key: data.orderid, state: data.status, data })),
  row: (payout) => ({
    head: [
      badge(payout.status, toneOf(payout.status)),
      h(
        "span",
        { class: "what" },
        h("strong", null, payout.uniqueid),
        h("span", { class: "muted" }, `order ${payout.orderid}`),
      ),
      h(
        "span",
        { class: "side-note amount" },
        `${payout.amount_from} ${payout.currency} → ${payout.amount_to} ${payout.paysys}`,
      ),
      h("span", { class: "when" }, time(payout.created)),
    ],
    actions: actions(payout),
    detail: () => detail(payout),
  }),
  none: () =>
    empty(
      "No payout yet.",
      h(
        "p",
        null,
        "Your client asks for one with ",
        h("code", null, `{"action":"withdraw", …}`),
        ". A purse that starts with ",
        h("code", null, "pending"),
        " stays Pending until you settle it here.",
      ),
    ),
};

/** @param {any} payout */
function actions(payout) {
  const act = (/** @type {string} */ label, /** @type {string} */ action, style = "quiet") =>
    button(label, () => post(`payouts/${encodeURIComponent(payout.uniqueid)}/${action}`, { orderid: payout.orderid }), {
      class: style,
    });
  if (payout.status === "Pending")
    return [act("Complete", "complete", "primary"), act("Fail", "fail"), act("Cancel", "cancel")];
  return [act("Reverse", "reverse"), act("Pend", "pend")];
}

/** @param {any} payout */
function detail(payout) {
  const proof = h("div", { class: "sides" }, h("p", { class: "none" }, "…"));
  prove(proof, payout).catch((error) => proof.replaceChildren(h("p", { class: "trouble" }, error.message)));
  return h(
    "div",
    null,
    facts([
      ["orderid", payout.orderid],
      ["uniqueid", payout.uniqueid],
      ["transid", payout.transid],
      ["amount_from", `${payout.amount_from} ${payout.currency}`],
      ["amount_from_comis", `${payout.amount_from_comis} ${payout.currency}`],
      ["amount_to", `${payout.amount_to} ${payout.paysys}`],
      ["purse", payout.purse],
      ["dtag", payout.dtag],
      ["name", payout.name],
      ["surname", payout.surname],
      ["ends", payout.ends && time(payout.ends)],
    ]),
    proof,
  );
}

/**
 * Shows what every payout of this `uniqueid` has been and moved.
 *
 * @param {HTMLElement} place
 * @param {any} payout
 */
async function prove(place, { uniqueid, orderid }) {
  const proof = await get(`payouts/${encodeURIComponent(uniqueid)}`);
  const own = proof.payouts.find((/** @type {any} */ it) => it.orderid === orderid);
  const movements = [
    ...proof.debits.map((/** @type {any} */ it) => ({ ...it, sign: "−" })),
    ...proof.returns.map((/** @type {any} */ it) => ({ ...it, sign: "+" })),
  ].sort((a, b) => a.time.localeCompare(b.time));
  place.replaceChildren(
    h(
      "div",
      { class: "side" },
      h("h4", null, "History"),
      h(
        "ol",
        { class: "timeline" },
        (own?.history ?? []).map((/** @type {any} */ it) =>
          h("li", null, badge(it.status, toneOf(it.status)), " ", time(it.time)),
        ),
      ),
    ),
    h(
      "div",
      { class: "side" },
      h("h4", null, "Movements of money"),
      proof.payouts.length > 1 &&
        h(
          "p",
          { class: "trouble" },
          `${proof.payouts.length} payouts have this uniqueid; these are the movements of all.`,
        ),
      h(
        "ul",
        { class: "timeline" },
        movements.map((it) =>
          h(
            "li",
            null,
            h("strong", { class: "amount" }, `${it.sign}${it.amount} ${it.currency}`),
            h("span", { class: "muted" }, ` ${it.reason} `),
            time(it.time),
          ),
        ),
      ),
    ),
  );
}
