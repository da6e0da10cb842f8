// Shows the state of the sandbox and lets it be changed. All text goes through textContent: nothing that a client
// sent is ever read as HTML.

const REFRESH_MILLISECONDS = 1000;

/** @typedef {Record<string, any>} Row one invoice, payout, code …, as the control API shows it */
/** @typedef {[label: string, path: string, options?: object]} Action a button, and the request it makes */
/** @typedef {{ columns: string[], actions?: (row: Row) => Action[] }} Section */

/**
 * Sections with the columns they show and the actions on each row.
 * @type {Record<string, Section>}
 */
const SECTIONS = {
  invoices: {
    columns: ["invoiceid", "uniqueid", "paysys", "amount", "purse", "status", "callbackurl", "page"],
    actions: (invoice) => {
      const path = `invoices/${encodeURIComponent(invoice.uniqueid)}`;
      if (invoice.status === "Created") return [["Pay", `${path}/pay`], ["Fail", `${path}/fail`]];
      return invoice.status === "Payed" && invoice.callbackurl ? [["Resend", `${path}/resend`]] : [];
    },
  },
  payouts: {
    columns: ["orderid", "uniqueid", "currency", "paysys", "amount_from", "amount_from_comis", "amount_to", "purse", "status"],
    actions: (payout) => {
      const path = `payouts/${encodeURIComponent(payout.uniqueid)}`;
      const options = { orderid: payout.orderid };
      /** @type {Action[]} */
      const end = [["Fail", `${path}/fail`, options], ["Cancel", `${path}/cancel`, options]];
      if (payout.status === "Pending") return [["Complete", `${path}/complete`, options], ...end];
      return payout.status === "Complete" ? end : [["Reverse", `${path}/reverse`, options]];
    },
  },
  codes: {
    columns: ["code", "amount", "currency", "pass", "desc", "status", "created", "applied"],
    actions: (code) => (code.status === "Active" ? [["Disable", `codes/${code.code}/disable`]] : []),
  },
  crypto: {
    columns: ["id", "blockchain", "symbol", "value", "paid", "status", "confirmations", "active", "expiry"],
    actions: (invoice) => {
      const path = `crypto/${invoice.id}`;
      /** @type {Action[]} */
      const resend = invoice.data.url_callback ? [["Resend", `${path}/resend`]] : [];
      if (!invoice.active || invoice.in_flight !== "0") return resend;
      /** @type {Action[]} */
      const pay = [["Pay", `${path}/pay`], ["Pay half", `${path}/pay`, { partial: true }]];
      return [...pay, ["Expire", `${path}/expire`], ...resend];
    },
  },
  pending: { columns: ["delivery", "kind", "subject", "url", "attempts", "next_attempt"] },
  deliveries: { columns: ["time", "kind", "subject", "attempt", "status", "error", "url", "body"] },
  misbehaviour: { columns: ["action", "mode", "times"] },
};

/**
 * What was drawn last, so that a section is drawn anew only when it changed.
 * @type {Map<string, string>}
 */
const drawn = new Map();

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/**
 * @param {string} name
 * @param {string} [text]
 * @param {Node[]} [children]
 */
function element(name, text, children = []) {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  node.append(...children);
  return node;
}

/** @param {Action} action */
function button([label, path, options]) {
  const node = element("button", label);
  node.addEventListener("click", () => act(path, options));
  return node;
}

/**
 * @param {string} column
 * @param {any} value
 */
function cell(column, value) {
  const node = element("td", value === null ? "" : String(value));
  node.className = column;
  return node;
}

/**
 * @param {Row[]} rows
 * @param {string[]} columns
 * @param {(row: Row) => Action[]} actions
 */
function table(rows, columns, actions) {
  const head = element("tr", undefined, [...columns, ""].map((column) => element("th", column)));
  const body = rows.map((row) => {
    const cells = columns.map((column) => cell(column, row[column]));
    const buttons = actions(row).map(button);
    return element("tr", undefined, [...cells, element("td", undefined, buttons)]);
  });
  return element("table", undefined, [element("thead", undefined, [head]), element("tbody", undefined, body)]);
}

/**
 * @param {string} name
 * @param {Row[]} rows
 * @param {string[]} columns
 * @param {(row: Row) => Action[]} [actions]
 */
function draw(name, rows, columns, actions = () => []) {
  const now = JSON.stringify(rows);
  if (drawn.get(name) === now) return;
  drawn.set(name, now);
  const empty = element("p", "none yet");
  empty.className = "empty";
  byId(name).replaceChildren(rows.length ? table(rows, columns, actions) : empty);
}

/** @param {string} text */
function say(text) {
  byId("message").textContent = text;
}

/**
 * @param {string} path
 * @param {object} [options]
 */
async function act(path, options = {}) {
  const response = await fetch(`/sandbox/${path}`, { method: "POST", body: JSON.stringify(options) });
  const answer = await response.json();
  say(answer.success ? "" : answer.error);
  await refresh();
}

async function refresh() {
  const [state, { deliveries }] = await Promise.all(
    ["state", "deliveries"].map(async (path) => (await fetch(`/sandbox/${path}`)).json()),
  );
  draw("balances", [state.balances], Object.keys(state.balances));
  for (const [name, { columns, actions }] of Object.entries(SECTIONS)) {
    const rows = name === "deliveries" ? deliveries : state[name];
    draw(name, [...rows].reverse(), columns, actions);
  }
}

async function keepRefreshing() {
  try {
    await refresh();
  } catch {
    say("the sandbox does not answer");
  }
  setTimeout(keepRefreshing, REFRESH_MILLISECONDS);
}

byId("reset").addEventListener("click", () => act("reset"));
keepRefreshing();
