"""What is measured: callbacks of several sizes and shapes, signed by Python's own hmac."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, repeat
from typing import Callable

API_KEY = "api-key"
SECRET = "api-secret"

_DOCUMENTED_FIELDS = {
    "to": "WMZ",
    "amount": "1.00",
    "purse": "Z123456789012",
    "type": "Invoice",
    "status": "Payed",
    "invoiceid": "5",
    "uniqueid": "125",
}

_FULL_FIELDS = {
    "to": "USDTTRC20",
    "amount": "1234567.89",
    "purse": "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
    "type": "Invoice",
    "status": "Payed",
    "dtag": "1809438",
    "name": "Анна-Мария Ὀδυσσεύς",
    "surname": "Łukasiewicz-Straßenbahn 山田 太郎",
    "invoiceid": "1048576",
    "uniqueid": "01JD0Q3V8Z4K5M6N7P8Q9R0S1T-order-2026-11-20",
}

_UNQUOTED = {"amount", "invoiceid"}
"""The fields that the gateway writes as numbers."""


@dataclass(frozen=True)
class Workload:
    """A callback, its signature, and what its documented fields must read as."""

    body: str
    fields: dict[str, str] = field(default_factory=lambda: _DOCUMENTED_FIELDS)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.body.encode())

    def to_plan(self) -> dict[str, object]:
        """What the programs that measure are told."""
        signature = hmac.digest(SECRET.encode(), self.body.encode(), hashlib.sha512).hex()
        return {"body": self.body, "signature": signature, "fields": self.fields}


def _callback(fields: dict[str, str], more: str = "") -> str:
    """The compact JSON of a callback, with more members after the documented ones."""
    members = ",".join(
        f'"{name}":{value if name in _UNQUOTED else json.dumps(value, ensure_ascii=False)}'
        for name, value in fields.items()
    )
    return "{" + members + ("," if more else "") + more + "}"


def _sized(size: int, before: str, parts: Iterator[str], after: str) -> Workload:
    """The documented callback and as many `parts`, joined by commas, as fit into `size` bytes; at least one."""
    left = size - len(_callback(_DOCUMENTED_FIELDS, before + after))
    fitting: list[str] = []
    for part in parts:
        left -= len(part) + 1
        if fitting and left < -1:
            break
        fitting.append(part)
    return Workload(_callback(_DOCUMENTED_FIELDS, before + ",".join(fitting) + after))


def _filled(size: int, before: str, filling: str, after: str) -> Workload:
    """The documented callback and one member in which `filling` is repeated until it has `size` bytes."""
    left = size - len(_callback(_DOCUMENTED_FIELDS, before + after))
    return Workload(_callback(_DOCUMENTED_FIELDS, before + filling * max(1, left // len(filling.encode())) + after))


def ordinary(size: int) -> Workload:
    """A callback that has grown the way JSON grows: by a list of records. The smallest is the documented one."""
    if size <= len(_callback(_DOCUMENTED_FIELDS)):
        return Workload(_callback(_DOCUMENTED_FIELDS))
    records = (
        f'{{"id":{number},"title":"Item number {number}","price":{number % 97}.50,"count":{number % 7},"active":true}}'
        for number in count(1)
    )
    return _sized(size, '"items":[', records, "]")


SHAPES: dict[str, Callable[[int], Workload]] = {
    "one long text": lambda size: _filled(size, '"note":"', "Lorem ipsum dolor sit amet. ", '"'),
    "non-ASCII text": lambda size: _filled(size, '"note":"', "\u00e9", '"'),
    "escapes everywhere": lambda size: _filled(size, '"note":"', "\\n", '"'),
    "\\u escapes everywhere": lambda size: _filled(size, '"note":"', "\\ud83d\\ude00", '"'),
    "one long number": lambda size: _filled(size, '"note":', "7", ""),
    "long numbers": lambda size: _sized(size, '"note":[', repeat("-1234567890.12345678901234567890e-10"), "]"),
    "white space": lambda size: _filled(size, '"note":', " \n", "0"),
    "deep nesting": lambda size: _sized(size, '"note":[', repeat("[" * 62 + "]" * 62), "]"),
    "empty lists": lambda size: _sized(size, '"note":[', repeat("[]"), "]"),
    "single digits": lambda size: _sized(size, '"note":[', repeat("0"), "]"),
    "many keys": lambda size: _sized(size, '"note":{', (f'"{number:x}":0' for number in count()), "}"),
    "many long keys": lambda size: _sized(size, '"note":{', (f'"{"k" * 100}{number}":0' for number in count()), "}"),
    "escaped keys": lambda size: _sized(size, '"note":{', (f'"\\u006b{number:x}":0' for number in count()), "}"),
    "unknown fields": lambda size: _sized(size, "", (f'"unknown{number}":"text"' for number in count()), ""),
    "small objects": lambda size: _sized(size, '"note":[', repeat('{"a":0}'), "]"),
}
"""Callbacks that somebody shaped to cost more than ordinary ones of their size."""

DOCUMENTED = "documented"
FULL = "full"
SMALL = "1 KiB"
LARGE = "64 KiB"

NAMED = {
    DOCUMENTED: Workload(_callback(_DOCUMENTED_FIELDS)),
    FULL: Workload(_callback(_FULL_FIELDS), _FULL_FIELDS),
    SMALL: ordinary(1024),
    LARGE: ordinary(64 * 1024),
}
"""The callbacks every contender gets."""

SIZES = [115, 320, 1024, 3_200, 10_240, 32_768, 102_400, 327_680, 1024 * 1024]
"""Sizes in bytes over which the cost has to grow linearly."""

HOSTILE_SIZE = 1024 * 1024


def of_size(size: int) -> str:
    """The name of an ordinary callback of about that size."""
    return f"ordinary, {size} bytes"


def of_shape(shape: str) -> str:
    """The name of a callback of a hostile shape."""
    return f"hostile: {shape}"


ALL = {
    **NAMED,
    **{of_size(size): ordinary(size) for size in SIZES},
    **{of_shape(shape): make(HOSTILE_SIZE) for shape, make in SHAPES.items()},
}
"""Every callback by its name."""
