"""A ledger in PostgreSQL: the event and its credit are one transaction."""

from __future__ import annotations

from decimal import Decimal

import psycopg
from payseal import Callback

from .unknown_order import UnknownOrder

# NUMERIC is exact and keeps the digits: 1.00 stays 1.00.
TABLES = """
CREATE TABLE IF NOT EXISTS orders (uniqueid TEXT PRIMARY KEY, amount NUMERIC NOT NULL);
CREATE TABLE IF NOT EXISTS events (event_id TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS credits (uniqueid TEXT NOT NULL, amount NUMERIC NOT NULL);
"""


class PostgresqlLedger:
    """Connects anew for every transaction; a busy shop would take connections from a `psycopg_pool`."""

    def __init__(self, url: str) -> None:
        self._url = url
        with self._transaction() as transaction:
            # Two processes that create the same table at once can fail in spite of IF NOT EXISTS: one after the other.
            transaction.execute("SELECT pg_advisory_xact_lock(hashtext('payseal tables'))")
            transaction.execute(TABLES)

    def place(self, uniqueid: str, amount: Decimal) -> None:
        with self._transaction() as transaction:
            transaction.execute("INSERT INTO orders VALUES (%s, %s)", (uniqueid, amount))

    def due(self, uniqueid: str) -> Decimal:
        with self._transaction() as transaction:
            row = transaction.execute("SELECT amount FROM orders WHERE uniqueid = %s", (uniqueid,)).fetchone()
        if row is None:
            raise UnknownOrder
        return Decimal(row[0])

    def credit(self, callback: Callback) -> None:
        with self._transaction() as transaction:
            # The primary key decides which of several deliveries is the first: the others wait here for its
            # transaction to end. If crediting fails, the event is forgotten with it and a later delivery tries again.
            noted = transaction.execute("INSERT INTO events VALUES (%s) ON CONFLICT DO NOTHING", (callback.event_id,))
            if noted.rowcount == 1:
                transaction.execute("INSERT INTO credits VALUES (%s, %s)", (callback.uniqueid, callback.amount))

    def paid(self) -> dict[str, str]:
        with self._transaction() as transaction:
            rows = transaction.execute("SELECT uniqueid, sum(amount) FROM credits GROUP BY uniqueid").fetchall()
        return {uniqueid: str(amount) for uniqueid, amount in rows}

    def _transaction(self) -> psycopg.Connection:
        """A connection that commits at the end of its `with` block, or rolls back on an error, and closes."""
        return psycopg.connect(self._url)
