"""Clients, calls and signed callbacks as Python objects: subclassed, copied, referred to weakly, printed, typed."""

from __future__ import annotations

import copy
import gc
import pickle
import sys
import typing
import weakref
from decimal import Decimal
from typing import Any

import payseal
import pytest
from payseal import ApiForCrypto, Bitloga, InvalidInputError, _native, driver, transport

BITLOGA = Bitloga("api-key", "api-secret")
GATEWAY = ApiForCrypto("wallet-id")


class Shop(Bitloga):
    """Takes other arguments than its base."""

    def __init__(self, settings: dict[str, str], *, name: str) -> None:
        super().__init__(settings["key"], settings["secret"], base_url="https://sandbox.example/api/")
        self.name = name


class CryptoShop(ApiForCrypto):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("wallet-id", notification_secret="a secret of its own")


class Forgetful(Bitloga):
    def __init__(self, name: str) -> None:
        self.name = name


def test_subclasses_have_an_init_of_their_own() -> None:
    shop = Shop({"key": "api-key", "secret": "api-secret"}, name="first")
    signed = shop.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    assert (shop.name, shop.verify_callback(signed.body, signed.headers).uniqueid) == ("first", "125")
    assert shop.balances().url == "https://sandbox.example/api/"
    assert CryptoShop("second").wallet().method == "GET"
    assert isinstance(shop, Bitloga)


def test_a_subclass_that_forgets_its_base_is_told() -> None:
    shop = Forgetful("third")
    calls: list[Any] = [
        lambda: shop.balances(),
        lambda: shop.verify_callback(b"{}", ""),
        lambda: shop.resume_payout("{}"),
        lambda: next(shop.code_pages()),
    ]
    for call in calls:
        with pytest.raises(RuntimeError, match=r"call super\(\).__init__\("):
            call()
    assert "Bitloga" in repr(shop)


def test_a_client_is_made_once() -> None:
    client = Bitloga("api-key", "api-secret")
    with pytest.raises(RuntimeError, match="made already"):
        client.__init__("api-key", "another-secret")  # type: ignore[misc]
    signed = BITLOGA.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
    assert client.verify_callback(signed.body, signed.headers).uniqueid == "125"


class Toys(_native.SignedClient):
    _gateway = "Toys"


def test_the_gateway_of_the_tests_is_not_in_the_package() -> None:
    with pytest.raises(RuntimeError, match="of another version"):
        Toys()._open(("secret", None, None))


OBJECTS = [
    BITLOGA,
    GATEWAY,
    BITLOGA.balances(),
    GATEWAY.wallet(),
    BITLOGA.sign_callback(to="WMZ", amount=1, invoiceid=5, uniqueid="125"),
]
each_object = pytest.mark.parametrize("original", OBJECTS, ids=lambda original: type(original).__name__)


@each_object
def test_a_copy_is_the_object_itself(original: Any) -> None:
    assert copy.copy(original) is original
    assert copy.deepcopy({"settings": [original]})["settings"][0] is original


@each_object
def test_objects_with_keys_are_not_pickled(original: Any) -> None:
    with pytest.raises(TypeError, match="key"):
        pickle.dumps(original)


def test_weak_references() -> None:
    made: list[Any] = [
        Bitloga("api-key", "api-secret"),
        ApiForCrypto("wallet-id"),
        BITLOGA.balances(),
        BITLOGA.code_pages(),
        BITLOGA.sign_callback(to="WMZ", amount=1, invoiceid=5, uniqueid="125"),
        BITLOGA.balances().parse(200, b'{"USD":1,"success":true}'),
        BITLOGA.create_code(amount=1, currency="USD").parse(200, b'{"code":"c","success":true}'),
    ]
    references = [weakref.ref(each) for each in made]
    assert [reference() for reference in references] == made
    made.clear()
    gc.collect()
    assert [reference() for reference in references] == [None] * len(references)


