// Orders to misbehave, and random trouble.

import { post } from "../api.js";
import { badge, button, facts, h, say } from "../dom.js";
import { field, form, showOnly } from "../form.js";

/** @typedef {import("../live.js").World} World */

/** The modes, what they do, and which details they take. */
const MODES = /** @type {[string, string, string[]][]} */ ([
  ["drop", "close the connection", []],
  ["500", "answer with status 500", []],
  ["429", "answer 429, with Retry-After", ["retry_after"]],
  ["503", "answer 503, with Retry-After", ["retry_after"]],
  ["deny", "answer success:false", ["status", "error"]],
  ["rubbish", "answer with HTML", []],
  ["delay", "take its time", ["delay_ms"]],
  ["not-known", "details: uniqueid is not known", []],
  ["twice", "carry it out twice", ["delay_ms", "answer"]],
  ["late", "carry it out later, hang up before", ["delay_ms", "hang_up_ms"]],
  ["lag", "details: answer as the world was", ["lag_ms"]],
  ["duplicate", "deliver a callback twice", []],
]);
/** These have no variant that carries the request out first. */
const WITHOUT_AFTER = ["twice", "late", "lag", "duplicate"];
const DETAILS = ["retry_after", "status", "error", "delay_ms", "answer", "hang_up_ms", "lag_ms"];
const NUMBERS = ["times", "skip", "status", "delay_ms", "answer", "hang_up_ms", "lag_ms"];
const ACTIONS = [
  "*",
  "withdraw",
  "invoice",
  "details",
  "balances",
  "create",
  "apply",
  "get",
  "crypto-create",
  "crypto-invoice",
  "crypto-wallet",
];
const DELIVERIES = ["*", "callback", "notification"];
const TROUBLE = ["drop", "drop-after", "500", "429", "deny", "delay", "twice", "late"];

/** @param {HTMLElement} container */
export function misbehaviour(container) {
  const standing = h("div");
  const trouble = h("div");
  container.append(
    h("h1", null, "Misbehaviour"),
    h("p", { class: "intro" }, "What goes wrong with the next requests. Only requests that are signed properly count."),
    h("div", { class: "card" }, h("h2", null, "Order a fault"), orderForm()),
    h("div", { class: "card" }, h("h2", null, "Standing orders"), standing),
    h("div", { class: "card" }, h("h2", null, "Random trouble"), trouble, troubleForm()),
  );
  return (/** @type {World} */ { state }) => {
    standing.replaceChildren(...orders(state.misbehaviour));
    trouble.replaceChildren(troubleNow(state.trouble));
  };
}

