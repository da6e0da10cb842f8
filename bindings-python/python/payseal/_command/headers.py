"""Headers as people have them: copied from a log, printed by curl, or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .failure import Failure, wrong_use

# A line of a log, with what `curl --verbose` puts before it. `POST / HTTP/1.1` is none.
_LINE = re.compile(r"(?:[<>] )?[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*")


def read_headers(text: str) -> list[tuple[str, str]]:
    """The headers in a text. A body after an empty line, as ``curl --include`` prints it, is not read."""
    headers = _of_json(text) if re.match(r"\s*[\[{]", text) else _of_lines(text)
    if headers:
        return headers
    raise wrong_use('the file of --headers has no header: neither lines such as "Name: value" nor JSON')


def _of_lines(text: str) -> list[tuple[str, str]]:
    headers: list[tuple[str, str]] = []
    for line in re.split(r"\r?\n", text):
        if headers and re.fullmatch(r"[<>]?[ \t]*", line):
            break
        found = _LINE.fullmatch(line)
        if found:
            headers.append((found[1], found[2]))
    return headers


def _of_json(text: str) -> list[tuple[str, str]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise wrong_use("the file of --headers is not JSON, although it begins like it") from None
    return list(_headers_in(value))


def _headers_in(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        yield from _in_list(value)
        return
    inner = [one for name, one in value.items() if name in ("headers", "multiValueHeaders") and _is_object(one)]
    if inner:
        # An event of AWS Lambda has its headers in one member or both.
        yield from _headers_in(inner[-1])
        return
    for name, one in value.items():
        for each in one if isinstance(one, list) else [one]:
            yield name, _value_of(each)


def _in_list(items: list[Any]) -> Iterator[tuple[str, str]]:
    """Pairs; objects with a name and a value; or names and values in turn, as Node's ``rawHeaders``."""
    if len(items) % 2 == 0 and all(isinstance(one, str) for one in items):
        yield from zip(items[::2], items[1::2])
        return
    for entry in items:
        pair = entry
        if not isinstance(entry, list):
            members = entry if isinstance(entry, dict) else {}
            pair = [members.get("name", members.get("key")), entry]
        if len(pair) != 2 or not isinstance(pair[0], str):
            raise _not_headers()
        yield pair[0], _value_of(pair[1])


def _value_of(given: Any) -> str:
    value = given.get("value") if isinstance(given, dict) else given
    if not isinstance(value, str):
        raise _not_headers()
    return value


def _is_object(value: Any) -> bool:
    return isinstance(value, (dict, list))


def _not_headers() -> Failure:
    return wrong_use("the JSON of --headers is an object of names and texts, or a list of pairs")