@pytest.mark.parametrize(
    ("base_url", "shown"),
    [
        ("https://user:hunter2@sandbox.example/api/", "https://sandbox.example/api/"),
        ("https://hunter2@sandbox.example/api/", "https://sandbox.example/api/"),
        ("http://user:hun@ter2@127.0.0.1:8787/", "http://127.0.0.1:8787/"),
        ("https://sandbox.example/a@b/", "https://sandbox.example/a@b/"),
    ],
)
def test_a_password_in_base_url_is_not_printed(base_url: str, shown: str) -> None:
    assert repr(Bitloga("api-key", "api-secret", base_url=base_url)) == f"<Bitloga {shown}>"
    assert repr(ApiForCrypto("wallet-id", base_url=base_url)) == f"<ApiForCrypto {shown}>"
    assert Bitloga("api-key", "api-secret", base_url=base_url).balances().url == base_url


@pytest.mark.parametrize(
    "base_url", ["https://sandbox.example/?x=", "https://sandbox.example/#", "http://h/?a/", "http://h#/"]
)
def test_a_base_url_with_a_query_or_a_fragment_is_refused(base_url: str) -> None:
    makers: list[Any] = [
        lambda: Bitloga("api-key", "api-secret", base_url=base_url),
        lambda: ApiForCrypto("wallet-id", base_url=base_url),
    ]
    for make in makers:
        with pytest.raises(InvalidInputError, match="must not have a query or a fragment") as caught:
            make()
        assert caught.value.field == "base_url"


def test_the_version() -> None:
    from importlib.metadata import version

    assert payseal.__version__ == version("payseal")


def public_functions() -> dict[str, Any]:
    """Every public function and method written in Python."""
    found: dict[str, Any] = {}
    for owner in [*(getattr(payseal, name) for name in payseal.__all__), driver, transport]:
        for name, member in members_of(owner).items():
            function = getattr(member, "fget", None) or member
            if not name.startswith("_") and hasattr(function, "__code__"):
                found[f"{owner.__name__}.{name}"] = function
    return found


def members_of(owner: Any) -> dict[str, Any]:
    """What a module defines, or a class of the package with its bases."""
    if not isinstance(owner, type):
        members = getattr(owner, "__dict__", {})
        return {name: member for name, member in members.items() if getattr(member, "__module__", "") == owner.__name__}
    bases = [base for base in owner.__mro__ if base.__module__.partition(".")[0] == "payseal"]
    return {name: member for base in bases for name, member in vars(base).items()}


FUNCTIONS = public_functions() if sys.version_info >= (3, 10) else {}


def test_there_are_functions_to_look_at() -> None:
    if FUNCTIONS:
        assert {"Bitloga.create_invoice", "Callback.expect", "Callback.to_dict", "payseal.transport.call"} <= set(
            FUNCTIONS
        )
        assert {"payseal.driver.run", "payseal.driver.advance_async", "Outcome.is_paid"} <= set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_type_hints_can_be_asked_for(name: str) -> None:
    """Python 3.9 cannot: to it `str | None` is not a type."""
    hints = typing.get_type_hints(FUNCTIONS[name])
    assert "return" in hints
    assert not any(isinstance(hint, (str, typing.ForwardRef)) for hint in hints.values())


CLASSES = [getattr(payseal, name) for name in payseal.__all__ if isinstance(getattr(payseal, name), type)]


@pytest.mark.skipif(sys.version_info < (3, 10), reason="`str | None` is not a type to Python 3.9")
@pytest.mark.parametrize("cls", CLASSES)
def test_type_hints_of_classes_can_be_asked_for(cls: type) -> None:
    typing.get_type_hints(cls)


@pytest.mark.skipif(sys.version_info < (3, 10), reason="`str | None` is not a type to Python 3.9")
def test_type_hints_are_the_types() -> None:
    hints = typing.get_type_hints(Bitloga.create_code)
    assert hints["amount"] == typing.Union[Decimal, int, str]
    assert typing.get_args(hints["return"]) == (payseal.CreatedCode,)
