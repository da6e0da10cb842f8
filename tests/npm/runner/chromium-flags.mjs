// How tests start Chromium.

// Without these, Chromium asks Google's hosts for updates and much else at every start.
export const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
