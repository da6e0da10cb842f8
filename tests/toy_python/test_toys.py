"""A gateway that the package does not know by name: everything is generated from its description."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import payseal
import pytest
from payseal import InvalidInputError, PaysealError, SignatureError, Toys

CASES: Any = json.loads(
    (Path(__file__).parents[2] / "core/tests/toy_gateway/cases.json").read_text(encoding="utf-8"),
)
SECRET: str = CASES["secret"]
ORDER: dict[str, Any] = CASES["calls"][0]["input"]
CALLBACK: Any = CASES["callback"]
HEADER: str = CALLBACK["header"]
BODY: bytes = CALLBACK["body"].encode()
TOYS = Toys(SECRET)

PYTHON_TYPES = {
    "must be text": r"must be (text|str, not \w+)",
    "must be an amount": r"must be Decimal, int or str, not \w+",
    "must be a whole number": r"must be int, not \w+",
    "must be true or false": r"must be bool, not \w+",
    "must be a list": r"must be a list or a tuple, not \w+",
    "must be an object": r"must be a mapping of its fields",
}
"""What an argument of a wrong type is told, by what the core would say."""


def by_name(case: Any) -> str:
    name: str = case["name"] if "name" in case else case["message"]
    return name


@pytest.mark.parametrize("case", CASES["calls"], ids=by_name)
def test_a_request_holds_every_kind_of_parameter(case: Any) -> None:
    call = getattr(TOYS, case["method"])(**case["input"])
    assert call.body == case["body"].encode()
    assert call.headers[HEADER] == case["signature"]
    assert (call.method, call.url) == ("POST", "https://toys.example/")


def test_arguments_are_typed() -> None:
    """What type checkers see is what runs: `mypy --strict` reads this file."""
    person: payseal.types.Person = {"name": "Ann", "child": True}
    toys: list[payseal.types.Toy] = [{"name": "train", "parts": ["rail"]}, {"name": "ball"}]
    call = TOYS.create_order(
        number="7",
        price=Decimal("12.50"),
        parcels=2,
        gift=True,
        signed_for=False,
        pin=ORDER["pin"],
        news_url="https://shop.example/news",
        colours=("red", "blue"),
        address={"street": "High Street 1", "person": person},
        toys=toys,
    )
    assert call.body == CASES["calls"][0]["body"].encode()
    receipt: payseal.Receipt = call.parse(200, CASES["answers"][0]["body"])
    assert receipt.state.is_paid


@pytest.mark.parametrize("case", CASES["refused"], ids=by_name)
def test_what_violates_a_rule_is_named_however_deep(case: Any) -> None:
    with pytest.raises(InvalidInputError) as caught:
        TOYS.create_order(**{**ORDER, **case["change"]})
    path, _, rule = case["message"].partition(": ")
    assert re.fullmatch(f"{re.escape(path)}: {PYTHON_TYPES.get(rule, re.escape(rule))}", str(caught.value))
    assert (caught.value.code, caught.value.field) == ("invalid_input", path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"address": {"stret": "a"}}, "address.stret: is unknown. Did you mean 'street'?"),
        ({"toys": [{"name": "train", "part": []}]}, "toys[0].part: is unknown. Did you mean 'parts'?"),
        ({"gift": None}, "gift: is required"),
        ({"gift": "yes"}, "gift: must be bool, not str"),
        ({"gift": 0}, "gift: must be bool, not int"),
        ({"colours": (colour for colour in "red")}, "colours: must be a list or a tuple, not generator"),
        ({"colours": {"red"}}, "colours: must be a list or a tuple, not set"),
        ({"colours": ["red", "\ud800"]}, "colours[1]: must not contain lone surrogates"),
        ({"price": 12.5}, 'price: must not be a float, which is not exact: give Decimal("1.25"), "1.25" or an int'),
    ],
)
def test_what_only_python_has_is_refused(change: Any, message: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        TOYS.create_order(**{**ORDER, **change})
    assert str(caught.value) == message


def list_of_itself() -> list[Any]:
    made: list[Any] = []
    made.append(made)
    return made


def mapping_of_itself() -> dict[str, Any]:
    made: dict[str, Any] = {"street": "a", "name": "a"}
    made.update(person=made, parts=made, toys=made)
    return made


def deep(levels: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(levels):
        made = [made]
    return made


@pytest.mark.parametrize("name", ["number", "price", "gift", "colours", "address", "toys"])
@pytest.mark.parametrize(
    "make", [list_of_itself, mapping_of_itself, lambda: [mapping_of_itself()], lambda: deep(30_000)]
)
def test_arguments_without_end_are_refused(name: str, make: Any) -> None:
    value = make()
    with pytest.raises(InvalidInputError) as caught:
        TOYS.create_order(**{**ORDER, name: value})
    assert str(caught.value.field).startswith(name)
    while isinstance(value, list) and value and value[0] is not value:
        value = value.pop()  # Python itself runs out of stack if it drops so many levels at once.


def plain(value: Any) -> Any:
    """A result as the cases have it: without what is absent."""
    if isinstance(value, payseal.OrderState):
        return str(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if not hasattr(value, "__match_args__"):
        return value
    fields = {name: getattr(value, name) for name in value.__match_args__ if name not in ("event_id", "secret_index")}
    return {
        name: dict(field) if name == "extra" else plain(field)
        for name, field in fields.items()
        if field is not None and (name != "extra" or field)
    }


@pytest.mark.parametrize("case", CASES["answers"], ids=by_name)
def test_an_answer_holds_every_kind_of_field(case: Any) -> None:
    answer = getattr(TOYS, case["method"])(**ORDER).parse(case["status"], case["body"])
    assert isinstance(answer, payseal.Receipt)
    assert plain(answer) == case["value"]
    assert pickle.loads(pickle.dumps(answer)) == answer


@pytest.mark.parametrize("case", CASES["bad_answers"], ids=by_name)
def test_success_and_reasons_are_where_the_gateway_says(case: Any) -> None:
    with pytest.raises(PaysealError) as caught:
        TOYS.create_order(**ORDER).parse(case["status"], case["body"])
    assert (caught.value.code, str(caught.value)) == (case["code"], case["message"])


@pytest.mark.parametrize("source", [CALLBACK["signature"], {HEADER.lower(): CALLBACK["signature"]}])
def test_a_callback_is_verified_by_its_signature(source: Any) -> None:
    news: payseal.News = Toys(["new-secret", SECRET]).verify_news(BODY, source)
    assert plain(news) == CALLBACK["value"]
    assert (news.event_id, news.secret_index) == (CALLBACK["event_id"], 1)


@pytest.mark.parametrize(
    ("body", "source", "code"),
    [
        (BODY + b" ", CALLBACK["signature"], "signature_mismatch"),
        (BODY, "", "signature_missing"),
        (BODY, {"X-SIGNATURE": CALLBACK["signature"]}, "signature_missing"),
        (BODY, "00", "signature_malformed"),
    ],
)
def test_a_callback_that_is_not_genuine_is_refused(body: bytes, source: Any, code: str) -> None:
    with pytest.raises(SignatureError) as caught:
        TOYS.verify_news(body, source)
    assert caught.value.code == code
    if code == "signature_missing":
        assert HEADER in str(caught.value)


def test_pages_follow_each_other() -> None:
    case = CASES["pages"]
    receipt = CASES["answers"][2]["body"]
    lengths, bodies = iter(case["answers"]), []
    for call in TOYS.receipt_pages(**case["filter"]):
        bodies.append(call.body.decode() if call.body else "")
        receipts = ",".join([receipt] * next(lengths))
        page: payseal.ReceiptPage = call.parse(200, f'{{"receipts":[{receipts}],"ok":true}}')
        assert all(each.id == "o1" for each in page.receipts)
    assert bodies == case["bodies"]


def test_secrets_are_not_shown() -> None:
    call = TOYS.create_order(**ORDER)
    answer = call.parse(200, CASES["answers"][0]["body"])
    for shown in (repr(TOYS), repr(call), repr(answer), str(answer)):
        assert not any(secret in shown for secret in (SECRET, ORDER["pin"]))
    assert (repr(TOYS), repr(call)) == ("<Toys https://toys.example/>", "<Call create_order>")
    with pytest.raises(InvalidInputError) as caught:
        TOYS.create_order(**{**ORDER, "gift": None})
    frame = caught.value.__traceback__
    while frame := frame and frame.tb_next:
        assert ORDER["pin"] not in str(frame.tb_frame.f_locals)


def test_a_client_is_made_as_its_settings_say() -> None:
    signature = inspect.signature(Toys)
    kinds = {name: (parameter.kind.name, parameter.default) for name, parameter in signature.parameters.items()}
    assert kinds == {
        "secret": ("POSITIONAL_OR_KEYWORD", inspect.Parameter.empty),
        "base_url": ("KEYWORD_ONLY", None),
        "max_body": ("KEYWORD_ONLY", None),
    }
    documentation = inspect.getdoc(Toys) or ""
    assert all(f"    {name}: " in documentation for name in kinds)
    wrong: dict[str, Any] = {"baseURL": "https://h/"}
    with pytest.raises(
        TypeError, match=r"^Toys\(\) got an unexpected keyword argument 'baseURL'. Did you mean 'base_url'\?$"
    ):
        Toys(SECRET, **wrong)
    with pytest.raises(InvalidInputError) as caught:
        Toys("")
    assert caught.value.code == "invalid_secret"
    with pytest.raises(payseal.MalformedError):
        Toys(SECRET, max_body=5).verify_news(BODY, CALLBACK["signature"])
    assert Toys(SECRET, base_url="https://h/").list_receipts().url == "https://h/"


def test_a_client_is_neither_copied_nor_pickled() -> None:
    assert copy.deepcopy(TOYS) is TOYS
    with pytest.raises(TypeError, match="Toys objects are not pickled"):
        pickle.dumps(TOYS)
