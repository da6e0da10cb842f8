"""A payout that happens exactly once: run it again after a crash, and it goes on."""

import sqlite3

from payseal import Bitloga, driver, transport

bitloga = Bitloga("sandbox-key", "sandbox-secret", base_url="http://127.0.0.1:8787/api/v1/")
shop = sqlite3.connect("payouts.sqlite", isolation_level=None)
shop.execute("PRAGMA synchronous = EXTRA")  # what is saved survives a loss of power
shop.execute("CREATE TABLE IF NOT EXISTS payouts (uniqueid TEXT PRIMARY KEY, revision INT, text TEXT)")
SAVE = """INSERT INTO payouts VALUES ('135', ?1, ?2) ON CONFLICT DO UPDATE SET revision = ?1, text = ?2
    WHERE revision = ?1 - 1"""


def store(text: str, revision: int) -> None:
    if shop.execute(SAVE, (revision, text)).rowcount != 1:
        raise RuntimeError("another worker has it")


saved = shop.execute("SELECT text FROM payouts").fetchone()
if saved:
    payout = bitloga.resume_payout(saved[0])
else:
    payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z123456789012")
outcome = driver.run(payout, transport.httpx_sender(), store)
print(outcome and outcome.verdict)  # paid
