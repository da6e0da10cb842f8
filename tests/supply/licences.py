"""The texts of a crate's licence, as they are in its own folder."""

from __future__ import annotations

import re
from pathlib import Path

from .linked import Crate

TEXT = re.compile(r"(?i)(un)?licen[cs]e|copying|copyright|notice")
# Of a crate that may also be used under the MIT licence, the texts of these are not needed.
INSTEAD_OF_MIT = re.compile(r"(?i)apache|unlicense")
MIT = re.compile(r"(?i)mit")


class NoLicence(Exception):
    """A crate came without the text of its licence."""


def offers_mit(expression: str) -> bool:
    """Whether MIT is one of the licences to choose from in an SPDX expression (or in the older form with a slash)."""
    return bool(re.search(r"\bMIT\b\s*(OR|/)|(OR|/)\s*\bMIT\b", expression))


def files(crate: Crate) -> list[Path]:
    """The files whose texts have to be passed on with `crate`, code of others within it included."""
    found = [
        path
        for folder in (crate.folder, crate.folder / "LICENSES", *subfolders(crate.folder / "src"))
        for path in (sorted(folder.iterdir()) if folder.is_dir() else ())
        if path.is_file() and TEXT.match(path.name) and path.suffix not in (".rs", ".html")
    ]
    if offers_mit(crate.licence) and any(MIT.search(path.name) for path in found):
        found = [path for path in found if not INSTEAD_OF_MIT.search(path.name)]
    return found


def subfolders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_dir())


def texts(crate: Crate) -> list[str]:
    """The texts of `crate`'s licence, with the line breaks of this system and none at the ends."""
    read = [tidied(path.read_text(encoding="utf-8")) for path in files(crate)]
    found = [text for text in read if text]
    if not found:
        raise NoLicence(f"{crate.name} {crate.version} ({crate.licence}) has no licence text in its folder")
    return found


def tidied(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\ufeff", "").splitlines()]
    return "\n".join(lines).strip("\n")
