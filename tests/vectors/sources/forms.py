"""The shapes the vectors are made of, and the one place where they are signed.

Signatures come from Python's `hmac`, never from payseal. Nothing here writes a body: bodies are literals in the
sources, and are signed as they stand.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Union

Json = Union[None, bool, int, str, Sequence["Json"], Mapping[str, "Json"]]
Vector = dict[str, Json]


@dataclass(frozen=True)
class Pieces:
    """A long body: texts and how often each is repeated."""

    pieces: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Parsed:
    """A body handed over as a parsed value instead of bytes, and the text it was parsed from."""

    value: Json
    text: str


Body = Union[str, bytes, Pieces, Parsed]


def pieces(*parts: tuple[str, int]) -> Pieces:
    """A body that would be too long to write out."""
    return Pieces(parts)


def body_bytes(body: Body) -> bytes:
    """The bytes that travel."""
    if isinstance(body, bytes):
        return body
    if isinstance(body, Pieces):
        return b"".join(text.encode() * count for text, count in body.pieces)
    return (body.text if isinstance(body, Parsed) else body).encode()


def body_form(body: Body) -> Json:
    """The body as the vector files hold it."""
    if isinstance(body, bytes):
        return {"base64": base64.b64encode(body).decode()}
    if isinstance(body, Pieces):
        return {"pieces": [[text, count] for text, count in body.pieces]}
    if isinstance(body, Parsed):
        return {"parsed": body.value}
    return body


def read_body_form(form: Any) -> bytes:
    """The bytes that a body in a vector file stands for."""
    if isinstance(form, str):
        return form.encode()
    if "base64" in form:
        return base64.b64decode(form["base64"])
    return b"".join(text.encode() * count for text, count in form["pieces"])


def sign(secret: str, message: bytes) -> str:
    """Lower-case hex HMAC-SHA512."""
    return hmac.new(secret.encode(), message, hashlib.sha512).hexdigest()


def vector(**members: Any) -> Vector:
    """A vector without the members that are not given."""
    return {name: value for name, value in members.items() if value is not None}


def answer(name: str, method: str, body: Body, value: Json, status: int = 200) -> Vector:
    """An answer that parses to `value`."""
    return vector(name=name, method=method, status=status, body=body_form(body), value=value)


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    """`depth` lists inside each other, as text."""
    return opening * depth + closing * depth


def nested_list(depth: int) -> list[Json]:
    """The value of `nested(depth)`."""
    value: list[Json] = []
    for _ in range(depth - 1):
        value = [value]
    return value
