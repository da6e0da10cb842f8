"""A release that failed in the middle is run again: what is published is left out, and nothing is replaced."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Callable

import pytest
import registries as loopback

from release import publish, sums
from release.conftest import npm_package
from release.failure import ReleaseError
from release.packages import NPM, packages
from release.registries import is_published

Program = Callable[[str, str], Path]

# `npm view` is npm's own; what would be published is noted.
NPM_COMMAND = 'case $1 in --version) echo {version} ;; view) exec "$real" "$@" ;; *) exit {status} ;; esac'


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, bytes]]:
    """What the registries have: nothing, until a test adds something."""
    files: dict[str, bytes] = {}
    with loopback.serving(files) as address:
        for variable in ("PAYSEAL_CRATES_IO", "PAYSEAL_PYPI", "npm_config_registry"):
            monkeypatch.setenv(variable, address)
        monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm-cache"))
        yield files


def add(registry: dict[str, bytes], file: Path, content: bytes | None = None) -> None:
    """Publishes a file, perhaps with another content."""
    digest = hashlib.sha256(file.read_bytes() if content is None else content).hexdigest()
    (package,) = (package for package in packages(file.parent) if package.file == file)
    if file.suffix == ".crate":
        answer = {"version": {"checksum": digest}}
        registry[f"/api/v1/crates/{package.name}/{package.version}"] = json.dumps(answer).encode()
    elif package.registry == NPM:
        registry.update(loopback.npm(file))
        described = json.loads(registry[f"/{package.name}"])
        integrity = "sha512-" + sha512(file.read_bytes() if content is None else content)
        described["versions"][package.version]["dist"]["integrity"] = integrity
        registry[f"/{package.name}"] = json.dumps(described).encode()
    else:
        path = f"/pypi/{package.name}/{package.version}/json"
        answer = json.loads(registry.get(path, b'{"urls": []}'))
        answer["urls"].append({"filename": file.name, "digests": {"sha256": digest}})
        registry[path] = json.dumps(answer).encode()


def sha512(content: bytes) -> str:
    return base64.b64encode(hashlib.sha512(content).digest()).decode()


def published(calls: Path) -> list[str]:
    """The files or packages that a program was told to publish."""
    lines = [line.split() for line in calls.read_text().splitlines()]
    return [Path(word).name for line in lines if line[0] == "publish" for word in line if "payseal" in word]


ALL_OF_NPM = ["payseal-1.2.3.tgz", "payseal-sandbox-linux-x64-1.2.3.tgz", "payseal-sandbox-1.2.3.tgz"]


def test_what_others_need_is_published_first(dist: Path, registry: dict[str, bytes], program: Program) -> None:
    calls = program("npm", NPM_COMMAND.format(version="11.5.1", status=0))
    publish.npm(dist)
    assert published(calls) == ALL_OF_NPM
    last = calls.read_text().splitlines()[-1]
    assert last.endswith("payseal-sandbox-1.2.3.tgz --provenance --access public --tag latest")


@pytest.mark.parametrize("number", [1, 2])
def test_npm_goes_on_where_it_failed(dist: Path, registry: dict[str, bytes], program: Program, number: int) -> None:
    for name in ALL_OF_NPM[:number]:
        add(registry, dist / name)
    calls = program("npm", NPM_COMMAND.format(version="11.5.1", status=0))
    publish.npm(dist)
    assert published(calls) == ALL_OF_NPM[number:]


def test_a_failure_ends_it_at_once(dist: Path, registry: dict[str, bytes], program: Program) -> None:
    calls = program("npm", NPM_COMMAND.format(version="11.5.1", status=1))
    with pytest.raises(ReleaseError, match="failed: npm publish"):
        publish.npm(dist)
    assert published(calls) == ALL_OF_NPM[:1]


def test_nothing_is_published_if_one_package_differs(dist: Path, registry: dict[str, bytes], program: Program) -> None:
    add(registry, dist / ALL_OF_NPM[2], b"other bytes")
    calls = program("npm", NPM_COMMAND.format(version="11.5.1", status=0))
    with pytest.raises(ReleaseError, match="with other bytes"):
        publish.npm(dist)
    assert published(calls) == []


@pytest.mark.parametrize("version", ["11.4.2", "10.9.0"])
def test_an_older_npm_is_refused(dist: Path, registry: dict[str, bytes], program: Program, version: str) -> None:
    calls = program("npm", NPM_COMMAND.format(version=version, status=0))
    with pytest.raises(ReleaseError, match=r"11\.5 can"):
        publish.npm(dist)
    assert published(calls) == []


def test_a_candidate_is_not_what_people_get(tmp_path: Path, registry: dict[str, bytes], program: Program) -> None:
    folder = tmp_path / "candidate"
    folder.mkdir()
    npm_package(folder, "payseal", "1.2.3-rc.1")
    calls = program("npm", NPM_COMMAND.format(version="11.6.0", status=0))
    publish.npm(folder)
    assert calls.read_text().splitlines()[-1].endswith("--tag next")


def test_a_crate_is_published_once(dist: Path, registry: dict[str, bytes], program: Program) -> None:
    calls = program("cargo", "exit 0")
    publish.crates(dist)
    assert calls.read_text() == "publish --locked --no-verify --package payseal\n"
    add(registry, dist / "payseal-1.2.3.crate")
    publish.crates(dist)
    assert len(calls.read_text().splitlines()) == 1
    add(registry, dist / "payseal-1.2.3.crate", b"other bytes")
    with pytest.raises(ReleaseError, match="with other bytes"):
        publish.crates(dist)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("payseal", ["payseal-1.2.3-cp39-abi3-win_amd64.whl", "payseal-1.2.3.tar.gz"]),
        ("payseal-sandbox", ["payseal_sandbox-1.2.3-py3-none-win_amd64.whl"]),
    ],
)
def test_the_files_of_a_project_are_put_aside(
    dist: Path, registry: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, files: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    add(registry, dist / files[0])
    publish.stage(dist, name)
    assert sorted(file.name for file in (tmp_path / "target" / "publish" / name).iterdir()) == files
    registry.clear()
    add(registry, dist / files[0], b"other bytes")
    with pytest.raises(ReleaseError, match="with other bytes"):
        publish.stage(dist, name)


def test_everything_is_verified_at_the_end(dist: Path, registry: dict[str, bytes]) -> None:
    built = packages(dist)
    for package in built[:-1]:
        add(registry, package.file)
    with pytest.raises(ReleaseError) as error:
        publish.verify(dist, attempts=2, pause=0)
    assert str(error.value).splitlines() == ["not published:", f"  {built[-1]}"]
    add(registry, built[-1].file)
    publish.verify(dist, attempts=1)


def test_a_registry_that_is_down_is_not_taken_for_an_empty_one(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing listens there.
    for variable in ("PAYSEAL_CRATES_IO", "PAYSEAL_PYPI", "npm_config_registry"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    for package in packages(dist):
        with pytest.raises(ReleaseError):
            is_published(package)


def test_what_no_registry_takes_is_only_summed(dist: Path) -> None:
    program = "payseal-sandbox-1.2.3-x86_64-unknown-linux-musl.tar.gz"
    assert program in sums.sums(dist)
    assert program not in [package.file.name for package in packages(dist)]
