"""Uses the installed Python package, on any system: smoke.py VECTORS

A callback is verified, a changed one refused, a call built to the byte, and amounts stay exact. It needs only the
package and the vectors of Bitloga, tests/vectors/bitloga.json.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import payseal
from payseal import Bitloga, SignatureError

VECTORS: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))


def named(section: str, name: str) -> Any:
    """The vector of that name."""
    return next(vector for vector in VECTORS[section] if vector["name"] == name)


def equal(found: object, expected: object, what: str) -> None:
    """Ends the program if they differ; `assert` would be left out by `python -O`."""
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def main() -> None:
    """Runs every check."""
    installed = Path(payseal.__file__).resolve().is_relative_to(Path(sys.prefix).resolve())
    equal(installed, True, "whether the package is the installed one")
    bitloga = Bitloga(**VECTORS["client"])

    vector = named("callbacks", "as documented")
    body = vector["body"].encode()
    callback = bitloga.verify_callback(body, vector["signature"])
    equal(callback.event_id, vector["event_id"], "the event of a callback")
    equal(callback.amount.as_tuple(), Decimal(vector["value"]["amount"]).as_tuple(), "the amount of a callback")

    try:
        bitloga.verify_callback(body.replace(b"1.00", b"9.00"), vector["signature"])
    except SignatureError as error:
        equal(error.code, "signature_mismatch", "the code for a changed body")
    else:
        sys.exit("a changed body was accepted")

    vector = named("calls", "create_invoice: as documented")
    call = bitloga.create_invoice(**vector["input"])
    equal(list(call.headers.items()), [tuple(header) for header in vector["request"]["headers"]], "headers of a call")
    equal(call.body, vector["request"]["body"].encode(), "the body of a call")

    print(f"payseal works on {sys.platform}, Python {sys.version.split()[0]}")


main()
