"""What payouts, watches and diagnoses are made of."""

from __future__ import annotations

from ._native import defined_once
from ._record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Generic, Literal, TypeVar

    from ._native import Request
    from ._results import TransactionStatus

    End = TypeVar("End", covariant=True)
else:
    End = None

    class Generic:
        """What ``Done[Outcome]`` needs when the package runs: ``typing`` takes a millisecond to import."""

        __slots__ = ()

        def __class_getitem__(cls, _: object) -> type:
            return cls


@defined_once
class Send(Record):
    """Send the request, and report what came of it."""

    __slots__ = {"request": "What to send, unchanged."}
    __match_args__ = ("request",)
    _required_fields = ("request",)

    if TYPE_CHECKING:
        request: Request


@defined_once
class Wait(Record):
    """Nothing before this time."""

    __slots__ = {"until": "The time, as ``time.time()`` gives it."}
    __match_args__ = ("until",)
    _required_fields = ("until",)

    if TYPE_CHECKING:
        until: float


@defined_once
class Done(Record, Generic[End]):
    """It has ended."""

    __slots__ = {"outcome": "How it ended."}
    __match_args__ = ("outcome",)
    _required_fields = ("outcome",)

    if TYPE_CHECKING:
        outcome: End


@defined_once
class Outcome(Record):
    """How a payout ended.

    ============  ==================  =======================  ==============================
    verdict       has money moved     can it still move        is a new ``uniqueid`` safe
    ============  ==================  =======================  ==============================
    ``paid``      yes                 no                       no
    ``failed``    no                  no                       yes
    ``rejected``  no                  no                       yes
    ``conflict``  perhaps             perhaps                  no
    ``unknown``   perhaps             perhaps                  no
    ============  ==================  =======================  ==============================
    """

    __slots__ = {
        "verdict": "``paid``; ``failed``: the gateway ended it without paying; ``rejected``: the gateway refused it "
        "and does not know it; ``conflict``: the ``uniqueid`` belongs to a transaction that differs; ``unknown``: "
        "ask the gateway before you pay again.",
        "status": "Transaction status, where the gateway has said one.",
        "orderid": "The gateway's transaction identifier, as in the user panel.",
        "transid": "The gateway's unique identifier of the transaction.",
        "reason": "Why the gateway refused, in its own words; for ``unknown``, the last words it had.",
        "differences": "For ``conflict``: name, expected and actual value of every field that differs.",
    }
    __match_args__ = ("verdict", "status", "orderid", "transid", "reason", "differences")
    _required_fields = ("verdict",)
    _list_fields = ("differences",)

    if TYPE_CHECKING:
        verdict: Literal["paid", "failed", "rejected", "conflict", "unknown"]
        status: TransactionStatus | None
        orderid: str | None
        transid: str | None
        reason: str | None
        differences: tuple[tuple[str, str, str | None], ...]

    @property
    def is_paid(self) -> bool:
        """Whether the money was paid out, once, as asked for."""
        return self.verdict == "paid"


@defined_once
class WatchOutcome(Record):
    """How waiting for an invoice ended."""

    __slots__ = {
        "verdict": "``paid``; ``closed``: not paid, and no longer payable; ``unknown``: the time to give up came first.",
        "status": "The last status the gateway has said, in its own letters.",
    }
    __match_args__ = ("verdict", "status")
    _required_fields = ("verdict",)

    if TYPE_CHECKING:
        verdict: Literal["paid", "closed", "unknown"]
        status: str | None

    @property
    def is_paid(self) -> bool:
        """Whether the invoice is paid."""
        return self.verdict == "paid"


@defined_once
class Progress(Record):
    """Where a payout or a watch is at, for an operator's page. Nothing in it is a verdict."""

    __slots__ = {
        "stage": "``ready``, ``withdrawing``, ``waiting``, ``asking`` or ``done``.",
        "acknowledged": "Whether the gateway has said that it knows the transaction.",
        "sends": "How often ``withdraw`` was handed out.",
        "questions": "How often the gateway was asked.",
        "denials": "How often it said that it does not know the transaction, counting only what counts.",
        "refusal": "Why the gateway refused ``withdraw``, in its own words; ``None`` where it did not.",
        "transaction_status": "The transaction's status, where the gateway has said one.",
        "last_status": "The HTTP status of the last answer.",
        "last_reason": "What the gateway gave as a reason in the last answer.",
        "last_answer_at": "When the last answer came.",
        "since": "When the first request was handed out.",
        "next_look": "When it will ask again.",
    }
    _required_fields = ("stage", "acknowledged", "sends", "questions", "denials")

    if TYPE_CHECKING:
        stage: Literal["ready", "withdrawing", "waiting", "asking", "done"]
        acknowledged: bool
        sends: int
        questions: int
        denials: int
        refusal: str | None
        transaction_status: str | None
        last_status: int | None
        last_reason: str | None
        last_answer_at: float | None
        since: float | None
        next_look: float | None


@defined_once
class Diagnosis(Record):
    """Why a callback does not verify, and what to do about it."""

    __slots__ = {
        "cause": "The cause, as a stable text.",
        "message": "The cause and the cure, for a person.",
    }
    __match_args__ = ("cause", "message")
    _required_fields = ("cause", "message")

    if TYPE_CHECKING:
        cause: Literal[
            "valid",
            "signature_missing",
            "signature_ambiguous",
            "signature_wrapped",
            "signature_base64",
            "signature_truncated",
            "signature_in_another_header",
            "signature_of_another_kind",
            "signature_swapped",
            "other_gateway",
            "other_sender",
            "body_too_long",
            "body_empty",
            "body_compressed",
            "body_base64",
            "body_hex",
            "body_printed",
            "body_parsed",
            "body_reencoded",
            "body_form_encoded",
            "body_quoted",
            "line_breaks_changed",
            "body_rewritten",
            "body_wrapped",
            "body_truncated",
            "keys_swapped",
            "secret_differs",
            "secret_wrapped",
            "secret_encoded",
            "other",
        ]
        message: str
