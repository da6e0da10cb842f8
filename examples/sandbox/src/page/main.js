// The page: chooses the view that the address names, and gives it what is new.

import { byId, h, say } from "./dom.js";
import { startCountdowns } from "./format.js";
import { live } from "./live.js";
import { VIEWS } from "./views.js";

/** @typedef {import("./live.js").World} World */

let world = /** @type {World | undefined} */ (undefined);
let update = /** @type {((world: World) => void) | undefined} */ (undefined);

function chosen() {
  const id = location.hash.replace(/^#\//, "") || "start";
  return VIEWS.find((view) => view.id === id) ?? VIEWS[0];
}

/** @param {boolean} isFirst */
function open(isFirst) {
  // The link past the navigation is not a view.
  if (location.hash === "#main") return;
  const view = chosen();
  if (!view) return;
  say("");
  const main = byId("main");
  main.replaceChildren();
  update = view.mount(main);
  if (world) update(world);
  document.title = `${view.label} · payseal sandbox`;
  for (const link of document.querySelectorAll("#nav a")) {
    if (link.getAttribute("href") === `#/${view.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  toggleMenu(false);
  window.scrollTo(0, 0);
  if (!isFirst) main.focus({ preventScroll: true });
}

/** @param {boolean} isOpen */
function toggleMenu(isOpen) {
  byId("menu").setAttribute("aria-expanded", String(isOpen));
  byId("nav").classList.toggle("open", isOpen);
}

function buildNavigation() {
  const groups = [...new Set(VIEWS.map(({ group }) => group))];
  byId("nav").append(
    h(
      "div",
      { class: "groups" },
      groups.map((group) =>
        h(
          "div",
          null,
          group && h("h2", null, group),
          VIEWS.filter((view) => view.group === group).map((view) =>
            h(
              "a",
              { href: `#/${view.id}` },
              view.label,
              view.count && h("span", { class: "count", id: `count-${view.id}` }),
            ),
          ),
        ),
      ),
    ),
  );
  byId("nav").addEventListener("click", () => toggleMenu(false));
  byId("menu").addEventListener("click", () => toggleMenu(byId("menu").getAttribute("aria-expanded") !== "true"));
}

/** @param {World} latest */
function show(latest) {
  world = latest;
  for (const { id, count } of VIEWS) if (count) byId(`count-${id}`).textContent = String(count(latest) || "");
  update?.(latest);
}

/** @param {boolean} isConnected */
function tell(isConnected) {
  const mark = byId("live");
  const text = isConnected ? "live" : "the sandbox does not answer; reconnecting …";
  if (mark.textContent !== text) mark.textContent = text;
  mark.classList.toggle("on", isConnected);
}

buildNavigation();
window.addEventListener("hashchange", () => open(false));
open(true);
startCountdowns();
live(show, tell);
