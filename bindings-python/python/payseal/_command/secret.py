"""The secret: of the environment, or asked for at the terminal. Never of an argument."""

from __future__ import annotations

import getpass
import os
import re
import sys
import warnings

from .failure import wrong_use

_PROMPT = "Secret (not shown): "


def read_secret(variable: str | None) -> bytes:
    """The secret in a variable of the environment, or what is typed in."""
    # What is not a name may be the secret itself, and so may be a name that is not set: neither is printed.
    if variable is not None and not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", variable):
        raise wrong_use("--secret-env takes the name of an environment variable, not the secret")
    secret = os.environ.get(variable or "PAYSEAL_SECRET")
    if secret is None:
        secret = _typed()
    if secret is not None:
        return os.fsencode(secret)
    if variable is None:
        raise wrong_use(
            "the secret is missing: set the environment variable PAYSEAL_SECRET, or run this at a terminal,"
            " which asks for it"
        )
    raise wrong_use("the secret is missing: the environment variable that --secret-env names is not set")


def _typed() -> str | None:
    """What a person types at the terminal, which does not show it. Nothing where no terminal is."""
    if not _has_terminal():
        return None
    with warnings.catch_warnings():
        # It would show what is typed rather than give up.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(_PROMPT)
        except getpass.GetPassWarning:
            return None
        except EOFError:
            return ""


def _has_terminal() -> bool:
    if os.name == "nt":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
