"""What the commands ask of the library."""

from __future__ import annotations

from typing import Any, Callable

import payseal

from .arguments import Arguments
from .failure import wrong_use
from .fields import read_fields
from .files import read_file
from .headers import read_headers
from .text import decoded


def bitloga(secret: bytes, api_key: str | None = None) -> payseal.Bitloga:
    """A client of Bitloga. The key proves nothing about callbacks, so that one may be left out."""
    return payseal.Bitloga("not-given" if api_key is None else api_key, secret)


def _api_for_crypto(secret: bytes) -> payseal.ApiForCrypto:
    return payseal.ApiForCrypto("not-given", secret)


def source_of(given: Arguments) -> str | list[tuple[str, str]]:
    """The signature that a command was given, or the headers it is in."""
    signature, headers = given.value("signature"), given.value("headers")
    if signature is not None and headers is not None:
        raise wrong_use("give --headers or --signature, not both")
    if signature is not None:
        return signature
    if headers is not None:
        return read_headers(decoded(read_file("--headers", headers)))
    raise wrong_use("the signature is missing: give --headers FILE or --signature TEXT")


def verifier_of(given: Arguments) -> Callable[[bytes, bytes], payseal.Callback | payseal.Notification]:
    """How a gateway's messages are verified, with a secret and a body."""
    if given.gateway == "bitloga":
        source = source_of(given)
        return lambda secret, body: bitloga(secret).verify_callback(body, source)
    if "headers" in given or "signature" in given:
        raise wrong_use("notifications of apiforcrypto are not signed: leave --headers and --signature out")
    return lambda secret, body: _api_for_crypto(secret).verify_notification(body)


def maker_of(given: Arguments) -> Callable[[bytes], payseal.SignedCallback | payseal.TestNotification]:
    """How a message of the fields that were given is made, with a secret."""
    fields = read_fields(given)
    if given.gateway == "bitloga":
        return lambda secret: bitloga(secret).sign_callback(**fields)
    return lambda secret: _api_for_crypto(secret).test_notification(**fields)


def fields_of(verified: payseal.Callback | payseal.Notification) -> dict[str, Any]:
    """The fields of a verified message, as every language prints them."""
    fields = verified.to_dict(text_amounts=True)
    extra = {"extra": fields.pop("extra")} if "extra" in fields else {}
    is_final = verified.status.is_final if isinstance(verified, payseal.Callback) else verified.is_final
    added = {"is_paid": verified.status.is_paid, "is_final": is_final, "event_id": verified.event_id}
    index = {"secret_index": verified.secret_index} if isinstance(verified, payseal.Callback) else {}
    return {**fields, **extra, **added, **index}
