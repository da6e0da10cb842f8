"""Errors keep what they know on every way through a program, and show none of what is not theirs to show."""

from __future__ import annotations

import concurrent.futures
import copy
import json
import multiprocessing
import pickle
from typing import Any, Callable

import payseal
import pytest
from payseal import Bitloga, GatewayError, InvalidInputError, MismatchError, PaysealError, SignatureError

BITLOGA = Bitloga("api-key", "api-secret")
SIGNED = BITLOGA.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
CALLBACK = BITLOGA.verify_callback(SIGNED.body, SIGNED.headers)
BODY = b'{"success":false,"error":"bad purse\\n\xd0\xb6","hidden":"the-payload"}'

CAUSES: dict[str, Callable[[], object]] = {
    "invalid_input": lambda: BITLOGA.create_code(amount=0, currency="USD"),
    "invalid_secret": lambda: Bitloga("api-key", ""),
    "body_not_raw": lambda: BITLOGA.verify_callback({}, ""),  # type: ignore[arg-type]
    "signature_missing": lambda: BITLOGA.verify_callback(SIGNED.body, None),
    "signature_malformed": lambda: BITLOGA.verify_callback(SIGNED.body, "ab"),
    "signature_mismatch": lambda: BITLOGA.verify_callback(SIGNED.body, "0" * 128),
    "signature_ambiguous": lambda: BITLOGA.verify_callback(SIGNED.body, {"X-SIGNATURE": ["0" * 128, "1" * 128]}),
    "rejected": lambda: BITLOGA.balances().parse(200, BODY),
    "http_status": lambda: BITLOGA.balances().parse(503, b"\xff\x00 busy"),
    "malformed_body": lambda: BITLOGA.create_code(amount=1, currency="USD").parse(200, '{"code":[]}'),
    "mismatch": lambda: CALLBACK.expect(amount=2, purse="Z1"),
}

KNOWN = ("code", "field", "status", "retryable", "reason", "body", "differences", "message")


def error_of(code: str) -> PaysealError:
    with pytest.raises(PaysealError) as caught:
        CAUSES[code]()
    assert caught.value.code == code
    return caught.value


def fail(code: str) -> None:
    """Fails, in another process."""
    CAUSES[code]()


def assert_same(again: Any, error: PaysealError) -> None:
    assert type(again) is type(error)
    for name in KNOWN:
        assert getattr(again, name, None) == getattr(error, name, None), name
    assert (str(again), repr(again), again.args) == (str(error), repr(error), error.args)


each_code = pytest.mark.parametrize("code", CAUSES)


@each_code
def test_made_again_from_args(code: str) -> None:
    error = error_of(code)
    assert_same(type(error)(*error.args), error)


@each_code
def test_made_again_from_args_that_went_through_json(code: str) -> None:
    error = error_of(code)
    arguments = json.loads(json.dumps(error.args, default=lambda body: body.decode("utf-8", "replace")))
    again = type(error)(*arguments)
    if code != "http_status":  # Whose body here is not text.
        assert_same(again, error)
    assert (again.code, again.status, again.retryable) == (code, error.status, error.retryable)


@each_code
def test_pickled_and_copied(code: str) -> None:
    error = error_of(code)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert_same(pickle.loads(pickle.dumps(error, protocol)), error)
    assert_same(copy.copy(error), error)
    assert_same(copy.deepcopy(error), error)


def test_raised_in_another_process() -> None:
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        for code in CAUSES:
            with pytest.raises(PaysealError) as caught:
                pool.submit(fail, code).result()
            assert_same(caught.value, error_of(code))


@each_code
def test_texts_hold_the_message_only(code: str) -> None:
    error = error_of(code)
    assert repr(error) == f"{type(error).__name__}({error.message!r})"
    for text in (str(error), repr(error), repr(error.args), repr(vars(error)), f"{error.args}"):
        assert "the-payload" not in text
        assert "busy" not in text


def test_made_by_hand() -> None:
    """Tests of shops raise them."""
    assert SignatureError("no").code == "signature_mismatch"
    assert (str(SignatureError()), SignatureError().args) == ("", ("",))
    made = GatewayError("busy", code="rejected", retryable=True, status=200, body="text")
    assert (made.code, made.retryable, made.status, made.body, made.reason) == ("rejected", True, 200, b"text", None)
    assert_same(pickle.loads(pickle.dumps(made)), made)
    assert InvalidInputError("wrong", field="amount").field == "amount"
    assert MismatchError("differs", differences=[["to", "WMZ", None]]).differences == (("to", "WMZ", None),)
    with pytest.raises(TypeError):
        PaysealError("x", cod="y")  # type: ignore[call-arg]


class ShopError(payseal.SignatureError):
    def __init__(self, shop: str, message: str) -> None:
        super().__init__(message, "signature_missing")
        self.shop = shop


def test_subclasses_have_an_init_of_their_own() -> None:
    error = ShopError("first", "no")
    assert (error.shop, error.code, str(error)) == ("first", "signature_missing", "no")
