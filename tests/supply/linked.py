"""The crates that are linked into each package: the one list for notices and bills of materials.

What only builds or tests a package, and macros that the compiler runs, are not in the package.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parents[2]

LINUX = ("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu")
STATIC_LINUX = ("x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl")
MACOS = ("x86_64-apple-darwin", "aarch64-apple-darwin")
WINDOWS = ("x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc", "x86_64-pc-windows-gnu", "aarch64-pc-windows-gnullvm")


@dataclass(frozen=True)
class Artefact:
    """Something that is published with crates linked into it."""

    name: str
    package: str
    """The cargo package it is built from."""
    folder: str
    """Where its manifest and its notices are."""
    targets: tuple[str, ...]
    also: tuple[str, ...] = ("rust",)
    """What else is linked in: names of texts in `tests/supply/texts`."""
    features: tuple[str, ...] = ()
    """How cargo is told the features it is built with."""

    @property
    def has_notices(self) -> bool:
        return bool(self.also)


ARTEFACTS = (
    # Nothing is linked into what is published as source: what counts is what its users will link.
    Artefact("crate", "payseal", "core", LINUX + STATIC_LINUX + MACOS + WINDOWS, also=(), features=("--all-features",)),
    Artefact("wheel", "payseal-python", "bindings-python", LINUX + STATIC_LINUX + MACOS + WINDOWS),
    Artefact("npm", "payseal-wasm", "bindings-wasm", ("wasm32-unknown-unknown",)),
    Artefact(
        "sandbox",
        "payseal-sandbox",
        "examples/sandbox",
        LINUX + STATIC_LINUX + MACOS + WINDOWS,
        also=("rust", "musl", "sqlite"),
    ),
)


class Package(TypedDict):
    """What `cargo metadata` says of a package, as far as it is used here."""

    name: str
    version: str
    license: str | None
    source: str | None
    manifest_path: str
    repository: str | None


@dataclass(frozen=True, order=True)
class Crate:
    """One version of a crate, and on which of an artefact's targets it is linked in."""

    name: str
    version: str
    targets: tuple[str, ...] = ()

    @property
    def package(self) -> Package:
        return packages()[self.name, self.version]

    @property
    def licence(self) -> str:
        return self.package["license"] or "see its text"

    @property
    def folder(self) -> Path:
        return Path(self.package["manifest_path"]).parent

    @property
    def is_ours(self) -> bool:
        return self.package["source"] is None


def cargo(*arguments: str) -> str:
    finished = subprocess.run(["cargo", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise SystemExit(f"cargo {' '.join(arguments)}\n{finished.stderr}")
    return finished.stdout


@cache
def packages() -> dict[tuple[str, str], Package]:
    """Every package of the lock file. Asking for them also downloads their sources, where the licences are."""
    metadata = json.loads(cargo("metadata", "--locked", "--format-version", "1"))
    return {(each["name"], each["version"]): each for each in metadata["packages"]}


@cache
def tree(package: str, target: str, *features: str) -> frozenset[tuple[str, str]]:
    """Names and versions of the crates that are linked into `package` on `target`, itself among them."""
    printed = cargo(
        "tree", "--locked", "--package", package, "--target", target, *features,
        "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}",
    )  # fmt: skip
    words = [line.split() for line in printed.splitlines() if line]
    return frozenset((name, version.removeprefix("v")) for name, version, *_ in words)


@cache
def linked(artefact: Artefact) -> tuple[Crate, ...]:
    """The crates of others that are linked into `artefact`, sorted by name."""
    found: dict[tuple[str, str], list[str]] = {}
    for target in artefact.targets:
        for crate in tree(artefact.package, target, *artefact.features):
            found.setdefault(crate, []).append(target)
    crates = (Crate(*crate, targets=tuple(targets)) for crate, targets in found.items())
    return tuple(sorted(crate for crate in crates if not crate.is_ours))
