"""No secret is found in what any public object shows of itself, nor in the frames of an error."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Callable

import payseal
import pytest
from payseal import ApiForCrypto, Bitloga, PaysealError, driver, transport
from payseal._record import OpenEnum, Record, restore
from vectors import GATEWAYS, body_of, call_of, client_of

API_KEY = "the-api-key-5f4d"
API_SECRET = "the-api-secret-cc3b"
WALLET = "the-wallet-id-5aa7"
NOTIFICATION_SECRET = "the-notification-secret-65d6"
SECRET_KEY = "the-secret-key-1d83"
CODE = "the-code-27de"
PASSWORD = "the-password-b882"
URL_PASSWORD = "the-url-password-cf99"
SECRETS = (API_KEY, API_SECRET, WALLET, NOTIFICATION_SECRET, SECRET_KEY, CODE, PASSWORD, URL_PASSWORD)

BITLOGA = Bitloga(API_KEY, [API_SECRET], base_url=f"https://user:{URL_PASSWORD}@bitloga.example/api/")
CRYPTO = ApiForCrypto(
    WALLET, NOTIFICATION_SECRET, base_url=f"https://user:{URL_PASSWORD}@crypto.example/", invoice_url="https://h/{uuid}"
)
FIELDS: Any = {"to": "WMZ", "amount": "1.00", "invoiceid": 5, "uniqueid": "125"}
SIGNED = BITLOGA.sign_callback(**FIELDS)
NOTIFICATION = CRYPTO.test_notification(
    id=WALLET, blockchain="tron", symbol="USDT", address="T1", value=1, secret_key=SECRET_KEY
)
SIGNATURE = SIGNED.headers["X-SIGNATURE"]
PAYOUT: Any = {"uniqueid": "135", "currency": "USD", "paysys": "WMZ", "amount": "10.00", "purse": "Z1"}
CRYPTO_INVOICE: Any = {"blockchain": "tron", "symbol": "USDT", "value": 1, "expiry": 20, "confirmations": 1}
NOW = 1_700_000_000
NOTIFIED = {"id": WALLET, "blockchain": "tron", "symbol": "USDT", "address": "T1", "value": 1, "status": "PAID"}
INVOICE: Any = json.dumps({**NOTIFIED, "secret_key": SECRET_KEY}).encode()


def page() -> Any:
    listed = {
        "code": CODE,
        "amount": 1,
        "currency": "USD",
        "status": "Active",
        "pass": PASSWORD,
        "new": {"k": PASSWORD},
    }
    return BITLOGA.list_codes().parse(200, json.dumps({"success": True, "data": [listed]}))


def created() -> Any:
    return BITLOGA.create_code(amount=1, currency="USD").parse(200, json.dumps({"code": CODE, "success": True}))


def notification() -> Any:
    return CRYPTO.verify_notification(INVOICE, SECRET_KEY)


def answers() -> Iterator[Any]:
    """An answer of every method, with everything in it."""
    for gateway, file in GATEWAYS.items():
        for vector in file["answers"]:
            call = call_of(gateway, vector["method"], client_of(gateway, vector))
            yield call.parse(vector["status"], body_of(vector["body"]))


def parts(value: Any) -> Iterator[Any]:
    """A result and the results within it."""
    yield value
    for name in getattr(value, "__match_args__", ()):
        inner = getattr(value, name)
        for item in inner if isinstance(inner, tuple) else (inner,):
            if isinstance(item, (Record, OpenEnum)):
                yield from parts(item)


def objects() -> list[Any]:
    """An object of every public type, made with secrets wherever a secret can be."""
    made = [BITLOGA, CRYPTO, BITLOGA.balances(), CRYPTO.wallet(), BITLOGA.code_pages(code=CODE), SIGNED]
    made += [BITLOGA.create_code(amount=1, currency="USD", password=PASSWORD), BITLOGA.apply_code(code=CODE)]
    made += [CRYPTO.create_invoice(**CRYPTO_INVOICE, secret_key=SECRET_KEY), BITLOGA.payout(**PAYOUT)]
    made += [BITLOGA.diagnose(SIGNED.body + b" ", SIGNATURE), BITLOGA.verify_callback(SIGNED.body, SIGNATURE)]
    made += [BITLOGA.details("1").parse(200, '{"type":"Refund","status":"Frozen","uniqueid":"1","success":true}')]
    made += [NOTIFICATION, BITLOGA.sign_callback_body(SIGNED.body), BITLOGA.sign_callback(**FIELDS, extra={"a": CODE})]
    made += [page(), created(), notification(), *answers(), *machines()]
    made += [error_of(failing) for failing in FAILING.values()]
    return [part for value in made for part in parts(value)]


def machines() -> Iterator[Any]:
    """A payout and watches from begin to end, with all they give; the identifier of a crypto invoice is a secret."""
    paid = {"to": "WMZ", "amount_to": 10, "purse": "Z1", "status": "Complete", "uniqueid": "135", "success": True}
    yield from machine(BITLOGA.payout(**PAYOUT), paid)
    yield from machine(BITLOGA.watch_invoice("125"), {"status": "Payed", "uniqueid": "125", "type": "Invoice"})
    yield from machine(CRYPTO.watch_invoice(WALLET), {**NOTIFIED, "secret_key": SECRET_KEY})


def machine(made: Any, answer: dict[str, Any]) -> Iterator[Any]:
    step, now = made.next(NOW), float(NOW)
    yield from (made, step, step.request, made.progress())
    made.on_no_response(step, NOW)
    while not isinstance(step, payseal.Done):
        step = made.next(now)
        yield step
        if isinstance(step, payseal.Wait):
            now = step.until
        elif isinstance(step, payseal.Send):
            made.on_response(step, 200, json.dumps(answer), now)
            yield made.progress()


FAILING: dict[str, Callable[[], object]] = {
    "create_code": lambda: BITLOGA.create_code(amount=0, currency="USD", password=PASSWORD),
    "create_code, misspelt": lambda: BITLOGA.create_code(
        amount=1,
        currency="USD",
        password=PASSWORD,
        pasword=PASSWORD,  # type: ignore[call-arg]
    ),
    "apply_code": lambda: BITLOGA.apply_code(code=CODE + "\0", password=PASSWORD),
    "list_codes": lambda: BITLOGA.list_codes(code=CODE, limit=1000),
    "code_pages": lambda: BITLOGA.code_pages(code=CODE, limit=1000),
    "create_invoice": lambda: CRYPTO.create_invoice(**{**CRYPTO_INVOICE, "expiry": 1}, secret_key=SECRET_KEY),
    "construct": lambda: Bitloga(API_KEY, [API_SECRET, API_SECRET + " "]),
    "construct, misspelt": lambda: Bitloga(API_KEY, API_SECRET, secret=API_SECRET),  # type: ignore[call-arg]
    "construct, address": lambda: Bitloga(API_KEY, API_SECRET, base_url=f"https://user:{URL_PASSWORD}@h/?"),
    "construct, wallet": lambda: ApiForCrypto(WALLET, NOTIFICATION_SECRET + "\n"),
    "construct, subclass": lambda: Shop(API_SECRET),
    "verify_callback": lambda: BITLOGA.verify_callback(SIGNED.body + b" ", SIGNATURE),
    "invoice": lambda: CRYPTO.invoice(WALLET + "\0"),
    "test_notification": lambda: CRYPTO.test_notification(
        id=WALLET, blockchain="tron", symbol="USDT", address="T1", value=0, secret_key=SECRET_KEY
    ),
    "sign_callback": lambda: BITLOGA.sign_callback(to="WMZ", amount=1, invoiceid=5, uniqueid="1", extra={"a": 0.5}),
    "verify_notification": lambda: CRYPTO.verify_notification(json.dumps({"secret_key": SECRET_KEY}), "another"),
    "expect": lambda: BITLOGA.verify_callback(SIGNED.body, SIGNATURE).expect(amount=2),
    "rejected": lambda: BITLOGA.apply_code(code=CODE).parse(
        200, json.dumps({"success": False, "error": "no", "x": CODE})
    ),
    "http_status": lambda: BITLOGA.apply_code(code=CODE).parse(500, CODE),
    "malformed": lambda: BITLOGA.create_code(amount=1, currency="USD").parse(200, json.dumps({"code": [CODE]})),
    "no page": lambda: next(iter_twice()),
    "transport": lambda: transport.call(lambda _: (500, CODE.encode()), BITLOGA.apply_code(code=CODE)),
    "sender": lambda: transport.call(transport.urllib_sender(timeout=1), unreachable().apply_code(code=CODE)),
    "pickle": lambda: pickled_otherwise(),
    "resume": lambda: CRYPTO.resume_watch(json.dumps({"version": 1, "invoice": WALLET})),
    "driver, store": lambda: driver.run(watch(), lambda _: (200, INVOICE), failing),
    "driver, progress": lambda: driver.run(watch(), lambda _: (200, INVOICE), ignore, on_progress=failing),
    "driver, not_known": lambda: driver.run(watch(), lambda _: (200, INVOICE), ignore, not_known=failing),
    "driver, sender": lambda: driver.run(watch(), lambda _: (200, INVOICE, INVOICE), ignore),  # type: ignore[call-overload]
    "driver, awaited": lambda: asyncio.run(driver.run_async(watch(), awaited, failing)),
    "driver, awaited, not_known": lambda: asyncio.run(driver.run_async(watch(), awaited, ignore, not_known=failing)),
}


def watch() -> payseal.Watch:
    return CRYPTO.watch_invoice(WALLET)


def ignore(*_: object) -> None:
    """Stores nothing."""


def failing(*_: object) -> Any:
    raise ValueError("of the test")


async def awaited(_: object, /) -> Any:
    return 200, INVOICE


class Shop(Bitloga):
    def __init__(self, secret: str) -> None:
        super().__init__("a b", secret)


def iter_twice() -> Any:
    pages = BITLOGA.code_pages(code=CODE)
    next(pages)
    return pages


def unreachable() -> Bitloga:
    return Bitloga(API_KEY, API_SECRET, base_url="http://127.0.0.1:1/")


def pickled_otherwise() -> object:
    _, (cls, version, fields) = created().__reduce__()
    return restore(cls, version + 1, fields)


def error_of(failing: Callable[[], object]) -> BaseException:
    with pytest.raises((PaysealError, TypeError, ValueError, RuntimeError, OSError, AttributeError)) as caught:
        failing()
    return caught.value


OBJECTS = objects()
CLASSES = [getattr(payseal, name) for name in payseal.__all__ if isinstance(getattr(payseal, name), type)]


def test_every_public_type_is_looked_at() -> None:
    seen = {cls for value in OBJECTS for cls in type(value).__mro__}
    assert [cls.__name__ for cls in CLASSES if cls not in seen] == []


def shown(value: Any) -> Iterator[str]:
    """What an object shows of itself, to people and to tools that look into it."""
    yield from (repr(value), str(value), f"{value}", repr([value]), repr(getattr(value, "__dict__", None)))
    if isinstance(value, BaseException):
        yield repr(value.args)


@pytest.mark.parametrize("value", OBJECTS, ids=lambda value: type(value).__name__)
def test_objects_show_no_secret(value: Any) -> None:
    for text in shown(value):
        assert_discreet(text, SIGNATURE)


@pytest.mark.parametrize("value", OBJECTS, ids=lambda value: type(value).__name__)
def test_data_holds_no_key_of_the_client(value: Any) -> None:
    """Codes and identifiers are in it: programs need them."""
    if hasattr(value, "to_dict"):
        for text in (repr(value.to_dict()), repr(vars(type(value)))):
            for secret in (API_KEY, API_SECRET, NOTIFICATION_SECRET, SECRET_KEY, SIGNATURE):
                assert secret not in text


PACKAGE = str(Path(payseal.__file__).parent)


def frames(error: BaseException | None) -> Iterator[FrameType]:
    """The frames of the package that an error and what led to it still refer to."""
    while error is not None:
        traceback = error.__traceback__
        while traceback is not None:
            if traceback.tb_frame.f_code.co_filename.startswith(PACKAGE):
                yield traceback.tb_frame
            traceback = traceback.tb_next
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("name", FAILING)
def test_frames_hold_no_secret(name: str) -> None:
    error = error_of(FAILING[name])
    for frame in frames(error):
        for local, value in frame.f_locals.items():
            for text in (repr(value), repr(getattr(value, "args", None))):
                assert_discreet(f"{frame.f_code.co_name}: {local} = {text}", SIGNATURE)


def test_there_are_frames_to_look_at() -> None:
    names = {frame.f_code.co_name for failing in FAILING.values() for frame in frames(error_of(failing))}
    assert {"create_code", "apply_code", "create_invoice", "send", "restore", "expect"} <= names
    assert {"run", "advance", "_report", "run_async", "advance_async"} <= names


def assert_discreet(text: str, *more: str) -> None:
    for secret in (*SECRETS, *more):
        assert secret not in text
