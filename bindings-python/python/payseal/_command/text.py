"""Texts of others as they are printed, and the names that were probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What moves the cursor or turns the text around, and so could make a terminal show something else.
_UNPRINTABLE = re.compile("[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_UNPRINTABLE_IN_LINES = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def on_one_line(text: str) -> str:
    """A text on one line."""
    return _UNPRINTABLE.sub(_escaped, text)


def on_lines(text: str) -> str:
    """A text that may have several lines."""
    return _UNPRINTABLE_IN_LINES.sub(_escaped, text.replace("\r\n", "\n"))


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def did_you_mean(unknown: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name: the known one that is most like it, if any is."""
    meant, least = "", 3
    for name in known:
        distance = _mistakes(unknown[:40], name)
        if distance < least and distance < len(name):
            meant, least = name, distance
    return f"; did you mean {meant}?" if meant else ""


def _mistakes(one: str, other: str) -> int:
    """How many letters have to be put in, left out or replaced to make one text of another."""
    row = list(range(len(other) + 1))
    for position, letter in enumerate(one, start=1):
        following = [position]
        for at, wanted in enumerate(other, start=1):
            replaced = row[at - 1] + (letter != wanted)
            following.append(min(replaced, row[at] + 1, following[at - 1] + 1))
        row = following
    return row[-1]


def decoded(content: bytes) -> str:
    """The text in bytes: UTF-8, or UTF-16 as PowerShell writes files."""
    if content.startswith(b"\xff\xfe"):
        return content[2:].decode("utf-16-le", "replace")
    return content.decode("utf-8", "replace").removeprefix("\ufeff")
