"""The vectors, read in place: see tests/vectors/README.md."""

from __future__ import annotations

import base64
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any, Union

import payseal
from payseal import ApiForCrypto, Bitloga

Json = dict[str, Any]
Client = Union[Bitloga, ApiForCrypto]

REPOSITORY = Path(os.environ.get("PAYSEAL_REPOSITORY") or Path(__file__).resolve().parents[2])
FOLDER = REPOSITORY / "tests" / "vectors"


def load(name: str) -> Any:
    """One of the files."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


GATEWAYS: dict[str, Json] = {"bitloga": load("bitloga"), "apiforcrypto": load("apiforcrypto")}
BAD_INPUTS: list[Json] = load("bad-inputs")


def client_of(gateway: str, vector: Json) -> Client:
    """The client a vector asks for: its own, or that of the file."""
    options = dict(vector.get("client") or GATEWAYS[gateway]["client"])
    if gateway == "apiforcrypto":
        return ApiForCrypto(**options)
    secret = vector.get("secrets") or options.pop("api_secret")
    options.pop("api_secret", None)
    return Bitloga(options.pop("api_key"), secret, **options)


def body_of(body: Any) -> Any:
    """The bytes of a body, or the value that was parsed already."""
    if isinstance(body, str):
        return body.encode()
    if "base64" in body:
        return base64.b64decode(body["base64"])
    if "pieces" in body:
        return b"".join(text.encode() * times for text, times in body["pieces"])
    return body["parsed"]


def source_of(signature: Any) -> Any:
    """A signature alone, or that many headers."""
    if isinstance(signature, list):
        return [("X-SIGNATURE", value) for value in signature]
    return signature


def arguments_of(given: Json) -> Json:
    """Keyword arguments by their names in Python."""
    return {"password" if name == "pass" else name: value for name, value in given.items()}


def call_of(gateway: str, method: str, client: Client) -> payseal.Call[Any]:
    """A call of a method, to read answers with."""
    vector = next(vector for vector in GATEWAYS[gateway]["calls"] if vector["method"] == method)
    client = client_of(gateway, vector) if "client" in vector else client
    return getattr(client, method)(**arguments_of(vector["input"]))  # type: ignore[no-any-return]


def comparable(value: Any) -> Any:
    """What came back, as the vectors write it: amounts and numbers as their exact digits."""
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, dict) or hasattr(value, "items"):
        return {key: comparable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [comparable(item) for item in value]
    return value


def digits(amount: Decimal) -> tuple[Any, ...]:
    """An amount by value and by number of digits."""
    return ("amount", *amount.as_tuple())


def expected(value: Any, like: Any) -> Any:
    """The value of a vector, its texts turned to amounts where an amount came back."""
    if isinstance(like, tuple) and like[:1] == ("amount",) and isinstance(value, str):
        return digits(Decimal(value))
    if isinstance(value, dict) and isinstance(like, dict):
        return {key: expected(item, like.get(key)) for key, item in value.items()}
    if isinstance(value, list) and isinstance(like, list) and len(value) == len(like):
        return [expected(item, other) for item, other in zip(value, like)]
    return value


def assert_same(result: Any, value: Any) -> None:
    """A result is what the vector says."""
    came = comparable(result.to_dict())
    wanted = expected(value, came)
    # What is absent and a list is an empty list in Python.
    came = {key: item for key, item in came.items() if item != [] or key in wanted}
    assert came == wanted
