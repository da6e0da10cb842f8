"""The one thing a ledger complains about."""

from __future__ import annotations


class UnknownOrder(LookupError):
    """Nobody placed this order here."""

    code = "unknown_order"
