// Makes elements. All text goes through text nodes: nothing that a client sent is ever read as HTML.

/** @typedef {Node | string | number | null | undefined | false} Child what an element contains; nothing if not given */
/** @typedef {Record<string, any>} Properties attributes, and listeners as `onclick` */

/**
 * @param {string} name
 * @param {Properties | null} [properties]
 * @param {(Child | Child[])[]} children
 * @returns {HTMLElement}
 */
export function h(name, properties, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/**
 * @param {string} text
 * @param {"error" | "done"} [kind]
 */
export function say(text, kind = "done") {
  const message = byId("message");
  message.textContent = text;
  message.className = `message ${text ? `shown ${kind}` : ""}`;
  clearTimeout(silence);
  if (text && kind === "done") silence = setTimeout(() => say(""), 4000);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/**
 * A button that does something asynchronous, once at a time, and says what went wrong.
 *
 * @param {string} label
 * @param {() => Promise<unknown> | unknown} action
 * @param {Properties} [properties]
 */
export function button(label, action, properties = {}) {
  const node = h("button", { type: "button", ...properties }, label);
  node.addEventListener("click", async () => {
    node.setAttribute("aria-busy", "true");
    try {
      await action();
    } catch (error) {
      say(error instanceof Error ? error.message : String(error), "error");
    }
    node.removeAttribute("aria-busy");
  });
  return node;
}

/**
 * A button that copies exactly these characters.
 *
 * @param {string} text
 * @param {string} what for people who do not see what is beside it
 */
export function copyButton(text, what) {
  return button(
    "Copy",
    async () => {
      await copy(text);
      say(`${what} copied`);
    },
    { class: "quiet small", "aria-label": `Copy ${what}`, "data-copy": text },
  );
}

/** @param {string} text */
async function copy(text) {
  // The clipboard is not there when the page is opened by a name that is not this machine.
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = h("textarea", { class: "offscreen" });
  area.textContent = text;
  document.body.append(area);
  /** @type {HTMLTextAreaElement} */ (area).select();
  document.execCommand("copy");
  area.remove();
}

/**
 * A word with a colour.
 *
 * @param {string | number} text
 * @param {"good" | "bad" | "wait" | "plain"} tone
 */
export const badge = (text, tone) => h("span", { class: `badge ${tone}` }, text);

/**
 * @param {string} title
 * @param {Child[]} children
 */
export const empty = (title, ...children) => h("div", { class: "empty" }, h("strong", null, title), ...children);

/**
 * A list of names and values; what has no value is left out.
 *
 * @param {[string, Child][]} pairs
 */
export function facts(pairs) {
  const given = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
  return h(
    "dl",
    { class: "facts" },
    given.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))),
  );
}
