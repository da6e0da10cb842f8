"""A ledger in SQLite: the event and its credit are one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from decimal import Decimal

from payseal import Callback

from .unknown_order import UnknownOrder

# Amounts are TEXT: SQLite would turn a NUMERIC into a binary float.
TABLES = (
    "CREATE TABLE IF NOT EXISTS orders (uniqueid TEXT PRIMARY KEY, amount TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS events (event_id TEXT PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS credits (uniqueid TEXT NOT NULL, amount TEXT NOT NULL)",
)


class SqliteLedger:
    """Opens the file anew for every transaction, so that threads share nothing."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._transaction() as transaction:
            for table in TABLES:
                transaction.execute(table)

    def place(self, uniqueid: str, amount: Decimal) -> None:
        with self._transaction() as transaction:
            transaction.execute("INSERT INTO orders VALUES (?, ?)", (uniqueid, str(amount)))

    def due(self, uniqueid: str) -> Decimal:
        with self._transaction() as transaction:
            row = transaction.execute("SELECT amount FROM orders WHERE uniqueid = ?", (uniqueid,)).fetchone()
        if row is None:
            raise UnknownOrder
        return Decimal(row[0])

    def credit(self, callback: Callback) -> None:
        with self._transaction() as transaction:
            # The primary key decides which of several deliveries is the first: the others wait here for its
            # transaction to end. If crediting fails, the event is forgotten with it and a later delivery tries again.
            noted = transaction.execute("INSERT INTO events VALUES (?) ON CONFLICT DO NOTHING", (callback.event_id,))
            if noted.rowcount == 1:
                self._add_credit(transaction, callback)

    def paid(self) -> dict[str, str]:
        sums: dict[str, Decimal] = {}
        with self._transaction() as transaction:
            for uniqueid, amount in transaction.execute("SELECT uniqueid, amount FROM credits"):
                sums[uniqueid] = sums.get(uniqueid, Decimal(0)) + Decimal(amount)
        return {uniqueid: str(amount) for uniqueid, amount in sums.items()}

    def _add_credit(self, transaction: sqlite3.Connection, callback: Callback) -> None:
        transaction.execute("INSERT INTO credits VALUES (?, ?)", (callback.uniqueid, str(callback.amount)))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Commits at the end, rolls back on an error, and waits up to 30 seconds for other writers."""
        with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
            yield connection
