// Whoever chooses a language in one group of tabs sees it in the others too, and on the pages that come after. It is
// remembered until the site is left, and stored nowhere.

import { inBrowser, onContentUpdated } from "vitepress";

const LANGUAGES = new Set(["Rust", "JavaScript", "Python"]);

/** @type {string | undefined} */
let chosen;

/** To be called once, when the site is set up. */
export function followLanguage() {
  onContentUpdated(show);
  if (inBrowser) document.addEventListener("change", choose);
}

/** @param {Event} event */
function choose({ target }) {
  if (!(target instanceof HTMLInputElement) || !target.matches(".vp-code-group input")) return;
  const title = titleOf(target);
  if (!LANGUAGES.has(title)) return;
  chosen = title;
  // Groups above may become higher or lower: what was clicked stays where it is.
  const before = target.getBoundingClientRect().top;
  show();
  scrollBy({ top: target.getBoundingClientRect().top - before, behavior: "instant" });
}

function show() {
  for (const group of document.querySelectorAll(".vp-code-group")) {
    const inputs = [...group.querySelectorAll("input")];
    const wanted = inputs.findIndex((input) => titleOf(input) === chosen);
    const blocks = group.querySelector(".blocks")?.children;
    const input = inputs[wanted];
    if (!input || !blocks) continue;
    input.checked = true;
    [...blocks].forEach((block, at) => block.classList.toggle("active", at === wanted));
  }
}

/** @param {HTMLInputElement} input */
const titleOf = (input) => input.labels?.[0]?.textContent?.trim() ?? "";
