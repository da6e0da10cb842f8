// Payouts that happen exactly once: a Durable Object for each, woken by alarms.

import { DurableObject } from "cloudflare:workers";
import { advance, Bitloga, InvalidInputError } from "payseal";

/** How long after an alarm that broke off the payout is taken up again, in milliseconds. */
const RETRY = 60_000;

// #region object
/** One payout, by its `uniqueid`. */
export class Payouts extends DurableObject {
  constructor(state, env) {
    super(state, env);
    this.storage = state.storage;
    this.sql = state.storage.sql;
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS payout (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        parameters TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0,
        text TEXT,
        outcome TEXT
      ) STRICT`);
  }

  /** Takes a payout on, once: what comes later under the same `uniqueid` changes nothing. */
  async begin(parameters) {
    this.sql.exec("INSERT INTO payout (id, parameters) VALUES (1, ?) ON CONFLICT DO NOTHING", JSON.stringify(parameters));
    if (this.row().outcome === null) await this.storage.setAlarm(Date.now());
    return this.state();
  }

  /** Goes on with the payout up to its next pause, and sets the alarm for then. */
  async alarm() {
    const { outcome } = this.row();
    if (outcome !== null) return;
    // The platform gives up on an alarm that fails again and again: this one comes in any case.
    await this.storage.setAlarm(Date.now() + RETRY);
    const advanced = await advance(this.payout(), { store: (text, revision) => this.store(text, revision) });
    if (advanced.type === "wait") {
      await this.storage.setAlarm(advanced.until);
    } else {
      this.sql.exec("UPDATE payout SET outcome = ?", JSON.stringify(advanced));
      await this.storage.deleteAlarm();
    }
  }

  /** Where the payout is at, and its outcome once there is one; nothing if it was never begun. */
  state() {
    const row = this.row();
    if (row === undefined) return undefined;
    return { progress: this.payout().progress(), outcome: row.outcome === null ? null : JSON.parse(row.outcome) };
  }

  /** Compares and swaps, and waits until it is on disk: only then is anything sent. */
  async store(text, revision) {
    const update = "UPDATE payout SET text = ?, revision = ? WHERE revision = ?";
    if (this.sql.exec(update, text, revision, revision - 1).rowsWritten === 0) throw new Error("somebody else has gone on with this payout");
    await this.storage.sync();
  }

  row() {
    const [row] = this.sql.exec("SELECT parameters, revision, text, outcome FROM payout").toArray();
    return row;
  }

  payout() {
    const { parameters, text } = this.row();
    return text === null ? this.gateway.payout(JSON.parse(parameters)) : this.gateway.resumePayout(text);
  }

  get gateway() {
    return (this.client ??= gateway(this.env));
  }
}
// #endregion object

function gateway({ BITLOGA_API_KEY: apiKey, BITLOGA_API_SECRET: apiSecret, BITLOGA_BASE_URL: baseUrl }) {
  return new Bitloga({ apiKey, apiSecret, baseUrl });
}

/**
 * `POST /payouts` with the parameters of `withdraw` takes a payout on; `GET /payouts/UNIQUEID` tells where it is at.
 * Whoever knows the token can pay out: without one in the settings, nobody can.
 */
export async function payouts(request, env) {
  if (!(await isAllowed(request, env.PAYOUT_TOKEN))) return new Response("the token is missing or wrong\n", { status: 401 });
  const [, , uniqueid] = new URL(request.url).pathname.split("/");
  if (request.method === "POST" && uniqueid === undefined) {
    const parameters = await request.json().catch(() => null);
    const client = gateway(env);
    let payout;
    try {
      payout = client.payout(parameters);
    } catch (error) {
      // What breaks a rule of the gateway's document is refused now.
      if (error instanceof InvalidInputError) return new Response(`${error.message}\n`, { status: 400 });
      throw error;
    }
    return Response.json(await of(env, payout.uniqueid).begin(parameters), { status: 202 });
  }
  const state = request.method === "GET" && uniqueid ? await of(env, decodeURIComponent(uniqueid)).state() : undefined;
  return state ? Response.json(state) : new Response("not found\n", { status: 404 });
}

function of(env, uniqueid) {
  return env.PAYOUTS.getByName(uniqueid);
}

/** Compares digests, in a time that says nothing of the token. */
async function isAllowed(request, token) {
  if (!token) return false;
  const digest = (text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const given = request.headers.get("authorization") ?? "";
  return crypto.subtle.timingSafeEqual(await digest(given), await digest(`Bearer ${token}`));
}
