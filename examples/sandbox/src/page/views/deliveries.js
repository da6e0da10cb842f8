// Callbacks, notifications and triggers, with every attempt to deliver them.

import { badge, empty, h } from "../dom.js";
import { exchange } from "../exchange.js";
import { countdown, time } from "../format.js";

/** @typedef {import("../live.js").World} World */

/** @type {import("../list.js").Listing} */
export const deliveries = {
  id: "deliveries",
  title: "Deliveries",
  intro:
    "What the sandbox told your server. What is not answered with 200 is tried again, up to ten times, ever later.",
  items,
  row: (delivery) => ({
    head: [
      badge(delivery.state, toneOf(delivery.state)),
      h(
        "span",
        { class: "what" },
        h("strong", null, delivery.subject || "–"),
        h("span", { class: "muted" }, delivery.kind),
      ),
      h("span", { class: "side-note mono" }, delivery.url),
      h("span", { class: "when" }, when(delivery)),
    ],
    detail: () =>
      h(
        "div",
        null,
        delivery.attempts.length
          ? [...delivery.attempts]
              .reverse()
              .map((attempt, position) => exchange(attempt, `Attempt ${attempt.attempt}`, position === 0))
          : h("p", { class: "none" }, "The first attempt is under way."),
      ),
  }),
  none: () =>
    empty(
      "Nothing was delivered yet.",
      h(
        "p",
        null,
        "Create an invoice with a ",
        h("code", null, "callbackurl"),
        " and pay it under ",
        h("a", { href: "#/invoices" }, "Invoices"),
        ", or ",
        h("a", { href: "#/trigger" }, "send a callback"),
        " by hand.",
      ),
    ),
};

/**
 * All attempts of one delivery together; also those that had none yet.
 *
 * @param {World} world
 */
function items({ deliveries: attempts, state }) {
  const pending = new Map(state.pending.map((/** @type {any} */ it) => [it.delivery, it]));
  const grouped = /** @type {Map<number, any>} */ (new Map());
  for (const { delivery, kind, subject, url } of [...attempts, ...state.pending]) {
    if (!grouped.has(delivery)) grouped.set(delivery, { delivery, kind, subject, url, attempts: [] });
  }
  for (const attempt of attempts) grouped.get(attempt.delivery).attempts.push(attempt);
  return [...grouped.values()]
    .sort((a, b) => a.delivery - b.delivery)
    .map((data) => {
      const next = pending.get(data.delivery)?.next_attempt ?? null;
      const name = stateOf(data.attempts.at(-1), next);
      return { key: data.delivery, state: name, data: { ...data, next, state: name } };
    });
}

/**
 * @param {any} last
 * @param {string | null} next
 */
function stateOf(last, next) {
  if (!last) return "under way";
  const status = last.status ?? "no answer";
  if (last.status === 200) return "200 delivered";
  return next || last.kind === "trigger" ? `${status}` : `${status} given up`;
}

/** @param {string} state */
const toneOf = (state) => (state.startsWith("200") ? "good" : state === "under way" ? "wait" : "bad");

/** @param {any} delivery */
function when({ attempts, next }) {
  const last = attempts.at(-1);
  const count = attempts.length > 1 ? `${attempts.length} attempts · ` : "";
  if (next && last) return [count, "next ", countdown(next)];
  return last ? [count, time(last.time)] : "";
}
