"""What is in a package: its files, the licences, and nothing of the machine that built it."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

from commands import ROOT

LICENCES = {name: (ROOT / name).read_bytes() for name in ("LICENSE-APACHE", "LICENSE-MIT")}

NOTICES = "THIRD-PARTY-NOTICES"
WITH_NOTICES = ("bindings-python", "bindings-wasm", "examples/sandbox")


def contents(archive: Path) -> dict[str, bytes]:
    """The files of a package. Of those that put all into one folder, without that folder."""
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as packed_files:
            files = {each: packed_files.read(each) for each in packed_files.namelist()}
    else:
        with tarfile.open(archive) as packed:
            opened = {each.name: packed.extractfile(each) for each in packed.getmembers() if each.isfile()}
            files = {name: file.read() for name, file in opened.items() if file}
    if archive.suffix == ".whl":
        return files
    return {name.split("/", 1)[1]: content for name, content in files.items()}


def missing_licences(archive: Path) -> list[str]:
    """The licences whose whole text is not in a package."""
    files = contents(archive)
    return [
        licence
        for licence, text in LICENCES.items()
        if text not in [content for path, content in files.items() if path.endswith(licence)]
    ]


def has_notices(archive: Path) -> bool:
    """Whether a package has one of the repository's notices of what is linked in, whole."""
    written = [(ROOT / folder / NOTICES).read_bytes() for folder in WITH_NOTICES]
    return any(content in written for name, content in contents(archive).items() if name.split("/")[-1] == NOTICES)


def naming_this_machine(archive: Path) -> list[str]:
    """The files of a package with the name of a folder of this machine."""
    folders = [str(ROOT).encode(), str(Path.home()).encode() + b"/", b".cargo/registry"]
    return [
        name for name, content in contents(archive).items() if any(folder in content for folder in folders)
    ]  # fmt: skip
