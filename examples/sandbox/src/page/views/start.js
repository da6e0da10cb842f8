// What to do first, and how things are.

import { copyButton, facts, h } from "../dom.js";

/** @typedef {import("../live.js").World} World */

/** @param {HTMLElement} container */
export function start(container) {
  const connection = h("div", { class: "card" });
  const numbers = h("div", { class: "numbers" });
  const snippets = h("div", { class: "card" });
  container.append(
    h("h1", null, "Start"),
    h(
      "p",
      { class: "intro" },
      "A gateway on your machine that speaks the protocols of Bitloga and Api for Crypto. No money moves.",
    ),
    numbers,
    connection,
    steps(),
    snippets,
  );
  let drawn = "";
  return (/** @type {World} */ world) => {
    numbers.replaceChildren(...numbersOf(world));
    const text = JSON.stringify(world.about);
    if (text === drawn) return;
    drawn = text;
    connection.replaceChildren(h("h2", null, "Connect your shop"), keys(world.about));
    snippets.replaceChildren(h("h2", null, "In code"), ...code(world.about));
  };
}

const baseUrl = () => `${location.origin}/api/v1/`;

/** @param {any} about */
function keys(about) {
  const line = (/** @type {string} */ value, /** @type {string} */ what) =>
    h("span", { class: "key" }, h("code", null, value), copyButton(value, what));
  return facts([
    ["Base URL, both gateways", line(baseUrl(), "base URL")],
    ["API key", line(about.api_key, "API key")],
    ["API secret", line(about.api_secret, "API secret")],
    ["Wallet id (Api for Crypto)", line(about.wallet_id, "wallet id")],
  ]);
}

function steps() {
  const link = (/** @type {string} */ to, /** @type {string} */ text) => h("a", { href: `#/${to}` }, text);
  return h(
    "div",
    { class: "card" },
    h("h2", null, "What to do first"),
    h(
      "ol",
      { class: "steps" },
      h(
        "li",
        null,
        "Point your client at the base URL, with the key and the secret above. Its requests show up under ",
        link("requests", "Requests"),
        " as they arrive.",
      ),
      h(
        "li",
        null,
        "Create an invoice with a ",
        h("code", null, "callbackurl"),
        ", then pay it under ",
        link("invoices", "Invoices"),
        ". Every attempt to deliver its callback is under ",
        link("deliveries", "Deliveries"),
        ".",
      ),
      h("li", null, "No client yet? ", link("trigger", "Send a callback"), " to your shop, rightly signed or not."),
      h("li", null, "Then make it hard: order ", link("misbehaviour", "misbehaviour"), " for the next requests."),
    ),
  );
}

/** @param {World} world */
function numbersOf({ state, deliveries, requests }) {
  const failed = deliveries.filter((attempt) => attempt.status !== 200).length;
  return [
    ["requests", "Requests", requests.length],
    ["invoices", "Invoices", state.invoices.length],
    ["payouts", "Payouts", state.payouts.length],
    ["deliveries", "Failed attempts", failed],
    ["deliveries", "To be delivered", state.pending.length],
  ].map(([to, label, value]) =>
    h("a", { href: `#/${to}`, class: "number" }, h("strong", null, value ?? 0), h("span", null, label)),
  );
}

/** @param {any} about */
function code(about) {
  const url = baseUrl();
  return [
    [
      "JavaScript",
      `import { Bitloga } from "payseal";

const bitloga = new Bitloga({
  apiKey: ${JSON.stringify(about.api_key)},
  apiSecret: ${JSON.stringify(about.api_secret)},
  baseUrl: ${JSON.stringify(url)},
});`,
    ],
    [
      "Python",
      `from payseal import Bitloga

bitloga = Bitloga(${JSON.stringify(about.api_key)}, ${JSON.stringify(about.api_secret)},
                  base_url=${JSON.stringify(url)})`,
    ],
  ].map(([language, text = ""]) =>
    h(
      "div",
      null,
      h("h3", null, language),
      h(
        "div",
        { class: "body" },
        copyButton(text, `${language} code`),
        h("pre", { tabindex: "0", "aria-label": `${language} code` }, text),
      ),
    ),
  );
}
