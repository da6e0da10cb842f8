"""Why a command ends without having done what it was asked for, and the codes it ends with."""

from __future__ import annotations

DONE = 0
REFUSED = 1
WRONG_USE = 2
UNREACHABLE = 3


class Failure(Exception):
    """Something that the person at the terminal can put right.

    Its message holds no value of an argument, file or variable.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def exit_code(self) -> int:
        return WRONG_USE if self.code == "wrong_use" else UNREACHABLE


def wrong_use(message: str) -> Failure:
    """An option, a field or a secret is at fault."""
    return Failure("wrong_use", message)


def unreachable(message: str) -> Failure:
    """A file or the endpoint is at fault."""
    return Failure("unreachable", message)
