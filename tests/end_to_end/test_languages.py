"""The same call gives the same bytes and the same signature, or the same error, in Rust, JavaScript and Python."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from languages import Call, in_node, in_python, in_rust

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
SEED = 20260207
RANDOM_CALLS = 2000

CHARACTERS = "aZ09 -_/\\\"'{}[]:,%&?#\u0000\u0001\n\r\t\u007f\u0080äßЖ中\u2028\ufeff\ufffd😀"
AMOUNTS = [
    "1",
    "1.00",
    "0.1",
    "10.10",
    "1e3",
    "5.0E-7",
    "0",
    "-1",
    "00",
    "1.",
    ".5",
    "1,5",
    "",
    " 1",
    "9" * 64,
    "9" * 65,
]
WHOLE = [0, 1, 15, 40, 41, 100, 101, -1, 2**53 - 1]


def vectors(gateway: str) -> list[dict[str, Any]]:
    file = json.loads((VECTORS / f"{gateway}.json").read_text(encoding="utf-8"))
    return [{"gateway": gateway, "client": file["client"], **call} for call in file["calls"]]


@pytest.mark.parametrize("make", [in_rust, in_node, in_python])
def test_the_calls_of_the_vectors(make: Any) -> None:
    calls = vectors("bitloga") + vectors("apiforcrypto")
    expected = [{"body": None, **call["request"]} for call in calls]
    for name, made, wanted in zip((call["name"] for call in calls), make(calls), expected):
        assert made == wanted, name


def test_random_calls() -> None:
    calls = random_calls(random.Random(SEED))
    in_all = list(zip(calls, in_rust(calls), in_node(calls), in_python(calls)))
    for call, rust, node, python in in_all:
        assert rust == node == python, call
    made = sum("body" in rust for _, rust, _, _ in in_all)
    assert RANDOM_CALLS // 10 < made < RANDOM_CALLS, "too few calls are good, or none is bad: the test tests little"


def random_calls(source: random.Random) -> list[Call]:
    """Calls made up from those of the vectors, good and bad."""
    patterns = vectors("bitloga") + vectors("apiforcrypto")
    return [varied(source, source.choice(patterns), patterns) for _ in range(RANDOM_CALLS)]


def varied(source: random.Random, call: Call, patterns: list[Call]) -> Call:
    """The call with parameters of another one to the same method, and some of them changed.

    What every call of a method has is never left out: in Rust and Python a required parameter cannot be.
    """
    same = [other for other in patterns if all(other[name] == call[name] for name in ("gateway", "client", "method"))]
    mixed = {**call["input"], **source.choice(same)["input"]}
    kept = {name: value for name, value in mixed.items() if is_required(name, same) or source.random() < 0.8}
    changed = {name: variant(source, value) for name, value in kept.items()}
    return {**{name: call[name] for name in ("gateway", "client", "method")}, "input": changed}


def is_required(name: str, calls: list[Call]) -> bool:
    """Whether every one of the calls has the parameter."""
    return all(name in call["input"] for call in calls)


def variant(source: random.Random, value: Any) -> Any:
    """The value, or another one of its type."""
    if source.random() < 0.7:
        return value
    if isinstance(value, dict):
        return {name: variant(source, member) for name, member in value.items()}
    if isinstance(value, int):
        return source.choice(WHOLE)
    if source.random() < 0.4:
        return source.choice(AMOUNTS)
    return "".join(source.choices(CHARACTERS, k=source.randrange(12)))
