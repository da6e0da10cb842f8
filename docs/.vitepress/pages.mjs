// What the site has, in the order it is read.

/** @param {string} text @param {string} link */
const page = (text, link) => ({ text, link });

export const nav = [
  page("Start", "/start/"),
  page("Recipes", "/recipes/"),
  page("Reference", "/reference/"),
  page("Playground", "/playground"),
];

export const sidebar = [
  {
    text: "Start",
    items: [
      page("Five minutes", "/start/"),
      page("Node", "/start/node"),
      page("Cloudflare Workers", "/start/workers"),
      page("FastAPI", "/start/fastapi"),
      page("Rust", "/start/rust"),
    ],
  },
  {
    text: "Recipes",
    items: [
      page("The raw body", "/recipes/"),
      page("JavaScript frameworks", "/recipes/javascript"),
      page("Python frameworks", "/recipes/python"),
      page("Rust", "/recipes/rust"),
    ],
  },
  {
    text: "Guides",
    items: [
      page("Payouts", "/payouts"),
      page("Watching invoices", "/invoices"),
      page("Testing with the sandbox", "/testing"),
      page("Rotating secrets", "/rotation"),
      page("Money and numbers", "/money"),
    ],
  },
  {
    text: "When something is wrong",
    items: [
      page("Errors", "/errors"),
      page("Why a callback does not verify", "/diagnose"),
      page("The command line", "/command"),
      page("Playground", "/playground"),
    ],
  },
  {
    text: "Reference",
    items: [
      page("Overview", "/reference/"),
      page("Bitloga", "/reference/bitloga"),
      page("Api for Crypto", "/reference/api-for-crypto"),
      page("What all gateways share", "/reference/other"),
    ],
  },
  {
    text: "Gateways",
    items: [
      page("Bitloga: what is known", "/gateways/bitloga"),
      page("Api for Crypto: what is known", "/gateways/api-for-crypto"),
    ],
  },
  {
    text: "The library",
    items: [
      page("Security", "/security"),
      page("Threat model", "/threat-model"),
      page("Performance", "/performance"),
      page("Changelog", "/changelog"),
      page("Contributing", "/contributing"),
      page("Architecture", "/architecture"),
      page("The boundary to WebAssembly", "/boundary"),
      page("Adding a gateway", "/add-a-gateway"),
      page("Releasing", "/releasing"),
    ],
  },
];
