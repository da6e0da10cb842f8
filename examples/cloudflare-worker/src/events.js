// The memory of the Worker: a Durable Object that takes every event once.

import { DurableObject } from "cloudflare:workers";

export class Events extends DurableObject {
  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS events (
        event_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        reference TEXT NOT NULL,
        status TEXT NOT NULL,
        amount TEXT NOT NULL,
        deliveries INTEGER NOT NULL DEFAULT 1
      ) STRICT`);
  }

  /** Takes an event; says whether this was its first delivery. */
  take({ event_id, kind, reference, status, amount }) {
    const { deliveries } = this.sql
      .exec(
        `INSERT INTO events (event_id, kind, reference, status, amount) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (event_id) DO UPDATE SET deliveries = deliveries + 1
         RETURNING deliveries`,
        event_id, kind, reference, status, amount,
      )
      .one();
    if (deliveries === 1) {
      // Here the order is fulfilled, once. What is written to `this.sql` is stored together with the event.
      // Before that, hold what was paid against the order with `expectCallback`.
    }
    return deliveries === 1;
  }

  /** What was verified, and how often it was delivered. The event_id is left out: it can hold an invoice's UUID. */
  list() {
    return this.sql.exec("SELECT kind, reference, status, amount, deliveries FROM events ORDER BY rowid").toArray();
  }
}
