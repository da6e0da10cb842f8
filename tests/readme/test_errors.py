"""docs/errors.md has every code of an error, each with its class in each language."""

from __future__ import annotations

import re
from pathlib import Path

import payseal
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
JAVASCRIPT = ROOT / "bindings-wasm" / "js"

ROW = re.compile(r"^\| \[`(\w+)`\]\(#(\w+)\) \| `(\w+)` \| [^|]+ \| (\d*) ?\| (.+) \|$", re.MULTILINE)
SECTION = re.compile(r"^## `(\w+)`\n(.+?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)

CLASSES = {code: name for code, _, name, _, _ in ROW.findall(PAGE)}
SECTIONS = dict(SECTION.findall(PAGE))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def of_core() -> dict[str, str]:
    """Every code with its class, as the core lists them (`payseal::binding::ERROR_CODES`)."""
    source = read(ROOT / "core" / "src" / "error.rs")
    names = dict(re.findall(r'Self::(\w+) => "(\w+Error)"', source))
    return {code: names[family] for code, family in re.findall(r'\("(\w+)", Family::(\w+)\)', source)}


def of_javascript() -> dict[str, str]:
    """The same as JavaScript has them, and its own codes, which are of the base class."""
    shared = re.findall(r'\["(\w+)", "(\w+)"\]', read(JAVASCRIPT / "generated" / "errors.ts"))
    own = re.search(r"type ErrorCode = CoreErrorCode((?: \| \"\w+\")+);", read(JAVASCRIPT / "errors.ts"))
    assert own
    return {**dict(shared), **dict.fromkeys(re.findall(r"\w+", own[1]), "PaysealError")}


def of_python() -> dict[str, str]:
    """The same as Python's classes say them."""
    classes = payseal.PaysealError.__subclasses__()
    return {code: each.__name__ for each in classes for code in re.findall(r"``([a-z_]+)``", each.__doc__ or "")}


def test_every_code_has_a_heading_and_a_row_in_the_order_of_the_core() -> None:
    codes = list(of_javascript())
    assert codes[: len(of_core())] == list(of_core())
    assert list(SECTIONS) == codes
    assert [(code, anchor) for code, anchor, *_ in ROW.findall(PAGE)] == [(code, code) for code in codes]


def test_every_code_is_of_the_class_that_the_page_says() -> None:
    assert of_javascript() == CLASSES
    of_several = {code: name for code, name in CLASSES.items() if name != "PaysealError"}
    assert of_several == of_core() == of_python()
    assert {code: text.split("`")[1] for code, text in SECTIONS.items()} == CLASSES


def test_every_code_has_its_variant_of_rust() -> None:
    rows = re.findall(r"^\| \[`(\w+)`\]\(\S+\) \| `(Error::\w+)`", read(ROOT / "docs/reference/index.md"), re.MULTILINE)
    assert [code for code, _ in rows] == list(of_core())
    assert [code for code, variant in rows if not re.search(rf"`{variant}\b", SECTIONS[code])] == []


@pytest.mark.parametrize("part", ["**Cause**", "**Cure**", "**An endpoint**", "**Retrying**"])
def test_every_code_has_its_parts(part: str) -> None:
    assert [code for code, text in SECTIONS.items() if text.count(f"- {part}") != 1] == []


def test_what_an_endpoint_answers_is_the_rule_of_the_recipes() -> None:
    assert "Answer 401 to every `SignatureError`, and 400 to every other error" in read(ROOT / "docs/recipes/index.md")
    answers = {"SignatureError": "401", "GatewayError": ""}
    assert [code for code, _, name, answer, _ in ROW.findall(PAGE) if answer != answers.get(name, "400")] == []


def retryable() -> set[tuple[str, int]]:
    """The codes and statuses of answers after which a request may be sent again. One that moves money never may."""
    bitloga = payseal.Bitloga("sandbox-key", "sandbox-secret")
    moving = bitloga.withdraw(uniqueid="1", currency="USD", paysys="WMZ", amount=1, purse="Z1")
    found = set()
    for call in (bitloga.balances(), moving):
        for status in range(200, 600):
            for body in (b"", b'{"success":false,"error":"no"}'):
                with pytest.raises(payseal.PaysealError) as raised:
                    call.parse(status, body)
                if raised.value.retryable:
                    assert call is not moving
                    found.add((raised.value.code, status))
    return found


def test_retrying_helps_where_the_page_says() -> None:
    helps = {code for code, *_, retry in ROW.findall(PAGE) if retry != "no"}
    again = retryable()
    assert {code for code, _ in again} == helps
    named = {int(each) for each in re.findall(r"With (\d+), (\d+), (\d+) and 5xx", SECTIONS["http_status"])[0]}
    assert {status for _, status in again} == named | set(range(500, 600))
