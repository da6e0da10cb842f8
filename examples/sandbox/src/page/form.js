// Forms: labelled fields, and what was filled in.

import { h, say } from "./dom.js";

/** @typedef {{ name: string, label: string, hint?: string, type?: "text" | "number" | "url" | "select" | "area",
 *   value?: string | number, options?: (string | [string, string])[], min?: number, max?: number, required?: boolean,
 *   wide?: boolean }} Field */

let count = 0;

/** @param {Field} field */
export function field({ name, label, hint, type = "text", value = "", options = [], wide, ...rest }) {
  const id = `field-${++count}`;
  const described = hint ? { "aria-describedby": `${id}-hint` } : {};
  const properties = { id, name, ...described, ...rest };
  const control =
    type === "select"
      ? h(
          "select",
          properties,
          options.map((option) => optionOf(option, String(value))),
        )
      : type === "area"
        ? h("textarea", { ...properties, rows: 5, spellcheck: "false" }, value)
        : h("input", { ...properties, type, value, autocomplete: "off", spellcheck: "false" });
  return h(
    "div",
    { class: wide ? "field wide" : "field", "data-field": name },
    h("label", { for: id }, label),
    control,
    hint && h("small", { id: `${id}-hint` }, hint),
  );
}

/**
 * @param {string | [string, string]} option
 * @param {string} chosen
 */
function optionOf(option, chosen) {
  const [value, text] = typeof option === "string" ? [option, option] : option;
  return h("option", { value, selected: value === chosen }, text);
}

/**
 * A form with a button that sends what was filled in.
 *
 * @param {string} label of the button
 * @param {(values: Record<string, string>) => Promise<unknown>} send
 * @param {...(import("./dom.js").Child | import("./dom.js").Child[])} children
 */
export function form(label, send, ...children) {
  const submit = h("button", { class: "primary" }, label);
  const node = h("form", { class: "form" }, ...children, h("div", { class: "submit" }, submit));
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.setAttribute("aria-busy", "true");
    try {
      await send(valuesOf(node));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), "error");
    }
    submit.removeAttribute("aria-busy");
  });
  return node;
}

/**
 * What was filled in, without what was left empty or is not shown.
 *
 * @param {HTMLElement} node
 * @returns {Record<string, string>}
 */
export function valuesOf(node) {
  const values = /** @type {Record<string, string>} */ ({});
  for (const control of node.querySelectorAll("input, select, textarea")) {
    const { name, value } = /** @type {HTMLInputElement} */ (control);
    if (name && value !== "" && !control.closest("[hidden]")) values[name] = value;
  }
  return values;
}

/**
 * Shows only these fields of a form.
 *
 * @param {HTMLElement} node
 * @param {string[]} names
 * @param {string[]} among the others of which are hidden
 */
export function showOnly(node, names, among) {
  for (const name of among) {
    const part = /** @type {HTMLElement | null} */ (node.querySelector(`[data-field="${name}"]`));
    if (part) part.hidden = !names.includes(name);
  }
}
