#!/usr/bin/env python3
"""Writes the vector files from `sources/`.

Without arguments it writes bitloga.json, apiforcrypto.json and bad-inputs.json. With `--check` it changes nothing and
fails if a file differs from what would be written, or if the `openssl` command, where it is installed, disagrees with a
signature.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sources import (
    apiforcrypto_answers,
    apiforcrypto_calls,
    apiforcrypto_notifications,
    bitloga_answers,
    bitloga_callbacks,
    bitloga_calls,
)
from sources.bad_answers import BAD_ANSWERS
from sources.bad_callbacks import BAD_CALLBACKS
from sources.bad_calls import BAD_CALLS
from sources.bad_notifications import BAD_NOTIFICATIONS
from sources.forms import Json, Vector, read_body_form

FOLDER = Path(__file__).resolve().parent

BITLOGA: dict[str, list[Vector]] = {
    "calls": bitloga_calls.CALLS,
    "answers": bitloga_answers.ANSWERS,
    "callbacks": bitloga_callbacks.CALLBACKS,
}
APIFORCRYPTO: dict[str, list[Vector]] = {
    "calls": apiforcrypto_calls.CALLS,
    "answers": apiforcrypto_answers.ANSWERS,
    "notifications": apiforcrypto_notifications.NOTIFICATIONS,
}
BAD_INPUTS: list[Vector] = BAD_CALLS + BAD_CALLBACKS + BAD_ANSWERS + BAD_NOTIFICATIONS

# Characters that editors hide or take for the end of a line: escaped in the files.
HIDDEN = "\x7f\x80\x9f\xa0\xad\u200d\u2028\u2029\ufe0f\ufeff\uffff"
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in HIDDEN}


def compact(value: Json) -> str:
    """A value on one line."""
    return json.dumps(value, ensure_ascii=False).translate(ESCAPES)


def vector_text(vector: Vector, indent: str) -> str:
    """A vector with one line for each of its members."""
    members = (f"{indent}  {compact(name)}: {compact(value)}" for name, value in vector.items())
    return indent + "{\n" + ",\n".join(members) + f"\n{indent}}}"


def list_text(vectors: Iterable[Vector], indent: str) -> str:
    """A list of vectors, whose names must differ."""
    listed = list(vectors)
    names = [vector["name"] for vector in listed]
    repeated = sorted({str(name) for name in names if names.count(name) > 1})
    if repeated:
        raise SystemExit(f"names given twice: {repeated}")
    return "[\n" + ",\n".join(vector_text(vector, indent + "  ") for vector in listed) + f"\n{indent}]"


def gateway_text(client: Json, lists: dict[str, list[Vector]]) -> str:
    """The file of one gateway."""
    members = [f'  "client": {compact(client)}']
    members += [f"  {compact(name)}: {list_text(vectors, '  ')}" for name, vectors in lists.items()]
    return "{\n" + ",\n".join(members) + "\n}\n"


def file_texts() -> dict[str, str]:
    """What each file has to hold."""
    return {
        "bitloga.json": gateway_text(bitloga_calls.CLIENT, BITLOGA),
        "apiforcrypto.json": gateway_text(apiforcrypto_calls.CLIENT, APIFORCRYPTO),
        "bad-inputs.json": list_text(BAD_INPUTS, "") + "\n",
    }


class Signed(NamedTuple):
    """A signature and what it was made of."""

    name: str
    secret: str
    message: bytes
    signature: str


def first(signature: Any) -> str:
    """The signature itself, where a vector holds it several times."""
    return str(signature[0] if isinstance(signature, list) else signature)


def signatures_on_disk() -> Iterator[Signed]:
    """The signatures of all calls and callbacks, and all derived secrets, as the files hold them."""
    bitloga: Any = json.loads((FOLDER / "bitloga.json").read_bytes())
    api_secret = bitloga["client"]["api_secret"]
    for call in bitloga["calls"]:
        request = call["request"]
        signature = dict(request["headers"])["X-SIGNATURE"]
        yield Signed(call["name"], api_secret, request["body"].encode(), signature)
    for callback in bitloga["callbacks"]:
        secret = callback.get("secrets", [api_secret])[callback["secret_index"]]
        yield Signed(callback["name"], secret, read_body_form(callback["body"]), first(callback["signature"]))

    apiforcrypto: Any = json.loads((FOLDER / "apiforcrypto.json").read_bytes())
    for call in apiforcrypto["calls"]:
        secret = call.get("client", {}).get("notification_secret")
        if secret is not None and "secret_key" not in call["input"]:
            order_id = call["input"]["data"]["order_id"]
            yield Signed(call["name"], secret, order_id.encode(), json.loads(call["request"]["body"])["secret_key"])


def openssl_signature(openssl: str, secret: str, message: bytes) -> str:
    """HMAC-SHA512 by the `openssl` command."""
    command = [openssl, "dgst", "-sha512", "-mac", "HMAC", "-macopt", f"hexkey:{secret.encode().hex()}", "-binary"]
    return subprocess.run(command, input=message, capture_output=True, check=True).stdout.hex()


def check_signatures() -> bool:
    """Whether OpenSSL agrees with the signatures on disk."""
    openssl = shutil.which("openssl")
    if openssl is None:
        print("openssl is not installed: signatures not cross-checked")
        return True
    signed = list(signatures_on_disk())
    wrong = [
        entry.name
        for entry in signed
        if openssl_signature(openssl, entry.secret, entry.message) != entry.signature.lower()
    ]
    for name in wrong:
        print(f"openssl disagrees: {name}")
    print(f"openssl agrees with {len(signed) - len(wrong)} of {len(signed)} signatures")
    return not wrong


def check_files(texts: dict[str, str]) -> bool:
    """Whether the files on disk are what would be written."""
    different = [
        name
        for name, text in texts.items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_bytes() != text.encode()
    ]
    for name in different:
        print(f"{name} differs from its sources: run generate.py")
    return not different


def write_files(texts: dict[str, str]) -> None:
    """Writes every file."""
    for name, text in texts.items():
        (FOLDER / name).write_bytes(text.encode())
        print(f"wrote {name}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Writes the vector files.")
    parser.add_argument("--check", action="store_true", help="change nothing, fail if anything differs")
    check: bool = parser.parse_args().check
    texts = file_texts()
    if not check:
        write_files(texts)
        return 0
    return 0 if check_files(texts) and check_signatures() else 1


if __name__ == "__main__":
    raise SystemExit(main())
