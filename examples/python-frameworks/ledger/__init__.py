"""What is owed and what was paid; every event is credited once, however often its callback is delivered.

Asking first whether an event is known and noting it afterwards is not enough: two deliveries at the same moment would
both be told that it is new. So each store has one atomic step that only one delivery can win.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from payseal import Callback

from .unknown_order import UnknownOrder

__all__ = ["Ledger", "UnknownOrder", "open_ledger"]


class Ledger(Protocol):
    """What a shop needs of its ledger. Safe to use from any number of threads and processes."""

    def place(self, uniqueid: str, amount: Decimal) -> None:
        """Notes an order and what it costs."""
        ...

    def due(self, uniqueid: str) -> Decimal:
        """What an order costs; raises `UnknownOrder` for one that nobody placed."""
        ...

    def credit(self, callback: Callback) -> None:
        """Credits the payment, unless its event was credited before."""
        ...

    def paid(self) -> dict[str, str]:
        """What was paid, by order."""
        ...


def open_ledger(url: str) -> Ledger:
    """Opens `sqlite:///shop.db`, `postgresql://…`, or `redis://…` for the events beside `shop.db` for the rest."""
    kind, _, rest = url.partition("://")
    if kind == "sqlite":
        from .sqlite import SqliteLedger

        return SqliteLedger(rest[1:])  # As SQLAlchemy has it: three slashes for a relative path, four for an absolute.
    if kind in ("postgresql", "postgres"):
        from .postgresql import PostgresqlLedger

        return PostgresqlLedger(url)
    if kind in ("redis", "rediss"):
        from .redis_events import RedisLedger

        return RedisLedger(url, "shop.db")
    raise ValueError("PAYSEAL_EVENTS must start with sqlite:///, postgresql:// or redis://")
