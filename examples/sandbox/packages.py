#!/usr/bin/env python3
"""Builds the packages of the sandbox, for people without Rust.

packages.py --target TRIPLE --out FOLDER    for one platform: the wheel, the npm package with the program, and an archive
packages.py --here --out FOLDER             the same for the platform this runs on
packages.py --main --out FOLDER             the npm package that people install, which has no program of its own

The program is built once for each platform, so that all three have the same bytes. maturin builds it, with zig as linker
and as compiler for C: both come from PyPI, see tests/requirements.txt. On Linux the program is static and runs anywhere.
The packages name no folder of this machine, and are the same wherever they are built.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import platform
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SANDBOX = ROOT / "examples" / "sandbox"
NPM = SANDBOX / "npm"
PYTHON = SANDBOX / "python"
LICENCES = ("LICENSE-APACHE", "LICENSE-MIT")
NOTICES = "THIRD-PARTY-NOTICES"

# The time that npm gives to the files of a package.
NPM_TIME = 499162500
# The oldest time that a zip can tell.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Platform:
    """What one platform is called by whom."""

    os: str
    """By npm."""
    cpu: str
    """By npm."""
    wheel: tuple[str, ...]
    """What maturin is told about the wheel."""

    @property
    def npm_name(self) -> str:
        """The npm package with the program."""
        return f"@payseal/sandbox-{self.os}-{self.cpu}"

    @property
    def program(self) -> str:
        """The file name of the program."""
        return "payseal-sandbox.exe" if self.os == "win32" else "payseal-sandbox"


# A static program runs with either C library of Linux: one wheel is for both.
LINUX = ("--zig", "--compatibility", "manylinux2014", "musllinux_1_2")
PLATFORMS = {
    "x86_64-unknown-linux-musl": Platform("linux", "x64", LINUX),
    "aarch64-unknown-linux-musl": Platform("linux", "arm64", LINUX),
    "x86_64-apple-darwin": Platform("darwin", "x64", ("--zig",)),
    "aarch64-apple-darwin": Platform("darwin", "arm64", ("--zig",)),
    "x86_64-pc-windows-gnu": Platform("win32", "x64", ("--zig",)),
}
Files = dict[str, tuple[bytes, bool]]
"""What is in a package: by name the content, and whether it is a program."""


def main() -> None:
    """Builds what the command line asks for."""
    parser = argparse.ArgumentParser(description="Builds the packages of the sandbox.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--target", choices=PLATFORMS, help="the platform the program is for")
    which.add_argument("--here", action="store_true", help="the platform this runs on")
    which.add_argument("--main", action="store_true", help="the npm package that people install")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the packages are left")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    built = main_package(chosen.out) if chosen.main else packages(chosen.target or this_platform(), chosen.out)
    print("Size     of the packages of the sandbox")
    for path in built:
        print(f"{path.stat().st_size / 1e6:6.2f} MB  {path}")


def this_platform() -> str:
    """The platform this runs on."""
    cpu = {"arm64": "aarch64", "AMD64": "x86_64"}.get(platform.machine(), platform.machine())
    system = {"Linux": "unknown-linux-musl", "Darwin": "apple-darwin", "Windows": "pc-windows-gnu"}
    target = f"{cpu}-{system.get(platform.system(), platform.system())}"
    if target not in PLATFORMS:
        sys.exit(f"packages.py: there are no packages for {target}")
    return target


def packages(target: str, out: Path) -> list[Path]:
    """Builds the three packages for one platform."""
    where = PLATFORMS[target]
    wheel = build_wheel(target, out)
    program = program_of(wheel, where)
    print(f"the program for {target} has {len(program) / 1e6:.2f} MB")
    common: Files = {where.program: (program, True), **legal()}
    read_me = (NPM / "platform.md").read_text(encoding="utf-8").replace("NAME", where.npm_name)
    tarball = out / f"{where.npm_name[1:].replace('/', '-')}-{version()}.tgz"
    write_tar(tarball, "package", {**common, "package.json": manifest(where), "README.md": (read_me.encode(), False)})
    return [wheel, tarball, write_archive(target, out, {**common, "README.md": text_of(SANDBOX / "README.md")})]


def build_wheel(target: str, out: Path) -> Path:
    """Builds the program and the wheel with it."""
    have_target(target)
    folder = ROOT / "target" / "sandbox-packages" / target
    for old in folder.glob("*.whl"):
        old.unlink()
    environment = {
        **os.environ,
        "RUSTFLAGS": output(str(ROOT / "bindings-python" / "reproducible-flags.sh"), target),
        # The program is built by itself: what else is built in the repository does not make it anew.
        "CARGO_TARGET_DIR": str(ROOT / "target" / "sandbox-packages" / "build"),
        "SOURCE_DATE_EPOCH": str(NPM_TIME),
    }
    command = ["maturin", "build", "--locked", "--profile", "sandbox", "--target", target, *PLATFORMS[target].wheel]
    subprocess.run([*command, "--out", str(folder)], cwd=PYTHON, env=environment, check=True)
    (built,) = folder.glob("*.whl")
    wheel = out / built.name
    wheel.write_bytes(built.read_bytes())
    return wheel


def have_target(target: str) -> None:
    """Adds the standard library of a target, if it is missing."""
    libraries = Path(output("rustc", "--print", "sysroot")) / "lib" / "rustlib"
    if not (libraries / target / "lib").is_dir():
        subprocess.run(["rustup", "target", "add", target], check=True)


def program_of(wheel: Path, where: Platform) -> bytes:
    """The program that is in a wheel."""
    with zipfile.ZipFile(wheel) as files:
        (name,) = (each for each in files.namelist() if each.endswith(f".data/scripts/{where.program}"))
        return files.read(name)


def main_package(out: Path) -> list[Path]:
    """Builds the npm package that people install."""
    described = json.loads((NPM / "package.json").read_text(encoding="utf-8"))
    described["version"] = version()
    described["optionalDependencies"] = {each.npm_name: version() for each in PLATFORMS.values()}
    files: Files = {"package.json": (as_json(described), False), "README.md": text_of(NPM / "README.md"), **legal()}
    for path in sorted([*NPM.glob("index.*"), *NPM.glob("lib/*.cjs"), NPM / "launcher.cjs"]):
        files[path.relative_to(NPM).as_posix()] = (path.read_bytes(), path.name == "launcher.cjs")
    tarball = out / f"payseal-sandbox-{version()}.tgz"
    write_tar(tarball, "package", files)
    return [tarball]


def manifest(where: Platform) -> tuple[bytes, bool]:
    """The package.json of a package with the program."""
    described = json.loads((NPM / "package.json").read_text(encoding="utf-8"))
    return as_json({
        "name": where.npm_name,
        "version": version(),
        "description": f"The program of payseal-sandbox for {where.os}-{where.cpu}",
        **{name: described[name] for name in ("license", "repository", "engines")},
        "type": "commonjs",
        "os": [where.os],
        "cpu": [where.cpu],
        # A program cannot be run from within an archive.
        "preferUnplugged": True,
        "files": [where.program, "LICENSE-*", NOTICES],
        "publishConfig": {"access": "public"},
    }), False  # fmt: skip


def legal() -> Files:
    """The licences, and what has to be said about what is linked in."""
    return {**{name: text_of(ROOT / name) for name in LICENCES}, NOTICES: text_of(SANDBOX / NOTICES)}


@cache
def version() -> str:
    """The version of the program, and of everything in this workspace."""
    described = output("cargo", "metadata", "--no-deps", "--format-version=1", f"--manifest-path={SANDBOX}/Cargo.toml")
    (package,) = (each for each in json.loads(described)["packages"] if each["name"] == "payseal-sandbox")
    return str(package["version"])


def text_of(path: Path) -> tuple[bytes, bool]:
    """A file that is not a program."""
    return path.read_bytes(), False


def as_json(value: object) -> bytes:
    """JSON as npm writes it."""
    return (json.dumps(value, indent=2) + "\n").encode()


def write_archive(target: str, out: Path, files: Files) -> Path:
    """An archive to unpack anywhere: what people expect on their system."""
    name = f"payseal-sandbox-{version()}-{target}"
    if PLATFORMS[target].os != "win32":
        write_tar(out / f"{name}.tar.gz", name, files)
        return out / f"{name}.tar.gz"
    with zipfile.ZipFile(out / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, (content, _) in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{name}/{path}", ZIP_TIME), content, zipfile.ZIP_DEFLATED, 9)
    return out / f"{name}.zip"


def write_tar(path: Path, folder: str, files: Files) -> None:
    """The same bytes for the same files: without the time, the user and the order of a disk."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, (content, is_program) in sorted(files.items()):
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size, entry.mtime, entry.mode = len(content), NPM_TIME, 0o755 if is_program else 0o644
            archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(gzip.compress(packed.getvalue(), compresslevel=9, mtime=0))


def output(*command: str) -> str:
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


if __name__ == "__main__":
    main()
