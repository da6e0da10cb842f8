// Balances, and every movement of money on them.

import { post } from "../api.js";
import { h, say } from "../dom.js";
import { field, form } from "../form.js";
import { time } from "../format.js";

/** @typedef {import("../live.js").World} World */

/** More movements than a person reads. */
const SHOWN = 200;

/** @param {HTMLElement} container */
export function balances(container) {
  const cards = h("div", { class: "numbers" });
  const movements = h("ul", { class: "timeline" });
  const currencies = /** @type {HTMLSelectElement} */ (h("select"));
  const wallet = h("div", { class: "numbers" });
  const change = form(
    "Change the balance",
    async ({ action, amount, currency }) => {
      await post(action === "set" ? "balances" : `balances/${action}`, { [currency ?? ""]: amount ?? "" });
      say("The balance was changed");
    },
    field({
      name: "action",
      label: "What to do",
      type: "select",
      options: [
        ["credit", "Add"],
        ["debit", "Take away"],
        ["set", "Set to"],
      ],
    }),
    field({ name: "amount", label: "Amount", value: "100.00", required: true }),
    field({ name: "currency", label: "Currency", type: "select" }),
  );
  const select = /** @type {HTMLSelectElement} */ (change.querySelector("[name=currency]") ?? currencies);
  container.append(
    h("h1", null, "Balances"),
    h(
      "p",
      { class: "intro" },
      "Of Bitloga, in exact decimals. Empty one to see how your shop takes a payout that is refused.",
    ),
    cards,
    h("div", { class: "card" }, h("h2", null, "Change a balance"), change),
    h("div", { class: "card" }, h("h2", null, "Movements, the newest first"), movements),
    h("h2", null, "Wallet of Api for Crypto"),
    wallet,
  );
  let names = "";
  return (/** @type {World} */ { state }) => {
    const held = Object.entries(state.balances);
    cards.replaceChildren(
      ...held.map(([currency, amount]) =>
        h("div", { class: "number" }, h("strong", { class: "amount" }, String(amount)), h("span", null, currency)),
      ),
    );
    wallet.replaceChildren(
      ...state.wallet.accounts.map((/** @type {any} */ it) =>
        h(
          "div",
          { class: "number" },
          h("strong", { class: "amount" }, it.decimal_balance),
          h("span", null, `${it.symbol} on ${it.blockchain}`),
        ),
      ),
    );
    movements.replaceChildren(
      ...[...state.ledger]
        .reverse()
        .slice(0, SHOWN)
        .map((/** @type {any} */ it) =>
          h(
            "li",
            null,
            h(
              "strong",
              { class: "amount" },
              `${it.amount.startsWith("-") ? it.amount.replace("-", "−") : `+${it.amount}`} ${it.currency}`,
            ),
            h("span", { class: "muted" }, ` ${it.reason} `),
            time(it.time),
          ),
        ),
    );
    const latest = Object.keys(state.balances).join();
    if (latest !== names)
      select.replaceChildren(...held.map(([currency]) => h("option", { value: currency }, currency)));
    names = latest;
  };
}
