// Lists of rows that open. A row is drawn anew only when it changed, so that a reader is not disturbed.

import { h } from "./dom.js";

/** @typedef {import("./dom.js").Child} Child */
/** @typedef {import("./live.js").World} World */
/** @typedef {{ key: string | number, state: string, data: any }} Item what a row shows; the state can be filtered by */
/** @typedef {{ head: Child[], actions?: Child[], detail: () => Node }} Row */
/**
 * @typedef {object} Listing
 * @property {string} id
 * @property {string} title
 * @property {string} intro
 * @property {(world: World) => Item[]} items the oldest first
 * @property {(data: any, world: World) => Row} row
 * @property {() => Node} none what to do first
 * @property {(world: World) => Child} [summary] above the list
 */

/** More rows than a person reads, and as many as a browser likes. */
const SHOWN = 200;

/** What was typed and chosen in each list, and which rows are open: it stays when the view is left. */
const filters = /** @type {Map<string, { text: string, state: string }>} */ (new Map());
const opened = /** @type {Set<string>} */ (new Set());

/**
 * @param {Listing} listing
 * @returns {(container: HTMLElement) => (world: World) => void}
 */
export function list(listing) {
  return (container) => {
    const filter = filters.get(listing.id) ?? { text: "", state: "" };
    filters.set(listing.id, filter);
    const drawn = /** @type {Map<string, { text: string, node: HTMLElement }>} */ (new Map());
    let world = /** @type {World | undefined} */ (undefined);

    const search = /** @type {HTMLInputElement} */ (
      h("input", {
        type: "search",
        "aria-label": `Filter ${listing.title.toLowerCase()}`,
        placeholder: "Filter by uniqueid or anything else",
        value: filter.text,
      })
    );
    const states = /** @type {HTMLSelectElement} */ (h("select", { "aria-label": "Status" }));
    const tools = h("div", { class: "tools" }, search, states);
    const summary = h("div");
    const rows = h("div", { class: `rows ${listing.id}` });
    const note = h("p", { class: "note", role: "status" });
    search.addEventListener("input", () => {
      filter.text = search.value;
      draw();
    });
    states.addEventListener("change", () => {
      filter.state = states.value;
      draw();
    });
    container.append(
      h("h1", null, listing.title),
      h("p", { class: "intro" }, listing.intro),
      summary,
      tools,
      rows,
      note,
    );

    function draw() {
      if (!world) return;
      const all = listing.items(world).reverse();
      offerStates(states, all, filter.state);
      const words = filter.text.toLowerCase();
      const found = all.filter(
        ({ state, data }) =>
          (!filter.state || state === filter.state) && (!words || JSON.stringify(data).toLowerCase().includes(words)),
      );
      const shown = found.slice(0, SHOWN);
      tools.hidden = all.length === 0;
      summary.replaceChildren(...[listing.summary?.(world)].filter((node) => node instanceof Node));
      if (all.length === 0) rows.replaceChildren(listing.none());
      else
        place(
          rows,
          shown.map((item) => nodeOf(item)),
        );
      note.textContent = noteOf(all.length, found.length, shown.length);
    }

    /** @param {Item} item */
    function nodeOf({ key, data }) {
      const id = `${listing.id}-${key}`;
      const text = JSON.stringify(data);
      const before = drawn.get(id);
      if (before?.text === text) return before.node;
      const node = rowNode(id, listing.row(data, /** @type {World} */ (world)));
      if (before) keepFocus(before.node, node);
      drawn.set(id, { text, node });
      return node;
    }

    return (latest) => {
      world = latest;
      draw();
    };
  };
}

/**
 * @param {string} id
 * @param {Row} row
 */
function rowNode(id, { head, actions = [], detail }) {
  const isOpen = opened.has(id);
  const content = h("div", { class: "detail", id: `${id}-detail`, hidden: !isOpen }, isOpen && detail());
  const disclose = h(
    "button",
    {
      type: "button",
      class: "disclose",
      "aria-expanded": String(isOpen),
      "aria-controls": `${id}-detail`,
    },
    h("span", { class: "chevron", "aria-hidden": "true" }),
    ...head,
  );
  disclose.addEventListener("click", () => {
    const opens = !opened.delete(id);
    if (opens) opened.add(id);
    content.replaceChildren(...(opens ? [detail()] : []));
    content.hidden = !opens;
    disclose.setAttribute("aria-expanded", String(opens));
  });
  return h(
    "article",
    { class: "row" },
    h("div", { class: "line" }, disclose, h("div", { class: "actions" }, actions)),
    content,
  );
}

/**
 * Puts the nodes into the container in this order, and moves none that is in its place.
 *
 * @param {HTMLElement} container
 * @param {HTMLElement[]} nodes
 */
function place(container, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...container.children]) if (!wanted.has(/** @type {HTMLElement} */ (child))) child.remove();
  nodes.forEach((node, position) => {
    if (container.children[position] !== node) container.insertBefore(node, container.children[position] ?? null);
  });
}

/**
 * Whoever works with the keyboard goes on where they were.
 *
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
function keepFocus(before, after) {
  const focusable = "button, a, pre";
  const position = [...before.querySelectorAll(focusable)].indexOf(/** @type {Element} */ (document.activeElement));
  if (position < 0) return;
  const label = document.activeElement?.textContent;
  const candidates = /** @type {HTMLElement[]} */ ([...after.querySelectorAll(focusable)]);
  const same = candidates[position]?.textContent === label ? candidates[position] : candidates[0];
  queueMicrotask(() => same?.focus());
}

/**
 * @param {HTMLSelectElement} select
 * @param {Item[]} items
 * @param {string} chosen
 */
function offerStates(select, items, chosen) {
  const names = [...new Set([...items.map(({ state }) => state), ...(chosen ? [chosen] : [])])].sort();
  if (select.dataset.names === names.join()) return;
  select.dataset.names = names.join();
  select.replaceChildren(
    h("option", { value: "" }, "Every status"),
    ...names.map((name) => h("option", { value: name }, name)),
  );
  select.value = chosen;
}

/**
 * @param {number} all
 * @param {number} found
 * @param {number} shown
 */
function noteOf(all, found, shown) {
  if (all > 0 && found === 0) return "Nothing matches the filter.";
  return shown < found ? `The newest ${shown} of ${found} are shown: filter to see others.` : "";
}
