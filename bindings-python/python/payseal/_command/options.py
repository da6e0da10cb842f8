"""The commands and their options: what the parser takes and the help prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Option(NamedTuple):
    """One option. Those without ``value`` are switches."""

    name: str
    help: str
    value: str | None = None


class Command(NamedTuple):
    """One command."""

    name: str
    summary: str
    about: str
    options: tuple[Option, ...]
    argument: str | None = None
    """What it takes besides options."""
    takes_fields: bool = False
    """Whether it takes the fields of a message as options, too."""


FIELD_OPTIONS = {
    "bitloga": (
        Option("to", "the payment system: WMZ unless given", "CODE"),
        Option("amount", "1.00 unless given", "AMOUNT"),
        Option("purse", "the account to which the funds are sent", "TEXT"),
        Option("type", "Invoice unless given", "TEXT"),
        Option("status", "Payed unless given", "TEXT"),
        Option("dtag", "destination tag or memo", "TEXT"),
        Option("name", "first name", "TEXT"),
        Option("surname", "last name", "TEXT"),
        Option("invoiceid", "1 unless given", "NUMBER"),
        Option("uniqueid", "your identifier: payseal-test unless given", "TEXT"),
    ),
    "apiforcrypto": (
        Option("id", "number of the invoice: payseal-test unless given", "TEXT"),
        Option("blockchain", "tron unless given", "TEXT"),
        Option("symbol", "USDT unless given", "TEXT"),
        Option("address", "address to pay to: payseal-test unless given", "TEXT"),
        Option("value", "in the smallest unit: 1000000 unless given", "NUMBER"),
        Option("status", "PAID unless given", "TEXT"),
        Option("confirmations", "number of confirmations", "NUMBER"),
        Option("order-id", "data.order_id, which gives the secret_key: payseal-test unless given", "TEXT"),
    ),
}
"""The fields that ``sign-callback`` and ``trigger`` take, by gateway."""

GATEWAYS = tuple(FIELD_OPTIONS)

_INPUT = (
    Option("body", "the body exactly as received; standard input unless given", "FILE"),
    Option("headers", 'the headers as received: lines such as "Name: value", or JSON', "FILE"),
    Option("signature", "the signature, instead of --headers", "TEXT"),
)
_GATEWAY = Option("gateway", "bitloga, unless it is apiforcrypto", "NAME")
_FIELDS = Option("fields", "a JSON object of fields, which the options below replace", "FILE")
_COMMON = (
    Option("secret-env", "the environment variable with the secret: PAYSEAL_SECRET unless given", "NAME"),
    Option("json", "print one JSON object on standard output"),
    Option("help", "print this text"),
)

COMMANDS = (
    Command(
        "diagnose",
        "tells why the signature of a callback does not match",
        "Tells why the signature of a callback of Bitloga does not match, and what to do about it.",
        (
            *_INPUT,
            Option("api-key", "your API key, which is not secret: only with it are swapped keys told", "KEY"),
            *_COMMON,
        ),
    ),
    Command(
        "verify",
        "verifies a callback, and prints its fields",
        "Verifies a callback, and prints its fields, with exact amounts.",
        (*_INPUT, _GATEWAY, *_COMMON),
    ),
    Command(
        "sign-callback",
        "makes a callback as the gateway would send it",
        "Makes a callback as the gateway would send it. Prints its body on standard output and its headers on\n"
        "standard error, or with --out its headers on standard output.",
        (Option("out", "where to write the body", "FILE"), _GATEWAY, _FIELDS, *_COMMON),
        takes_fields=True,
    ),
    Command(
        "trigger",
        "makes a callback, and posts it to your endpoint",
        "Makes a callback, posts it to your endpoint, and prints what that answers. The address is of https, or of\n"
        "this machine. Redirects are not followed.",
        (_GATEWAY, _FIELDS, *_COMMON),
        argument="URL",
        takes_fields=True,
    ),
)

_EXIT_CODES = """exit codes:
  0  the callback verifies, or what was asked for is done
  1  the callback does not verify, or the endpoint did not answer with 2xx
  2  wrong use: an option, a field or the secret
  3  a file cannot be read or written, or the endpoint cannot be reached
"""


def program_help(program: str) -> str:
    """The help of the program."""
    rows = [(_with_argument(command.name, command.argument), command.summary) for command in COMMANDS]
    return f"""usage: {program} COMMAND [options]

Helps where a callback does not verify, and makes callbacks to test an endpoint with.

commands:
{_table(rows)}
The secret is read from the environment variable PAYSEAL_SECRET, or asked for at the terminal; never from an argument.
{program} COMMAND --help tells the options of a command, {program} --version the version.

{_EXIT_CODES}"""


def command_help(program: str, command: Command) -> str:
    """The help of one command."""
    parts = [
        f"usage: {program} {_with_argument(command.name, command.argument)} [options]\n",
        f"{command.about}\n",
        f"options:\n{_table(map(_row, command.options))}",
    ]
    if command.takes_fields:
        parts.append(f"fields of Bitloga:\n{_table(map(_row, FIELD_OPTIONS['bitloga']))}")
        parts.append(f"fields of Api for Crypto:\n{_table(map(_row, FIELD_OPTIONS['apiforcrypto']))}")
    return "\n".join([*parts, _EXIT_CODES])


def _row(option: Option) -> tuple[str, str]:
    return f"--{_with_argument(option.name, option.value)}", option.help


def _with_argument(name: str, argument: str | None) -> str:
    return name if argument is None else f"{name} {argument}"


def _table(rows: Iterable[tuple[str, str]]) -> str:
    rows = list(rows)
    width = max(len(left) for left, _ in rows)
    return "".join(f"  {left.ljust(width)}  {right}\n" for left, right in rows)
