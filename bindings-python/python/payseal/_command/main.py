"""The commands, what they print and how they end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

import payseal

from .arguments import Arguments, read_arguments
from .endpoint import endpoint_of, post
from .failure import DONE, REFUSED, UNREACHABLE, WRONG_USE, Failure, wrong_use
from .files import read_body, write_file
from .messages import bitloga, fields_of, maker_of, source_of, verifier_of
from .options import COMMANDS, command_help, program_help
from .secret import read_secret
from .text import did_you_mean, on_lines, on_one_line

PROGRAM = "python -m payseal"


class Result(NamedTuple):
    """What a command prints, and how it ends."""

    exit_code: int
    text: str
    """On standard output, for a person."""
    json: object
    """With ``--json`` instead of both texts."""
    aside: str = ""
    """On standard error, for a person."""


def _diagnose(given: Arguments) -> Result:
    source = source_of(given)
    secret = read_secret(given.value("secret-env"))
    client = bitloga(secret, given.value("api-key"))
    found = client.diagnose(read_body(given.value("body")), source, secret=secret)
    verifies = found.cause == "valid"
    told = {"verifies": verifies, "cause": found.cause, "message": found.message}
    return Result(DONE if verifies else REFUSED, f"{found.cause}: {found.message}\n", told)


def _verify(given: Arguments) -> Result:
    verifier = verifier_of(given)
    secret = read_secret(given.value("secret-env"))
    body = read_body(given.value("body"))
    try:
        fields = fields_of(verifier(secret, body))
    except (payseal.SignatureError, payseal.MalformedError) as error:
        told = {"verifies": False, "code": error.code, "message": error.message}
        return Result(REFUSED, "", told, f"{error.code}: {error.message}\n")
    return Result(DONE, _lines(fields), {"verifies": True, "fields": fields})


def _sign_callback(given: Arguments) -> Result:
    message = maker_of(given)(read_secret(given.value("secret-env")))
    body, headers = message.body.decode(), dict(message.headers)
    out = given.value("out")
    if out is not None:
        write_file("--out", out, message.body)
    told = {"body": body, "headers": headers}
    if out is not None:
        return Result(DONE, _lines(headers), told)
    return Result(DONE, body, told, _lines(headers))


def _trigger(given: Arguments) -> Result:
    url = endpoint_of(given.positional[0])
    message = maker_of(given)(read_secret(given.value("secret-env")))
    status, body = post(url, message.body, message.headers)
    shown = on_lines(body)
    end = "" if shown == "" or shown.endswith("\n") else "\n"
    exit_code = DONE if 200 <= status < 300 else REFUSED
    return Result(exit_code, f"status {status}\n{shown}{end}", {"status": status, "body": body})


_ACTIONS = {"diagnose": _diagnose, "verify": _verify, "sign-callback": _sign_callback, "trigger": _trigger}


def _lines(fields: Mapping[str, Any]) -> str:
    texts = ((name, value if isinstance(value, str) else _json(value)) for name, value in fields.items())
    return "".join(f"{on_one_line(name)}: {on_one_line(text)}\n" for name, text in texts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _main(given: list[str]) -> int:
    if not given:
        return _end(WRONG_USE, "", program_help(PROGRAM))
    name, *rest = given
    if name in ("--help", "-h"):
        return _end(DONE, program_help(PROGRAM))
    if name == "--version":
        return _end(DONE, f"payseal {payseal.__version__}\n")
    command = next((one for one in COMMANDS if one.name == name), None)
    try:
        if command is None:
            meant = did_you_mean(name, (one.name for one in COMMANDS))
            raise wrong_use(f"there is no such command{meant}")
        read = read_arguments(command, rest)
        if "help" in read:
            return _end(DONE, command_help(PROGRAM, command))
        result = _ACTIONS[command.name](read)
    except Exception as error:
        failure = _failure_of(error)
        if "--json" in rest:
            return _end(failure.exit_code, f"{_json({'error': failure.code, 'message': failure.message})}\n")
        told = "--help tells the commands" if command is None else f"{command.name} --help tells the options"
        hint = f"{PROGRAM} {told}\n" if failure.code == "wrong_use" else ""
        return _end(failure.exit_code, "", f"payseal: {failure.message}\n{hint}")
    if "json" in read:
        return _end(result.exit_code, f"{_json(result.json)}\n")
    return _end(result.exit_code, result.text, result.aside)


def _failure_of(error: Exception) -> Failure:
    """What the library refuses is told as it does; of anything else only the kind, for it may hold what was given."""
    if isinstance(error, Failure):
        return error
    if isinstance(error, payseal.InvalidInputError):
        message = error.message
        return wrong_use(f"--{message.replace('_', '-', 1)}" if message.startswith("api_key:") else message)
    if isinstance(error, payseal.PaysealError):
        return Failure("unreachable", error.message)
    return Failure("unreachable", f"unexpected {type(error).__name__}; please report it")


def _end(exit_code: int, output: str, aside: str = "") -> int:
    # As bytes: what the terminal's encoding lacks must not break the command, nor line breaks be changed.
    for stream, text in ((sys.stderr, aside), (sys.stdout, output)):
        stream.buffer.write(text.encode("utf-8", "replace"))
        stream.flush()
    return exit_code


def run() -> None:
    """Runs the command that the process was started with, and ends it."""
    try:
        sys.exit(_main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever reads the output may stop early, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(UNREACHABLE)