function orderForm() {
  const node = form(
    "Order it",
    async (values) => {
      const { when, mode = "", ...rest } = values;
      const order = Object.fromEntries(
        Object.entries(rest).map(([name, value]) => [name, NUMBERS.includes(name) ? Number(value) : value]),
      );
      await post("misbehave", { ...order, mode: when === "after" ? `${mode}-after` : mode });
      say("Ordered: it will hit the next requests that fit");
    },
    field({
      name: "mode",
      label: "What goes wrong",
      type: "select",
      options: MODES.map(([mode, text]) => [mode, `${mode} · ${text}`]),
      wide: true,
    }),
    field({
      name: "when",
      label: "When",
      type: "select",
      options: [
        ["before", "instead of carrying it out"],
        ["after", "after carrying it out"],
      ],
    }),
    field({ name: "action", label: "Action", type: "select", options: ACTIONS.map(actionOption) }),
    field({ name: "uniqueid", label: "Only for uniqueid", hint: "any, if empty" }),
    field({ name: "times", label: "How many times", type: "number", value: 1, min: 1, max: 1000000 }),
    field({ name: "skip", label: "Let pass first", type: "number", value: 0, min: 0, max: 1000000 }),
    field({ name: "delay_ms", label: "Delay, milliseconds", type: "number", value: 2000, min: 0, max: 600000 }),
    field({ name: "hang_up_ms", label: "Hang up after, milliseconds", type: "number", value: 0, min: 0, max: 600000 }),
    field({ name: "lag_ms", label: "How long ago, milliseconds", type: "number", value: 16000, min: 0, max: 86400000 }),
    field({
      name: "answer",
      label: "The client gets the answer to",
      type: "select",
      options: [
        ["1", "the first"],
        ["2", "the second"],
      ],
    }),
    field({ name: "retry_after", label: "Retry-After", value: "1", hint: "seconds, or a date" }),
    field({ name: "status", label: "Status", type: "number", value: 200, min: 200, max: 599 }),
    field({ name: "error", label: "Words of the error", value: "maintenance" }),
  );
  const mode = /** @type {HTMLSelectElement} */ (node.querySelector("[name=mode]"));
  const adapt = () => adaptTo(node, mode.value);
  mode.addEventListener("change", adapt);
  adapt();
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {string} mode
 */
function adaptTo(node, mode) {
  const details = MODES.find(([name]) => name === mode)?.[2] ?? [];
  const when = WITHOUT_AFTER.includes(mode) ? [] : ["when"];
  showOnly(node, [...details, ...when], [...DETAILS, "when"]);
  const actions = mode === "duplicate" ? DELIVERIES : ["lag", "not-known"].includes(mode) ? ["details"] : ACTIONS;
  const select = /** @type {HTMLSelectElement} */ (node.querySelector("[name=action]"));
  const chosen = select.value;
  select.replaceChildren(
    ...actions.map((action) => h("option", { value: action, selected: action === chosen }, actionOption(action)[1])),
  );
}

/**
 * @param {string} action
 * @returns {[string, string]}
 */
function actionOption(action) {
  return [action, action === "*" ? "any" : action];
}

/** @param {any[]} list */
function orders(list) {
  if (list.length === 0) return [h("p", { class: "none" }, "None: every request is carried out properly.")];
  return [
    h(
      "ul",
      { class: "timeline", id: "orders" },
      list.map(({ action, mode, times, uniqueid, skip }) =>
        h(
          "li",
          null,
          h(
            "span",
            null,
            badge(mode, "wait"),
            ` on ${action === "*" ? "any action" : action}`,
            uniqueid && [" of ", h("code", null, uniqueid)],
            `, ${times === 1 ? "once" : `${times} times`}`,
            skip && `, after ${skip} more`,
          ),
        ),
      ),
    ),
    button("Cancel all orders", () => post("misbehave/cancel"), { class: "quiet" }),
  ];
}

function troubleForm() {
  const node = form(
    "Turn trouble on",
    async ({ seed, ...values }) => {
      const chances = Object.fromEntries(
        Object.entries(values)
          .map(([mode, chance]) => [mode, Number(chance)])
          .filter(([, chance]) => chance !== 0),
      );
      if (Object.keys(chances).length === 0) throw new Error("give at least one of them a chance");
      await post("trouble", { per_mille: chances, ...(seed ? { seed: Number(seed) } : {}) });
      say("Random trouble is on");
    },
    h("p", { class: "wide muted" }, "How many of a thousand requests go wrong, by mode:"),
    TROUBLE.map((mode) =>
      field({ name: mode, label: mode, type: "number", value: mode === "drop" ? 50 : 0, min: 0, max: 1000 }),
    ),
    field({ name: "seed", label: "Seed", type: "number", min: 0, max: 4294967295, hint: "the same faults again" }),
  );
  node.classList.add("narrow");
  return node;
}

/** @param {any} trouble */
function troubleNow(trouble) {
  if (!trouble) return h("p", { class: "none" }, "Off.");
  const chances = Object.entries(trouble.per_mille)
    .map(([mode, chance]) => `${mode} ${chance} ‰`)
    .join(", ");
  return h(
    "div",
    { class: "now" },
    badge("on", "wait"),
    facts([
      ["chances", chances],
      ["seed", trouble.seed],
    ]),
    button("Turn trouble off", () => post("trouble"), { class: "quiet" }),
  );
}
