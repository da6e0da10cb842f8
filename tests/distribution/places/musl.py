"""The libraries that a musl CPython needs and that no registry has ready for musl.

Alpine's interpreter out of PyPI comes without the libraries of its system. Without zlib it cannot even decode base64,
without OpenSSL no HTTP client can be imported, and without SQLite the store of the payouts' driver cannot be tested.
"""

from __future__ import annotations

import json
import tarfile
import zipfile
from pathlib import Path

from . import pypi
from .folders import ROOT, command, set_up

VERSION = "3.13"
SITE = f"lib/python{VERSION}/site-packages"
SUITE = "trixie"
"""The Debian whose musl is new enough: 1.2.3 of the one before lacks preadv2, which this interpreter calls."""


def loader(machine: str) -> str:
    """Where programs for musl look for their loader."""
    return f"lib/ld-musl-{machine}.so.1"


def add_libraries(machine: str, downloads: Path, into: Path) -> None:
    """Builds zlib and SQLite with zig, and takes OpenSSL out of a wheel for musl."""
    set_up("python")
    pypi.download("musl-sources", downloads)
    (sources,) = downloads.glob("pyminizip-*.tar.gz")
    with tarfile.open(sources) as archive:
        archive.extractall(downloads)
    (zlib,) = downloads.glob("pyminizip-*/zlib-*")
    _build(machine, sorted(zlib.glob("*.c")), ["-DHAVE_UNISTD_H"], into / "libz.so.1")
    _build(machine, [_sqlite()], ["-DSQLITE_ENABLE_COLUMN_METADATA"], into / "libsqlite3.so.0")
    _take_openssl(downloads, into)


def _build(machine: str, sources: list[Path], options: list[str], library: Path) -> None:
    zig: list[str | Path] = [
        ROOT / "target" / "venv" / "bin" / "python",
        "-m",
        "ziglang",
        "cc",
        "-target",
        f"{machine}-linux-musl",
    ]
    # Sanitizers are for the libraries' own developers. What is built here runs for a minute.
    shared = ["-shared", "-fPIC", "-O1", "-w", "-fno-sanitize=all", f"-Wl,-soname,{library.name}"]
    command([*zig, *shared, *options, *sources, "-o", library])


def _sqlite() -> Path:
    """The source of SQLite that the sandbox is built with."""
    printed = command(["cargo", "metadata", "--locked", "--quiet", "--format-version", "1"], cwd=ROOT)
    (line,) = (line for line in printed.splitlines() if line.startswith("{"))
    (manifest,) = (
        package["manifest_path"] for package in json.loads(line)["packages"] if package["name"] == "libsqlite3-sys"
    )
    return Path(manifest).parent / "sqlite3" / "sqlite3.c"


def _take_openssl(downloads: Path, into: Path) -> None:
    (wheel,) = downloads.glob("psycopg_binary-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for path in archive.namelist():
            name = Path(path).name
            for library in ("libssl", "libcrypto"):
                if name.startswith(f"{library}-") and ".so." in name:
                    (into / name).write_bytes(archive.read(path))
                    # They name each other by the wheel's names, the interpreter by the usual ones.
                    (into / f"{library}.so.3").symlink_to(name)
