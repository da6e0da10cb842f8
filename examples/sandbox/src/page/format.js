// How moments, statuses and bodies are written.

import { copyButton, h } from "./dom.js";

/** What statuses mean, of invoices and payouts of both gateways. */
const TONES = /** @type {Record<string, "good" | "bad" | "wait" | "plain">} */ ({
  Payed: "good",
  Complete: "good",
  PAID: "good",
  Active: "good",
  Redeemed: "plain",
  Disabled: "plain",
  Created: "wait",
  Pending: "wait",
  NOT_PAID: "wait",
  IN_MEMPOOL: "wait",
  IN_BLOCK: "wait",
  PARTIALLY_PAID: "wait",
  Canceled: "bad",
  Error: "bad",
});

/** @param {string} status */
export const toneOf = (status) => TONES[status] ?? "plain";

/** @param {string | null} moment as the control API writes it */
export function time(moment) {
  if (!moment) return "";
  const date = new Date(moment);
  const sameDay = date.toDateString() === new Date().toDateString();
  const text = sameDay ? date.toLocaleTimeString() : date.toLocaleString();
  return h("time", { datetime: moment, title: moment }, text);
}

/**
 * A moment to come, counted down.
 *
 * @param {string} moment
 */
export function countdown(moment) {
  const node = h("time", { datetime: moment, title: moment, "data-until": moment });
  node.textContent = until(moment);
  return node;
}

/** @param {string} moment */
function until(moment) {
  const seconds = Math.ceil((Date.parse(moment) - Date.now()) / 1000);
  return seconds > 0 ? `in ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}` : "now";
}

/** Lets all countdowns on the page go on. Only text changes. */
export function startCountdowns() {
  setInterval(() => {
    for (const node of document.querySelectorAll("[data-until]")) {
      node.textContent = until(node.getAttribute("data-until") ?? "");
    }
  }, 1000);
}

/** @param {number} milliseconds */
export const duration = (milliseconds) =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * A body: JSON with line breaks, anything else as it is; the copy is exact.
 *
 * @param {string} text
 * @param {string} what
 */
export function body(text, what) {
  if (text === "") return h("p", { class: "none" }, "empty body");
  return h(
    "div",
    { class: "body" },
    copyButton(text, what),
    h("pre", { tabindex: "0", "aria-label": what }, pretty(text)),
  );
}

/**
 * JSON with line breaks. Its tokens stay as they are: reading and writing it again would change numbers such as `1.00`.
 *
 * @param {string} text
 */
export function pretty(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  let output = "";
  for (const token of text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []) {
    const isEnd = token === "}" || token === "]";
    if (isEnd) depth -= 1;
    const wasStart = /[{[]$/.test(output);
    if (isEnd && !wasStart) output += `\n${"  ".repeat(depth)}`;
    else if (!isEnd && (wasStart || output.endsWith(","))) output += `\n${"  ".repeat(depth)}`;
    output += token === ":" ? ": " : token;
    if (token === "{" || token === "[") depth += 1;
  }
  return output;
}

/** @param {[string, string][]} headers */
export const headerList = (headers) => headers.map(([name, value]) => `${name}: ${value}`).join("\n");
