"""The same calls made in every language: what each of them would send, or the error."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from payseal import ApiForCrypto, Bitloga, PaysealError

from examples.demo.places import rust_program

NODE = Path(__file__).parent / "node"

Call = dict[str, Any]
"""A call as the vectors describe it: gateway, client, method, input."""

Request = dict[str, Any]
"""Method, URL, headers and body; or the code, the message and the field of an error."""


def in_rust(calls: list[Call]) -> list[Request]:
    """What the crate makes of the calls."""
    return run([str(rust_program("payseal-requests"))], calls)


def in_node(calls: list[Call]) -> list[Request]:
    """What the npm package makes of the calls."""
    return run(["node", str(NODE / "requests.js")], calls)


def in_python(calls: list[Call]) -> list[Request]:
    """What the Python package makes of the calls."""
    return [request(call) for call in calls]


def run(command: list[str], calls: list[Call]) -> list[Request]:
    """Runs a program that takes calls and prints requests."""
    finished = subprocess.run(command, input=json.dumps(calls), capture_output=True, encoding="utf-8", timeout=60)
    assert finished.returncode == 0, finished.stderr
    return list(json.loads(finished.stdout))


def request(call: Call) -> Request:
    """The request of one call."""
    arguments = {"password" if name == "pass" else name: value for name, value in call["input"].items()}
    try:
        made = getattr(client(call), call["method"])(**arguments)
    except PaysealError as error:
        return {"code": error.code, "message": str(error), "field": error.field}
    headers = [[name, value] for name, value in made.headers.items()]
    body = None if made.body is None else made.body.decode()
    return {"method": made.method, "url": made.url, "headers": headers, "body": body}


def client(call: Call) -> Bitloga | ApiForCrypto:
    """The client of a call."""
    gateways = {"bitloga": Bitloga, "apiforcrypto": ApiForCrypto}
    made: Bitloga | ApiForCrypto = gateways[call["gateway"]](**call["client"])
    return made
