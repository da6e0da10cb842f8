"""Reads the arguments of a command. What is refused is not printed: it may be a secret in the wrong place.

Not by ``argparse``: it prints what it refuses, and each of its releases in its own words.
"""

from __future__ import annotations

from typing import NoReturn

from .failure import wrong_use
from .options import FIELD_OPTIONS, GATEWAYS, Command, Option
from .text import did_you_mean

# What people call a secret, where they would give it as an argument.
_SECRETS = ("secret", "api-secret", "notification-secret", "secret-key", "password")


class Arguments:
    """The arguments of a command that were understood."""

    def __init__(self, command: Command, positional: list[str], values: dict[str, str]) -> None:
        self.command = command
        self.positional = positional
        """What is not an option: an address."""
        self._values = values

    def value(self, name: str) -> str | None:
        """The value of an option that was given."""
        return self._values.get(name)

    def __contains__(self, name: str) -> bool:
        """Whether an option was given."""
        return name in self._values

    @property
    def gateway(self) -> str:
        return self._values.get("gateway", "bitloga")


def read_arguments(command: Command, given: list[str]) -> Arguments:
    """The arguments after the name of a command."""
    known = {option.name: option for option in _options_of(command)}
    values: dict[str, str] = {}
    positional: list[str] = []
    rest = iter(given)
    for argument in rest:
        if not argument.startswith("-") or argument == "-":
            positional.append(argument)
            continue
        name, inline = _split(argument)
        option = known.get(name) or _refuse(name, known)
        if name in values:
            raise wrong_use(f"--{name} is given twice")
        values[name] = (
            "" if option.value is None else _value(option, inline, next(rest, None) if inline is None else None)
        )
        if option.value is None and inline is not None:
            raise wrong_use(f"--{name} takes no value")
    read = Arguments(command, positional, values)
    if "help" not in read:
        _check(read)
    return read


def _options_of(command: Command) -> list[Option]:
    """The options of a command, those of fields last."""
    fields = [option for options in FIELD_OPTIONS.values() for option in options]
    return [*command.options, *(fields if command.takes_fields else ())]


def _split(argument: str) -> tuple[str, str | None]:
    name = "help" if argument == "-h" else argument[2 if argument.startswith("--") else 1 :]
    name, separator, value = name.partition("=")
    return name, value if separator else None


def _value(option: Option, inline: str | None, following: str | None) -> str:
    if inline is not None:
        return inline
    if following is None or following.startswith("--"):
        raise wrong_use(f"--{option.name} takes a value: --{option.name} {option.value}")
    return following


def _refuse(name: str, known: dict[str, Option]) -> NoReturn:
    if name.lower().replace("_", "-") in _SECRETS:
        raise wrong_use(
            f"--{name} is refused: other users of this machine see arguments, and shells keep them; "
            "set PAYSEAL_SECRET, or be asked at the terminal"
        )
    meant = did_you_mean(f"--{name}", (f"--{option}" for option in known))
    raise wrong_use(f"there is an option that is not known{meant}")


def _check(read: Arguments) -> None:
    command, gateway = read.command, read.gateway
    expected = 0 if command.argument is None else 1
    if len(read.positional) < expected:
        raise wrong_use(f"{command.name} takes an address: {command.name} URL")
    if len(read.positional) > expected:
        raise wrong_use(f"{command.name} takes options only" if expected == 0 else f"{command.name} takes one address")
    if gateway not in GATEWAYS:
        raise wrong_use(f"--gateway is one of {', '.join(GATEWAYS)}")
    own = {option.name for option in FIELD_OPTIONS[gateway]}
    for options in FIELD_OPTIONS.values() if command.takes_fields else ():
        for option in options:
            if option.name in read and option.name not in own:
                raise wrong_use(f"--{option.name} is not a field of --gateway {gateway}")
