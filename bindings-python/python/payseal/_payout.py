"""What payouts and diagnoses are made of."""

from __future__ import annotations

from ._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from ._native import Request
    from ._results import TransactionStatus


class Send(Record):
    """Save the payout, send the request, and report what came of it."""

    __slots__ = {"request": "What to send."}
    __match_args__ = ("request",)
    request: Request


class Wait(Record):
    """Nothing before this time."""

    __slots__ = {"until": "The time, as ``time.time()`` gives it."}
    __match_args__ = ("until",)
    until: float


class Done(Record):
    """The payout is settled."""

    __slots__ = {"outcome": "How it ended."}
    __match_args__ = ("outcome",)
    outcome: Outcome


class Outcome(Record):
    """How a payout ended."""

    __slots__ = {
        "verdict": "``paid`` once; ``failed``; ``rejected`` and not known to the gateway; ``conflict``: the "
        "``uniqueid`` belongs to another transaction; ``unknown`` to the gateway, however often it is sent.",
        "status": "Transaction status, where the gateway knows the payout.",
        "orderid": "The gateway's transaction identifier, as in the user panel.",
        "transid": "The gateway's unique identifier of the transaction.",
        "reason": "Why the gateway refused, in its own words.",
    }
    __match_args__ = ("verdict", "status", "orderid", "transid", "reason")
    verdict: Literal["paid", "failed", "rejected", "conflict", "unknown"]
    status: TransactionStatus | None
    orderid: str | None
    transid: str | None
    reason: str | None

    @property
    def is_paid(self) -> bool:
        """Whether the money was paid out."""
        return self.verdict == "paid"


class Diagnosis(Record):
    """Why a callback does not verify, and what to do about it."""

    __slots__ = {
        "cause": "The cause, as a stable text.",
        "message": "The cause and the cure, for a person.",
    }
    __match_args__ = ("cause", "message")
    cause: Literal[
        "valid",
        "signature_missing",
        "signature_ambiguous",
        "signature_wrapped",
        "signature_of_another_kind",
        "body_too_long",
        "body_empty",
        "body_compressed",
        "body_base64",
        "body_printed",
        "line_breaks_changed",
        "body_rewritten",
        "body_wrapped",
        "keys_swapped",
        "other",
    ]
    message: str
