"""What is in the packages: licences, addresses, and nothing of the machine that built them.

The crate is also unpacked, and its tests run outside the repository.
"""

from __future__ import annotations

from pathlib import Path

import crate as published_crate
import pytest
from commands import ROOT, Shell
from contents import contents, missing_licences, naming_this_machine


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("log") / "commands.log")


@pytest.fixture(scope="session")
def crate(shell: Shell) -> Path:
    return published_crate.package(shell)


@pytest.fixture(scope="session")
def sdist(shell: Shell, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    shell.run("maturin", "sdist", "--manifest-path", "bindings-python/Cargo.toml", "--out", folder)
    return only(folder, "*.tar.gz")


@pytest.fixture(scope="session")
def wheel() -> Path:
    return only(ROOT / "bindings-python" / "dist", "*.whl")


@pytest.fixture(scope="session")
def tarball() -> Path:
    return only(ROOT / "bindings-wasm" / "dist", "*.tgz")


@pytest.mark.parametrize("package", ["crate", "sdist", "wheel", "tarball"])
def test_a_package_has_both_licences(package: str, request: pytest.FixtureRequest) -> None:
    assert missing_licences(request.getfixturevalue(package)) == []


def test_the_sdist_has_what_a_wheel_needs(sdist: Path) -> None:
    assert {"LICENSE-MIT", "THIRD-PARTY-NOTICES", "payseal.cyclonedx.json"} <= contents(sdist).keys()


@pytest.mark.parametrize("package", ["crate", "sdist", "wheel", "tarball"])
def test_a_package_names_no_folder_of_this_machine(package: str, request: pytest.FixtureRequest) -> None:
    assert naming_this_machine(request.getfixturevalue(package)) == []


def test_the_crates_tests_pass_outside_the_repository(shell: Shell, crate: Path, tmp_path: Path) -> None:
    assert published_crate.run_tests(shell, crate, tmp_path) > 0


def test_the_crate_builds_without_its_features(shell: Shell, crate: Path, tmp_path: Path) -> None:
    published_crate.check_without_features(shell, crate, tmp_path)
