// One request that the sandbox made, and what was answered.

import { badge, copyButton, facts, h } from "./dom.js";
import { body, countdown, duration, headerList, time } from "./format.js";

/** @param {any} attempt */
export function outcome(attempt) {
  if (attempt.status === null) return badge("no answer", "bad");
  return badge(attempt.status, attempt.status === 200 ? "good" : "bad");
}

/** Attempts that a reader opened or closed: what is new must not undo that. */
const toggled = /** @type {Map<string, boolean>} */ (new Map());

/**
 * All of an attempt: request, signature, response, and when the next one is.
 *
 * @param {any} attempt
 * @param {string} title
 * @param {boolean} [isLatest] the others are closed at first
 */
export function exchange(attempt, title, isLatest = true) {
  const key = `${attempt.delivery}-${attempt.attempt}-${isLatest}`;
  const node = h(
    "details",
    { class: "exchange", open: toggled.get(key) ?? isLatest },
    h(
      "summary",
      null,
      h("span", { class: "chevron", "aria-hidden": "true" }),
      h("h3", null, title),
      outcome(attempt),
      h("span", { class: "muted" }, time(attempt.time), " · ", duration(attempt.duration_ms)),
    ),
    attempt.error && h("p", { class: "trouble" }, attempt.error),
    h("div", { class: "sides" }, request(attempt), response(attempt)),
    h("p", { class: "next" }, next(attempt, isLatest)),
  );
  node.addEventListener("toggle", () => toggled.set(key, /** @type {HTMLDetailsElement} */ (node).open));
  return node;
}

/**
 * @param {any} attempt
 * @param {boolean} isLatest
 */
function next(attempt, isLatest) {
  if (attempt.kind === "trigger") return "Sent by hand: it is not tried again.";
  if (attempt.next)
    return isLatest
      ? ["Next attempt ", countdown(attempt.next), "."]
      : ["The next attempt was due at ", time(attempt.next), "."];
  return attempt.status === 200 ? "Delivered: there is no next attempt." : "Given up: there is no next attempt.";
}

/** @param {any} attempt */
function request(attempt) {
  return h(
    "div",
    { class: "side" },
    h("h4", null, "Request"),
    h("p", { class: "mono wrap" }, h("strong", null, attempt.request.method), ` ${attempt.url}`),
    headers(attempt.request.headers, "request headers"),
    h("h5", null, "Signature"),
    attempt.signature
      ? h(
          "div",
          { class: "body" },
          copyButton(attempt.signature, "signature"),
          h("pre", { class: "wrap signature", tabindex: "0", "aria-label": "signature" }, attempt.signature),
        )
      : h("p", { class: "none" }, "none: notifications carry a secret_key in their body instead"),
    h("h5", null, "Body"),
    body(attempt.body, "request body"),
  );
}

/** @param {any} attempt */
function response(attempt) {
  if (!attempt.response)
    return h("div", { class: "side" }, h("h4", null, "Response"), h("p", { class: "none" }, "none"));
  return h(
    "div",
    { class: "side" },
    h("h4", null, "Response"),
    h("p", { class: "mono" }, h("strong", null, attempt.status)),
    headers(attempt.response.headers, "response headers"),
    h("h5", null, "Body"),
    body(attempt.response.body, "response body"),
    attempt.response.cut && h("p", { class: "none" }, "Only the beginning is kept."),
  );
}

/**
 * @param {[string, string][]} pairs
 * @param {string} what
 */
export function headers(pairs, what) {
  return [
    h("h5", null, "Headers"),
    pairs.length === 0
      ? h("p", { class: "none" }, "none")
      : h("pre", { class: "wrap headers", tabindex: "0", "aria-label": what }, headerList(pairs)),
  ];
}

/**
 * One request that a client made.
 *
 * @param {any} seen
 */
export function seenRequest(seen) {
  return h(
    "section",
    { class: "exchange" },
    facts([
      ["time", time(seen.time)],
      ["took", duration(seen.duration_ms)],
      ["fault", seen.fault && badge(seen.fault, "wait")],
    ]),
    h(
      "div",
      { class: "sides" },
      h(
        "div",
        { class: "side" },
        h("h4", null, "Request"),
        h("p", { class: "mono wrap" }, h("strong", null, seen.method), ` ${seen.path}`),
        headers(seen.headers, "request headers"),
        h("h5", null, "Body"),
        body(seen.body, "request body"),
      ),
      h(
        "div",
        { class: "side" },
        h("h4", null, "Response"),
        seen.status === null
          ? h("p", { class: "none" }, "none: the connection was closed")
          : [
              h("p", { class: "mono" }, h("strong", null, seen.status)),
              h("h5", null, "Body"),
              body(seen.answer, "response body"),
            ],
      ),
    ),
  );
}
