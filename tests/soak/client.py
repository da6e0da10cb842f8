"""A client of the soak test: ``client.py SANDBOX DATABASE PREFIX COUNT WORKERS``.

It runs the payouts ``PREFIX-0`` to ``PREFIX-COUNT``, each to its verdict, and goes on with those that
an earlier process has left. It may be killed at any time.
"""

from __future__ import annotations

import http.client
import sqlite3
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from payseal import Bitloga, Payout, Request, driver

# The table is the same in all three languages.
TABLE = "CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)"
FIND = "SELECT text FROM payouts WHERE uniqueid = ?"
SAVE = """INSERT INTO payouts VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET revision = ?2, text = ?3
    WHERE revision = ?2 - 1"""

# The limits of a real payout, a hundred and fifty times faster.
POLICY = {"settle_time": 4.0, "first_pause": 0.015, "longest_pause": 0.4, "give_up_time": 20.0}


class Shop:
    """A client of the gateway, and a database."""

    def __init__(self, sandbox: str, database: str) -> None:
        self.bitloga = Bitloga("sandbox-key", "sandbox-secret", base_url=f"{sandbox}/api/v1/")
        self.host = urlsplit(sandbox).netloc
        self.database = sqlite3.connect(database, timeout=30, isolation_level=None, check_same_thread=False)
        # Only processes are killed, never the machine: what the system has is safe.
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.execute(TABLE)
        self.lock = threading.Lock()

    def pay_out(self, uniqueid: str, number: int) -> None:
        """Runs a payout to its verdict."""

        def store(text: str, revision: int) -> None:
            with self.lock:
                changed = self.database.execute(SAVE, (uniqueid, revision, text)).rowcount
            if changed != 1:
                raise RuntimeError("another worker has it")

        driver.run(self.find(uniqueid) or self.begin(uniqueid, number), self.send, store)

    def find(self, uniqueid: str) -> Payout | None:
        with self.lock:
            row = self.database.execute(FIND, (uniqueid,)).fetchone()
        return self.bitloga.resume_payout(row[0]) if row else None

    def begin(self, uniqueid: str, number: int) -> Payout:
        amount, sends = f"1.{number % 100:02}", 2 - number % 2
        return self.bitloga.payout(
            uniqueid=uniqueid,
            currency="USD",
            paysys="WMZ",
            amount=amount,
            purse="Z123456789012",
            policy={**POLICY, "sends": sends},
        )

    def send(self, request: Request) -> tuple[int, bytes]:
        """Sends a request over a connection of its own."""
        connection = http.client.HTTPConnection(self.host, timeout=1)
        try:
            connection.request(request.method, urlsplit(request.url).path, request.body, request.headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


def main() -> None:
    sandbox, database, prefix, count, workers = sys.argv[1:]
    shop = Shop(sandbox, database)
    with ThreadPoolExecutor(int(workers)) as pool:
        for done in [pool.submit(shop.pay_out, f"{prefix}-{number}", number) for number in range(int(count))]:
            done.result()


if __name__ == "__main__":
    main()
