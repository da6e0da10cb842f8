// Codes of Bitloga.

import { post } from "../api.js";
import { badge, button, empty, facts, h } from "../dom.js";
import { time, toneOf } from "../format.js";

/** @type {import("../list.js").Listing} */
export const codes = {
  id: "codes",
  title: "Codes",
  intro: "Of Bitloga. Whoever has a code has its money; to disable one returns it.",
  items: ({ state }) => state.codes.map((/** @type {any} */ data) => ({ key: data.code, state: data.status, data })),
  row: (code) => ({
    head: [
      badge(code.status, toneOf(code.status)),
      h("span", { class: "what" }, h("strong", { class: "mono" }, code.code), h("span", { class: "muted" }, code.desc)),
      h("span", { class: "side-note amount" }, `${code.amount} ${code.currency}`),
      h("span", { class: "when" }, time(code.created)),
    ],
    actions:
      code.status === "Active"
        ? [button("Disable", () => post(`codes/${encodeURIComponent(code.code)}/disable`), { class: "quiet" })]
        : [],
    detail: () =>
      facts([
        ["code", code.code],
        ["amount", `${code.amount} ${code.currency}`],
        ["password", code.pass],
        ["desc", code.desc],
        ["created", time(code.created)],
        ["applied", code.applied && time(code.applied)],
      ]),
  }),
  none: () =>
    empty(
      "No code yet.",
      h("p", null, "Your client creates one with ", h("code", null, `{"action":"create", …}`), "."),
    ),
};
