"""Events in Redis, all else in SQLite: for shops whose database cannot have a unique key.

Prefer a ledger that keeps both in one transaction, if you can. Redis cannot take part in a transaction of another
database: a process that dies between noting the event and crediting it leaves the note, and nobody can tell
whether the money was credited. Such an event is never credited again by itself: its deliveries fail until somebody
has compared the ledger with the gateway's `details`. An expiring note would settle it sooner, and credit some twice.
"""

from __future__ import annotations

import time

import redis
from payseal import Callback

from .sqlite import SqliteLedger


class RedisLedger(SqliteLedger):
    """Notes events without an expiry, since a callback's signature never expires: an old one verifies for ever.

    For the same reason Redis has to keep what it was told: run it with `appendonly yes`, `appendfsync always` and
    `maxmemory-policy noeviction`.
    """

    def __init__(self, url: str, path: str, patience: float = 5.0) -> None:
        super().__init__(path)
        self._redis = redis.Redis.from_url(url, decode_responses=True)
        self._patience = patience

    def credit(self, callback: Callback) -> None:
        key = f"payseal:event:{callback.event_id}"
        if not self._redis.set(key, "crediting", nx=True):
            self._wait_until_credited(key)
            return
        try:
            with self._transaction() as transaction:
                self._add_credit(transaction, callback)
        except Exception:
            # Rolled back, so that a later delivery may try again.
            self._redis.delete(key)
            raise
        self._redis.set(key, "credited")

    def _wait_until_credited(self, key: str) -> None:
        """Waits for the delivery that came first: to answer 200 before it has succeeded could lose the payment."""
        give_up = time.monotonic() + self._patience
        while self._redis.get(key) != "credited":
            if time.monotonic() > give_up:
                raise TimeoutError("another delivery of this event has not finished; the gateway will deliver again")
            time.sleep(0.05)
