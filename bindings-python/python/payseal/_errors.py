"""The exceptions. The native module raises them with what the core knows of the error."""

from __future__ import annotations


class PaysealError(Exception):
    """The base of all errors of this package.

    ``str(error)`` names the mistake and the cure, and never a secret, a signature or a payload.
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

    @property
    def message(self) -> str:
        """The mistake and the cure."""
        return str(self)


class InvalidInputError(PaysealError, ValueError):
    """Your input is at fault: ``invalid_input``, ``invalid_secret`` or ``body_not_raw``."""

    __module__ = "payseal"
    code = "invalid_input"


class SignatureError(PaysealError):
    """``signature_missing``, ``signature_malformed``, ``signature_mismatch`` or ``signature_ambiguous``."""

    __module__ = "payseal"
    code = "signature_mismatch"


class GatewayError(PaysealError):
    """The gateway refused (``rejected``), or failed (``http_status``)."""

    __module__ = "payseal"
    code = "http_status"
    reason: str | None = None
    """The gateway's own words, where some were found."""
    body: bytes = b""
    """The body as received, for programs; never printed."""


class MalformedError(PaysealError):
    """The body cannot be read as what it should be: ``malformed_body``."""

    __module__ = "payseal"
    code = "malformed_body"


class MismatchError(PaysealError):
    """A genuine callback about something else than was expected: ``mismatch``."""

    __module__ = "payseal"
    code = "mismatch"
    differences: tuple[tuple[str, str, str | None], ...] = ()
    """Every field that differs, with what was expected and what came."""
