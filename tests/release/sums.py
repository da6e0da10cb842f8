"""Checksums of all that is published: python3 -m release.sums FOLDER [OTHER]

Writes SHA256SUMS into a folder, as `sha256sum --check` reads it. With a second file of sums it compares the two: a release
that was built twice has to be the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from .failure import ReleaseError, run

NAME = "SHA256SUMS"
# What tells about a build, and differs between two of the same sources.
_REPORTS = {".md", ".txt", ".log"}


def files(folder: Path) -> list[Path]:
    """The files that are published. They are downloaded side by side, so no two may have one name."""
    found = sorted(
        (file for file in folder.rglob("*") if file.is_file() and file.suffix not in _REPORTS and file.name != NAME),
        key=lambda file: file.name,
    )
    if not found:
        raise ReleaseError(f"nothing to publish in {folder}")
    twice = {one.name for one, other in zip(found, found[1:]) if one.name == other.name}
    if twice:
        raise ReleaseError(f"two files in {folder} have one name: {', '.join(sorted(twice))}")
    return found


def digest(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def sums(folder: Path) -> str:
    """A line for each file."""
    return "".join(f"{digest(file)}  {file.name}\n" for file in files(folder))


def compare(one: str, other: str) -> None:
    """Stops the release if two builds differ, and names the files that do."""
    first, second = (dict(line.split("  ")[::-1] for line in text.splitlines()) for text in (one, other))
    differing = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differing:
        raise ReleaseError("\n  ".join(["two builds differ:", *differing]))


def main(arguments: list[str]) -> None:
    """Writes the sums of a folder, or compares them."""
    folder = Path(arguments[0])
    written = sums(folder)
    if len(arguments) == 1:
        (folder / NAME).write_text(written, encoding="utf-8")
        print(written, end="")
    else:
        compare(written, Path(arguments[1]).read_text(encoding="utf-8"))
        print(f"the same in both builds: {len(written.splitlines())} files")


if __name__ == "__main__":
    run(main)
