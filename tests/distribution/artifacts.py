"""Everything that is published. To add something, add a line to `ARTIFACTS`."""

from __future__ import annotations

from dataclasses import dataclass

import builds
import checks
import runs
from builds import Build
from checks import Check, auditwheel, binary, tag
from runs import Run, in_place, sandbox_program


@dataclass(frozen=True)
class NotHere:
    """An artifact that cannot be run on a machine like this, and why."""

    reason: str


@dataclass(frozen=True)
class Artifact:
    """One file that is published."""

    name: str
    build: Build
    pattern: str
    """Which file of those that the build leaves."""
    checks: tuple[Check, ...]
    runs: tuple[Run, ...] | NotHere


NO_MACOS = NotHere("needs macOS; its headers and signature are checked instead")
NO_WINDOWS_ARM = NotHere("needs Windows on arm64; its headers are checked instead")

VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
CPYTHONS = tuple(in_place(f"cpython-{version}") for version in VERSIONS)

MANYLINUX = "manylinux2014_{0}.manylinux_2_17_{0}"


def _wheel(
    name: str, target: tuple[str, ...], expected_tag: str, also: tuple[Check, ...], where: tuple[Run, ...] | NotHere
) -> Artifact:
    """A wheel of `payseal`. Those of one interpreter have no stable interface that could be checked."""
    tags = tag(f"cp39-abi3-{expected_tag}") if len(target) == 1 else tag(expected_tag)
    interface = (checks.ABI3,) if len(target) == 1 else ()
    return Artifact(
        f"wheel-{name}", builds.wheel(*target), "payseal-*.whl", (*checks.NATIVE_WHEEL, tags, *interface, *also), where
    )


WHEELS = (
    _wheel("manylinux-x86_64", ("x86_64-unknown-linux-gnu",), MANYLINUX.format("x86_64"),
           (binary("ELF x86_64"), auditwheel("manylinux_2_17_x86_64")), CPYTHONS),
    _wheel("manylinux-aarch64", ("aarch64-unknown-linux-gnu",), MANYLINUX.format("aarch64"),
           (binary("ELF aarch64"), auditwheel("manylinux_2_17_aarch64")), (in_place("glibc-aarch64"),)),
    _wheel("musllinux-x86_64", ("x86_64-unknown-linux-musl",), "musllinux_1_2_x86_64",
           (binary("ELF x86_64"), auditwheel("musllinux_1_2_x86_64")), (in_place("musl-x86_64"),)),
    _wheel("musllinux-aarch64", ("aarch64-unknown-linux-musl",), "musllinux_1_2_aarch64",
           (binary("ELF aarch64"), auditwheel("musllinux_1_2_aarch64")), (in_place("musl-aarch64"),)),
    _wheel("macos-arm64", ("aarch64-apple-darwin",), "macosx_11_0_arm64",
           (binary("Mach-O arm64"), checks.MACOS), NO_MACOS),
    _wheel("macos-x86_64", ("x86_64-apple-darwin",), r"macosx_10_\d+_x86_64",
           (binary("Mach-O x86_64"), checks.MACOS), NO_MACOS),
    _wheel("windows-x86_64", ("x86_64-pc-windows-gnu",), "win_amd64",
           (binary("PE x86_64"), checks.WINDOWS), (in_place("windows-x86_64"),)),
    _wheel("windows-arm64", ("aarch64-pc-windows-gnullvm",), "win_arm64",
           (binary("PE arm64"), checks.WINDOWS), NO_WINDOWS_ARM),
    _wheel("free-threaded-x86_64", ("x86_64-unknown-linux-gnu", "python3.14t"),
           f"cp314-cp314t-{MANYLINUX.format('x86_64')}",
           (binary("ELF x86_64"), auditwheel("manylinux_2_17_x86_64")), (in_place("cpython-3.14t"),)),
)  # fmt: skip


def _sandbox(target: str, also: tuple[Check, ...], where: tuple[Run, ...] | NotHere) -> tuple[Artifact, ...]:
    """The packages of the sandbox with the program for a target: for pip, for npm, and to unpack by hand."""
    build = builds.sandbox("--target", target)
    return (
        Artifact(f"sandbox-wheel-{target}", build, "payseal_sandbox-*.whl", (*checks.WHEEL, *also), where),
        Artifact(f"sandbox-npm-{target}", build, "payseal-sandbox-*.tgz", (*checks.NPM, *also), where),
        Artifact(
            f"sandbox-archive-{target}", build, f"payseal-sandbox-*-{target}.[tz]*", (*checks.LINKED, *also), where
        ),
    )


SANDBOX = (
    Artifact("sandbox-npm", builds.sandbox("--main"), "payseal-sandbox-*.tgz", checks.NPM, (runs.SANDBOX_NPM,)),
    *_sandbox("x86_64-unknown-linux-musl", (binary("ELF x86_64"), checks.STATIC),
              (sandbox_program(runs.HERE), sandbox_program("musl-x86_64"))),
    *_sandbox("aarch64-unknown-linux-musl", (binary("ELF aarch64"), checks.STATIC),
              (sandbox_program("glibc-aarch64"), sandbox_program("musl-aarch64"))),
    *_sandbox("aarch64-apple-darwin", (binary("Mach-O arm64"), checks.MACOS), NO_MACOS),
    *_sandbox("x86_64-apple-darwin", (binary("Mach-O x86_64"), checks.MACOS), NO_MACOS),
    *_sandbox("x86_64-pc-windows-gnu", (binary("PE x86_64"),), (sandbox_program("windows-x86_64"),)),
)  # fmt: skip

ARTIFACTS = (
    Artifact("crate", builds.CRATE, "payseal-*.crate", checks.CRATE, (runs.CRATE,)),
    Artifact("npm", builds.NPM, "payseal-*.tgz", checks.NPM_LIBRARY, (runs.NPM,)),
    Artifact("sdist", builds.SDIST, "payseal-*.tar.gz", (*checks.EVERY, checks.TWINE), (runs.SDIST,)),
    *WHEELS,
    *SANDBOX,
)
