// Sends a callback or a notification by hand, and shows what the shop answers.

import { post } from "../api.js";
import { h, say } from "../dom.js";
import { exchange } from "../exchange.js";
import { field, form, showOnly } from "../form.js";

const CALLBACK = ["uniqueid", "amount", "to", "status", "invoiceid", "purse"];
const NOTIFICATION = ["id", "crypto_status", "value", "blockchain", "symbol", "confirmations", "secret"];
const EXACT = ["body"];
/** Written as numbers, digit by digit. */
const NUMBERS = ["amount", "invoiceid", "value", "confirmations"];

/** @param {HTMLElement} container */
export function trigger(container) {
  const result = h("div", { id: "result", "aria-live": "polite" });
  const node = form(
    "Send it",
    async (values) => {
      result.replaceChildren(h("p", { class: "none" }, "Waiting for the answer …"));
      try {
        const { deliveries } = await post("trigger", order(values));
        result.replaceChildren(
          ...deliveries.map((/** @type {any} */ it, /** @type {number} */ position) =>
            exchange(it, deliveries.length > 1 ? `Copy ${position + 1}` : "Sent"),
          ),
        );
        say("Sent");
      } catch (error) {
        result.replaceChildren();
        throw error;
      }
    },
    field({
      name: "url",
      label: "To this URL",
      type: "url",
      value: remembered(),
      required: true,
      wide: true,
      hint: "on this machine: localhost, 127.0.0.1 or [::1], or a host given by --allow-host",
    }),
    field({
      name: "kind",
      label: "What",
      type: "select",
      options: [
        ["callback", "Callback of Bitloga, signed"],
        ["notification", "Notification of Api for Crypto, with secret_key"],
      ],
    }),
    field({
      name: "fault",
      label: "How",
      type: "select",
      options: [
        ["", "as the gateway does"],
        ["wrong-signature", "with a wrong signature"],
        ["no-signature", "without a signature"],
        ["re-serialised", "with a re-serialised body"],
        ["twice", "twice"],
      ],
    }),
    field({
      name: "content",
      label: "Content",
      type: "select",
      options: [
        ["fields", "from fields"],
        ["exact", "an exact body"],
      ],
    }),
    field({ name: "uniqueid", label: "uniqueid", value: "order-1" }),
    field({ name: "amount", label: "amount", value: "10.00" }),
    field({ name: "to", label: "to", value: "USD" }),
    field({ name: "status", label: "status", type: "select", options: ["Payed", "Created", "Canceled"] }),
    field({ name: "invoiceid", label: "invoiceid", value: "1" }),
    field({ name: "purse", label: "purse", hint: "left out if empty" }),
    field({ name: "id", label: "id", value: "00000000-0000-4000-8000-000000000001" }),
    field({
      name: "crypto_status",
      label: "status",
      type: "select",
      options: ["PAID", "IN_MEMPOOL", "IN_BLOCK", "PARTIALLY_PAID", "NOT_PAID"],
    }),
    field({ name: "value", label: "value, smallest unit", value: "10000000" }),
    field({ name: "blockchain", label: "blockchain", value: "tron" }),
    field({ name: "symbol", label: "symbol", value: "USDT" }),
    field({ name: "confirmations", label: "confirmations", value: "1" }),
    field({
      name: "secret",
      label: "secret_key",
      value: "notification-secret",
      hint: "what your shop gave when it created the invoice",
    }),
    field({ name: "body", label: "Body, byte by byte", type: "area", wide: true, value: `{"uniqueid":"order-1"}` }),
  );
  node.addEventListener("change", () => adapt(node));
  adapt(node);
  container.append(
    h("h1", null, "Send a callback"),
    h(
      "p",
      { class: "intro" },
      "To your shop, at once, whether or not there is an invoice. Try whether it refuses what it must refuse.",
    ),
    h("div", { class: "card" }, node),
    result,
  );
  return () => {};
}

/** @param {HTMLElement} node */
function adapt(node) {
  const value = (/** @type {string} */ name) =>
    /** @type {HTMLSelectElement} */ (node.querySelector(`[name=${name}]`)).value;
  const isNotification = value("kind") === "notification";
  const fields = isNotification ? NOTIFICATION : CALLBACK;
  showOnly(node, value("content") === "exact" ? EXACT : fields, [...CALLBACK, ...NOTIFICATION, ...EXACT]);
}

/**
 * The order as JSON text: amounts keep their digits, which a number of JavaScript would not.
 *
 * @param {Record<string, string>} values
 */
function order({ url = "", kind, fault, content, body, secret, crypto_status: status, ...fields }) {
  remember(url);
  const rest = content === "exact" ? { body } : {};
  const head = JSON.stringify({ url, kind, fault, secret, ...rest });
  if (content === "exact") return head;
  const given = Object.entries({ ...fields, ...(status ? { status } : {}) });
  const members = given.map(([name, value]) => `${JSON.stringify(name)}:${json(name, value)}`);
  return `${head.slice(0, -1)},"fields":{${members.join()}}}`;
}

/**
 * @param {string} name
 * @param {string} value
 */
function json(name, value) {
  const isNumber = NUMBERS.includes(name) && /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value);
  return isNumber ? value : JSON.stringify(value);
}

const KEY = "payseal-sandbox-trigger-url";

function remembered() {
  return localStorage.getItem(KEY) ?? "http://localhost:3000/callback";
}

/** @param {string} url */
function remember(url) {
  localStorage.setItem(KEY, url);
}
