"""The exceptions. The native module raises them with what the core knows of the error."""

from __future__ import annotations

from ._native import defined_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


FURTHER = ("field", "retryable", "status", "reason", "body", "differences")
"""What an error may have besides message and code, in the order of its arguments."""

NOTHING = (None,) * len(FURTHER)


@defined_once
class HiddenBytes(bytes):
    """Bytes for programs: whoever prints them sees how many they are."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"

    __str__ = __repr__


@defined_once
class PaysealError(Exception):
    """The base of all errors of this package.

    ``str(error)`` names the mistake and the cure, and never a secret, a signature or a payload.

    All that an error knows is in ``args``, so that it arrives unchanged where it is pickled, or
    made again from them as Celery's JSON backend does.
    """

    __module__ = "payseal"
    code: str = ""
    """The stable name of the cause, the same in every language."""
    field: str | None = None
    """The field at fault, by the gateway's name, nested as ``data.url_callback``."""
    status: int | None = None
    """The HTTP status, where the gateway refused or failed."""
    retryable: bool = False
    """Whether the same request may succeed later. For payouts use ``Bitloga.payout``, which never pays twice."""

    def __init__(
        self,
        message: str = "",
        code: str | None = None,
        field: str | None = None,
        retryable: bool | None = None,
        status: int | None = None,
        reason: str | None = None,
        body: bytes | str | None = None,
        differences: Iterable[Iterable[str | None]] | None = None,
    ) -> None:
        # What is not passed keeps the default of the class.
        if code is not None:
            self.code = code
        further = (field, retryable, status, reason, body, differences)
        if further == NOTHING:
            # Refused signatures are frequent: this is the short way.
            self.args = (message,) if code is None else (message, code)
            return
        if body is not None:
            body = HiddenBytes(body.encode() if isinstance(body, str) else body)
        if differences is not None:
            # What came through JSON has lists.
            differences = tuple([tuple(difference) for difference in differences])
        further = (field, retryable, status, reason, body, differences)
        for name, value in zip(FURTHER, further):
            if value is not None:
                setattr(self, name, value)
        known = max(place for place, value in enumerate(further) if value is not None)
        self.args = (message, code, *further[: known + 1])

    @property
    def message(self) -> str:
        """The mistake and the cure."""
        return str(self)

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


@defined_once
class InvalidInputError(PaysealError, ValueError):
    """Your input is at fault: ``invalid_input``, ``invalid_secret`` or ``body_not_raw``."""

    __module__ = "payseal"
    code = "invalid_input"


@defined_once
class SignatureError(PaysealError):
    """``signature_missing``, ``signature_malformed``, ``signature_mismatch`` or ``signature_ambiguous``."""

    __module__ = "payseal"
    code = "signature_mismatch"


@defined_once
class GatewayError(PaysealError):
    """The gateway refused (``rejected``), or failed (``http_status``)."""

    __module__ = "payseal"
    code = "http_status"
    reason: str | None = None
    """The gateway's own words, where some were found."""
    body: bytes = b""
    """The body as received, for programs; never printed."""


@defined_once
class MalformedError(PaysealError):
    """The body cannot be read as what it should be: ``malformed_body``."""

    __module__ = "payseal"
    code = "malformed_body"


@defined_once
class MismatchError(PaysealError):
    """A genuine callback about something else than was expected: ``mismatch``."""

    __module__ = "payseal"
    code = "mismatch"
    differences: tuple[tuple[str, str, str | None], ...] = ()
    """Every field that differs, with what was expected and what came."""
