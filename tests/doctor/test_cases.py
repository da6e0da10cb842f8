"""Runs every case of `cases.json` with the command of each language.

Cases write `<body>`, `<secret>`, `<signature>` (of what the case says is `signed`, or of the body), `<key of ORDER>`
(the secret key derived for an order), `<endpoint>`, `<nowhere>`, `<program>` and `<version>`. Signatures come from
Python's own `hmac`. Outputs are texts, or lists of lines. What is read may have another encoding than UTF-8.
"""

from __future__ import annotations

import hmac
import json
import re
import socket
from pathlib import Path
from typing import Any

import pytest
from commands import COMMANDS, PROGRAMS, ROOT, run
from conftest import Endpoint

DOCUMENT = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
SECRET, BODY, CASES = DOCUMENT["secret"], DOCUMENT["body"], DOCUMENT["cases"]
VERSION = json.loads((ROOT / "bindings-wasm" / "package.json").read_text(encoding="utf-8"))["version"]


def digest(content: bytes) -> str:
    return hmac.digest(SECRET.encode(), content, "sha512").hex()


def encoded(content: str | dict[str, str]) -> bytes:
    """What a case says of a file or a body: its text, or its text and its encoding."""
    return content.encode() if isinstance(content, str) else content["text"].encode(content["encoding"])


def filled_in(text: str, case: dict[str, Any], language: str, endpoint: Endpoint, nowhere: str) -> str:
    values = {
        "<body>": BODY,
        "<secret>": SECRET,
        "<signature>": digest(encoded(case.get("signed", BODY))),
        "<endpoint>": endpoint.url,
        "<nowhere>": nowhere,
        "<program>": PROGRAMS[language],
        "<version>": VERSION,
    }
    for mark, value in values.items():
        text = text.replace(mark, value)
    return re.sub(r"<key of ([^>]*)>", lambda order: digest(order[1].encode()), text)


@pytest.fixture(scope="session")
def nowhere() -> str:
    """An address at which nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


@pytest.mark.parametrize("language", COMMANDS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any], language: str, tmp_path: Path, endpoint: Endpoint, nowhere: str) -> None:
    def fill(text: str) -> str:
        return filled_in(text, case, language, endpoint, nowhere)

    def encode(content: str | dict[str, str]) -> bytes:
        return encoded(fill(content) if isinstance(content, str) else {**content, "text": fill(content["text"])})

    def output(expected: str | list[str]) -> str:
        return fill(expected if isinstance(expected, str) else "".join(f"{line}\n" for line in expected))

    for name, content in case.get("files", {}).items():
        (tmp_path / name).write_bytes(encode(content))
    arguments = [fill(argument) for argument in case["arguments"]]
    variables = {name: fill(value) for name, value in case.get("environment", {"PAYSEAL_SECRET": SECRET}).items()}
    endpoint.received = None

    printed = run(language, arguments, tmp_path, encode(case.get("stdin", "")), variables)

    assert printed.stderr == output(case.get("stderr", ""))
    assert printed.stdout == output(case.get("stdout", ""))
    assert printed.exit_code == case["exit"]
    for name, content in case.get("writes", {}).items():
        assert (tmp_path / name).read_text(encoding="utf-8") == fill(content)
    check_what_was_posted(endpoint, case, fill(case.get("posts", "")))
    # Neither a secret nor, in place of an answer, a payload is shown.
    assert SECRET not in printed.stdout + printed.stderr
    assert case["exit"] < 2 or '"amount"' not in printed.stdout + printed.stderr


def check_what_was_posted(endpoint: Endpoint, case: dict[str, Any], expected: str) -> None:
    if not expected:
        assert endpoint.received is None
        return
    assert endpoint.received is not None
    headers, body = endpoint.received
    assert body == expected.encode()
    assert headers["content-type"] == "application/json"
    assert headers.get("x-signature") == (digest(case["signed"].encode()) if "signed" in case else None)


def test_the_names_of_cases_differ() -> None:
    names = [case["name"] for case in CASES]
    assert sorted(names) == sorted(set(names))
