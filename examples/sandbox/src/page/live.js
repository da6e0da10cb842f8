// Keeps what the page knows up to date: told by Server-Sent Events, never by asking again and again.

import { get } from "./api.js";

/** How long to wait before the events are asked for anew, where the browser does not do so by itself. */
const RETRY_MILLISECONDS = 1000;

/** @typedef {{ state: any, deliveries: any[], requests: any[], about: any }} World all that the page shows */

/**
 * @param {(world: World) => void} show
 * @param {(isConnected: boolean) => void} tell
 */
export function live(show, tell) {
  let isAsking = false;
  let isOutdated = false;

  async function refresh() {
    isOutdated = true;
    if (isAsking) return;
    isAsking = true;
    try {
      while (isOutdated) {
        isOutdated = false;
        show(await world());
        tell(true);
      }
    } catch {
      tell(false);
    }
    isAsking = false;
  }

  function listen() {
    const events = new EventSource("/sandbox/events");
    events.addEventListener("change", refresh);
    events.addEventListener("error", () => {
      tell(false);
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, RETRY_MILLISECONDS);
    });
  }
  listen();
}

/** @returns {Promise<World>} */
async function world() {
  const [state, { deliveries }, { requests }, about] = await Promise.all(
    ["state", "deliveries", "requests", "about"].map(get),
  );
  return { state, deliveries, requests, about };
}
