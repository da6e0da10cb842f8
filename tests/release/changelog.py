"""The section of a version in CHANGELOG.md: python3 -m release.changelog TAG"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from .failure import ReleaseError, run

CHANGELOG = "CHANGELOG.md"
_HEADING = re.compile(r"^## (\S+) \((.+)\)$", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Section:
    """What is written about one version."""

    version: str
    date: str
    """The day of its release, or `unreleased`."""
    text: str


def sections(text: str) -> list[Section]:
    """All sections, the newest first."""
    parts = _HEADING.split(text)[1:]
    found = [Section(*(part.strip() for part in parts[at : at + 3])) for at in range(0, len(parts), 3)]
    if not found:
        raise ReleaseError(f"{CHANGELOG} has no heading such as `## 1.2.3 (2026-01-31)`")
    return found


def released(text: str, version: str) -> str:
    """The text of the newest section, which has to be that of the version, with the day of its release."""
    newest = sections(text)[0]
    if newest.version != version:
        raise ReleaseError(f"{CHANGELOG} begins with {newest.version}, not with {version}")
    if not _DATE.fullmatch(newest.date):
        raise ReleaseError(f"{CHANGELOG} says `{newest.date}` of {version}: write the day of the release there")
    if not newest.text:
        raise ReleaseError(f"{CHANGELOG} says nothing about {version}")
    return newest.text


def main(arguments: list[str]) -> None:
    """Prints the section of a tag."""
    (tag,) = arguments
    print(released(Path(CHANGELOG).read_text(encoding="utf-8"), tag.removeprefix("v")))


if __name__ == "__main__":
    run(main)
