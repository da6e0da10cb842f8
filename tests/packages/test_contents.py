"""What is in the packages: licences, addresses, and nothing of the machine that built them.

The crate is also unpacked, and its tests run outside the repository.
"""

from __future__ import annotations

import os
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LICENCES = {name: (ROOT / name).read_bytes() for name in ("LICENSE-APACHE", "LICENSE-MIT")}
CRATE_TARGET = ROOT / "target" / "package-core"


def run(*command: str, folder: Path = ROOT, **environment: str) -> str:
    finished = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=900, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def contents(archive: Path) -> dict[str, bytes]:
    """The files of a package, without the folder that all of them are in."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(archive) as packed:
        files = {each.name.split("/", 1)[1]: packed.extractfile(each) for each in packed.getmembers() if each.isfile()}
        return {name: file.read() for name, file in files.items() if file}


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


@pytest.fixture(scope="session")
def crate() -> Path:
    command = ("cargo", "package", "--quiet", "--allow-dirty", "--no-verify", "-p", "payseal")
    run(*command, "--target-dir", str(CRATE_TARGET))
    return only(CRATE_TARGET / "package", "payseal-*.crate")


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run("maturin", "sdist", "--manifest-path", "bindings-python/Cargo.toml", "--out", str(folder))
    return only(folder, "*.tar.gz")


@pytest.fixture(scope="session")
def wheel() -> Path:
    return only(ROOT / "bindings-python" / "dist", "*.whl")


@pytest.fixture(scope="session")
def tarball() -> Path:
    return only(ROOT / "bindings-wasm" / "dist", "*.tgz")


@pytest.mark.parametrize("package", ["crate", "sdist", "wheel", "tarball"])
def test_a_package_has_both_licences(package: str, request: pytest.FixtureRequest) -> None:
    files = contents(request.getfixturevalue(package))
    for name, text in LICENCES.items():
        assert text in [content for path, content in files.items() if path.endswith(name)], name


def test_the_sdist_has_what_a_wheel_needs(sdist: Path) -> None:
    assert {"LICENSE-MIT", "THIRD-PARTY-NOTICES", "payseal.cyclonedx.json"} <= contents(sdist).keys()


@pytest.mark.parametrize("package", ["crate", "sdist", "wheel", "tarball"])
def test_a_package_names_no_folder_of_this_machine(package: str, request: pytest.FixtureRequest) -> None:
    folders = [str(ROOT).encode(), str(Path.home()).encode() + b"/", b".cargo/registry"]
    for name, content in contents(request.getfixturevalue(package)).items():
        assert not [folder for folder in folders if folder in content], name


def test_the_crates_tests_pass_outside_the_repository(crate: Path, tmp_path: Path) -> None:
    with tarfile.open(crate) as packed:
        packed.extractall(tmp_path)
    folder = only(tmp_path, "payseal-*")
    # The versions that this repository tests.
    (folder / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
    printed = run(
        "cargo", "test", "--all-features", "--quiet",
        folder=folder, CARGO_TARGET_DIR=str(CRATE_TARGET / "tests"), CARGO_NET_OFFLINE="true",
    )  # fmt: skip
    assert " passed; 0 failed" in printed


def test_the_crate_builds_without_its_features(crate: Path, tmp_path: Path) -> None:
    with tarfile.open(crate) as packed:
        packed.extractall(tmp_path)
    folder = only(tmp_path, "payseal-*")
    (folder / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
    run(
        "cargo", "check", "--no-default-features", "--quiet",
        folder=folder, CARGO_TARGET_DIR=str(CRATE_TARGET / "tests"), CARGO_NET_OFFLINE="true",
    )  # fmt: skip
