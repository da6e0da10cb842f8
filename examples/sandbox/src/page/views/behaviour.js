// How the gateway behaves where the documents say nothing, and the way back to the start.

import { post } from "../api.js";
import { button, h, say } from "../dom.js";
import { field, form } from "../form.js";

/** @typedef {import("../live.js").World} World */

const NUMBERS = ["details_lag_ms", "payouts_pending_ms"];

/** @param {HTMLElement} container */
export function behaviour(container) {
  const node = form(
    "Save",
    async (values) => {
      await post(
        "behaviour",
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, NUMBERS.includes(name) ? Number(value) : value]),
        ),
      );
      say("Saved");
    },
    field({
      name: "details_lag_ms",
      label: "details lags by, milliseconds",
      type: "number",
      min: 0,
      hint: "it answers as the world was that long ago",
    }),
    field({
      name: "not_known",
      label: "details says “not known” as",
      type: "select",
      options: [
        ["404", "404, success:false"],
        ["404-message", "404, message"],
        ["words", "200, success:false with words"],
        ["no-words", "200, success:false"],
        ["list", "200, []"],
        ["data", '200, {"data":[]}'],
      ],
    }),
    field({
      name: "repeats",
      label: "A repeated withdraw",
      type: "select",
      options: [
        ["refuse", "is refused"],
        ["replay", "is answered with the first"],
        ["pay", "pays again"],
      ],
    }),
    field({ name: "payouts_pending_ms", label: "Payouts are pending for, milliseconds", type: "number", min: 0 }),
    field({
      name: "payouts_end",
      label: "Payouts end as",
      type: "select",
      options: [
        ["complete", "Complete"],
        ["cancel", "Canceled"],
        ["fail", "Error"],
      ],
    }),
  );
  container.append(
    h("h1", null, "Settings"),
    h(
      "p",
      { class: "intro" },
      "How the gateway behaves where the documents say nothing, and differs between gateways.",
    ),
    h("div", { class: "card" }, h("h2", null, "Behaviour"), node),
    h(
      "div",
      { class: "card danger" },
      h("h2", null, "Reset"),
      h(
        "p",
        null,
        "Forgets all that happened and all that was ordered, and restores the balances and the settings of the start.",
      ),
      button("Reset everything", reset, { class: "bad" }),
    ),
  );
  let drawn = "";
  return (/** @type {World} */ { state }) => {
    const latest = JSON.stringify(state.behaviour);
    if (latest === drawn) return;
    drawn = latest;
    for (const [name, value] of Object.entries(state.behaviour)) {
      const control = /** @type {HTMLInputElement | null} */ (node.querySelector(`[name="${name}"]`));
      if (control) control.value = String(value);
    }
  };
}

async function reset() {
  if (!confirm("Forget everything, and begin anew?")) return;
  await post("reset");
  say("Everything was forgotten");
}
