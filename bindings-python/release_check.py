#!/usr/bin/env python3
"""Builds the wheel and the sdist as they are published, and runs the whole test suite from each.

Every CPython of 3.9 to 3.13 on this machine gets two fresh virtual environments: one with the wheel,
one with what the sdist builds. Prints a table of the results, and the sizes. Needs maturin and ziglang.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "target" / "python-release-check"
REQUIREMENTS = ("pytest", "httpx", "requests", "aiohttp")

WHEEL_BOUND = 536 * 1024
"""The most bytes a wheel may have."""
VERSIONS = ("3.9", "3.10", "3.11", "3.12", "3.13")


def main() -> int:
    """Builds, installs, tests, and prints what came of it."""
    shutil.rmtree(TARGET / "dist", ignore_errors=True)
    wheel, sdist = build_wheel(), build_sdist()
    from_sdist = build_from(sdist)
    failures = []
    if wheel.stat().st_size > WHEEL_BOUND:
        failures.append(f"the wheel has {wheel.stat().st_size} bytes, more than {WHEEL_BOUND}")
    with zipfile.ZipFile(wheel) as archive:
        if not {"payseal/py.typed", "payseal/_native.pyi"} <= set(archive.namelist()):
            failures.append("the wheel has no types")
    rows = [f"{'Python':<8} {'from':<6} tests"]
    for version, python in interpreters().items():
        for name, package in (("wheel", wheel), ("sdist", from_sdist)):
            environment = install(python, f"{version}-{name}", package)
            succeeded, summary = run_tests(environment)
            if not succeeded:
                failures.append(f"Python {version} from {name}: {summary}")
            rows.append(f"{version:<8} {name:<6} {summary}")
    print("\n".join(rows))
    print(f"{wheel.name}: {wheel.stat().st_size} bytes of at most {WHEEL_BOUND}")
    print(f"{sdist.name}: {sdist.stat().st_size} bytes")
    for failure in failures:
        print(f"failed: {failure}")
    return 1 if failures else 0


def build_wheel() -> Path:
    """The wheel as it is published."""
    subprocess.run([HERE / "build-wheel.sh", TARGET / "dist"], check=True)
    (wheel,) = (TARGET / "dist").glob("*-cp39-abi3-*.whl")
    return wheel


def build_sdist() -> Path:
    """The source distribution."""
    command = ["maturin", "sdist", "--out", str(TARGET / "dist")]
    subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    (sdist,) = (TARGET / "dist").glob("*.tar.gz")
    return sdist


def build_from(sdist: Path) -> Path:
    """The wheel that users get who build from source."""
    folder = TARGET / "from-sdist"
    shutil.rmtree(folder, ignore_errors=True)
    # The files of every sdist have the same time of long ago: Cargo would take an earlier build for theirs.
    for built in (TARGET / "cargo").glob("**/.fingerprint/payseal*"):
        shutil.rmtree(built)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(TARGET / "cargo")}
    subprocess.run([*command, "--wheel-dir", str(folder), str(sdist)], check=True, env=environment)
    (wheel,) = folder.glob("*.whl")
    return wheel


def interpreters() -> dict[str, str]:
    """The CPythons found, by version: those of pyenv, and those on the path."""
    found = {}
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for version in VERSIONS:
        candidates = sorted(str(path) for path in pyenv.glob(f"{version}.*/bin/python"))
        candidates += filter(None, [shutil.which(f"python{version}")])
        if candidates:
            found[version] = candidates[0]
        else:
            print(f"{version:<10} not on this machine")
    return found


def install(python: str, name: str, package: Path) -> Path:
    """A fresh virtual environment with the package and what its tests need."""
    environment = TARGET / name
    shutil.rmtree(environment, ignore_errors=True)
    subprocess.run([python, "-m", "venv", str(environment)], check=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = HERE.parent / "tests" / "requirements.txt"
    wanted = [line for line in constraints.read_text().splitlines() if line.split("==")[0] in REQUIREMENTS]
    subprocess.run([*pip, *wanted], check=True)
    subprocess.run([*pip, "--no-deps", "--no-index", str(package)], check=True)
    return environment


def run_tests(environment: Path) -> tuple[bool, str]:
    """Runs the suite against the installed package, and only that: the sources are not on the path."""
    command = [str(environment / "bin" / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / "tests")]
    result = subprocess.run(command, cwd=environment, encoding="utf-8", stdout=subprocess.PIPE)
    lines = result.stdout.strip().splitlines() or ["no output"]
    # The last line is what the test runner counts.
    print("\n".join(lines if result.returncode else lines[-1:]), flush=True)
    return result.returncode == 0, lines[-1].split(" in ")[0].strip("= ")


if __name__ == "__main__":
    sys.exit(main())
