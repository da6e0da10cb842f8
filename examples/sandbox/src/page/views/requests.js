// The requests of clients, as they arrived.

import { badge, copyButton, empty, h } from "../dom.js";
import { seenRequest } from "../exchange.js";
import { duration, time } from "../format.js";

/** @type {import("../list.js").Listing} */
export const requests = {
  id: "requests",
  title: "Requests",
  intro: "What clients asked the gateways, and what they were answered. The latest 500 are kept.",
  items: ({ requests: seen }) =>
    seen.map((data) => ({ key: data.number, state: data.status === null ? "dropped" : String(data.status), data })),
  row: (seen) => ({
    head: [
      seen.status === null ? badge("dropped", "bad") : badge(seen.status, seen.status < 400 ? "good" : "bad"),
      h(
        "span",
        { class: "what" },
        h("strong", null, seen.action ?? `${seen.method} ${seen.path}`),
        h("span", { class: "muted" }, seen.uniqueid ?? ""),
      ),
      h("span", { class: "side-note" }, seen.fault && badge(seen.fault, "wait")),
      h("span", { class: "when" }, time(seen.time), " · ", duration(seen.duration_ms)),
    ],
    detail: () => seenRequest(seen),
  }),
  none: () =>
    empty(
      "No client has asked anything yet.",
      h("p", null, "Point yours at this base URL, with the keys under ", h("a", { href: "#/start" }, "Start"), ":"),
      h(
        "p",
        { class: "key" },
        h("code", null, `${location.origin}/api/v1/`),
        copyButton(`${location.origin}/api/v1/`, "base URL"),
      ),
    ),
};
