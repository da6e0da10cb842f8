"""Stores for payouts and watches, to copy: durable, and only one worker can go on from a text.

A text is accepted if there is none, or if the one that is there is of the revision before.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Callable

TABLE = "CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision BIGINT NOT NULL, text TEXT NOT NULL)"


class AnotherWorker(Exception):
    """Another worker has saved a later revision: leave the payout to it."""


class SqliteStore:
    """Payouts in a file."""

    def __init__(self, path: str) -> None:
        self.database = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        # What is saved survives a loss of power: FULL can lose the last write where the journal is a file.
        self.database.execute("PRAGMA synchronous = EXTRA")
        self.database.execute(TABLE)

    def text(self, uniqueid: str) -> str | None:
        """What was saved last, for ``resume_payout``."""
        row = self.database.execute("SELECT text FROM payouts WHERE uniqueid = ?", (uniqueid,)).fetchone()
        return row[0] if row else None

    def of(self, uniqueid: str) -> Callable[[str, int], None]:
        """The ``store`` of a driver."""

        def store(text: str, revision: int) -> None:
            changed = self.database.execute(
                """INSERT INTO payouts VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET revision = ?2, text = ?3
                WHERE revision = ?2 - 1""",
                (uniqueid, revision, text),
            )
            if changed.rowcount != 1:
                raise AnotherWorker(uniqueid)

        return store


# region postgres
class PostgresStore:
    """Payouts in PostgreSQL, by a connection of psycopg.

    It is in autocommit mode, and ``synchronous_commit`` is on, as it is by default: an answer of the database means that
    the text is on its disk.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        connection.autocommit = True
        connection.execute(TABLE)

    def text(self, uniqueid: str) -> str | None:
        """What was saved last, for ``resume_payout``."""
        row = self.connection.execute("SELECT text FROM payouts WHERE uniqueid = %s", (uniqueid,)).fetchone()
        return row[0] if row else None

    def of(self, uniqueid: str) -> Callable[[str, int], None]:
        """The ``store`` of a driver."""

        def store(text: str, revision: int) -> None:
            values = {"uniqueid": uniqueid, "revision": revision, "text": text}
            changed = self.connection.execute(
                """INSERT INTO payouts VALUES (%(uniqueid)s, %(revision)s, %(text)s) ON CONFLICT (uniqueid)
                DO UPDATE SET revision = excluded.revision, text = excluded.text
                WHERE payouts.revision = excluded.revision - 1""",
                values,
            )
            if changed.rowcount != 1:
                raise AnotherWorker(uniqueid)

        return store
        # endregion postgres
