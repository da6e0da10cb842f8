"""A wrong version in one place stops a release, whichever place it is."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from release import versions
from release.conftest import ROOT, npm_package
from release.failure import ReleaseError

PLACES = versions.places(ROOT)
FILES = sorted({place.file for place in PLACES})
VERSION = versions.check(ROOT, None)[0]
TAG = f"v{VERSION}"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A repository with the files that name the version, ready to be released."""
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, tmp_path / file)
    changelog = (tmp_path / "CHANGELOG.md").read_text(encoding="utf-8")
    dated = re.sub(r"^(## \S+) \(.+\)$", r"\1 (2026-01-31)", changelog, count=1, flags=re.MULTILINE)
    (tmp_path / "CHANGELOG.md").write_text(dated, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
    return tmp_path


def test_all_places_of_this_repository_name_one_version() -> None:
    assert {"Cargo.toml", "bindings-wasm/package.json", "CHANGELOG.md", "README.md", "Cargo.lock"} <= set(FILES)


def test_a_tag_of_that_version_may_be_released(copy: Path) -> None:
    assert versions.check(copy, TAG) == (VERSION, len(PLACES))


# What is replaced in each file, in turn: the part before the version tells which of them is meant.
BEFORE = {
    "Cargo.toml": r'(?:^version = |\bpayseal[\w-]* = \{[^}\n]*version = )"',
    "Cargo.lock": r'^name = "payseal(?:-sandbox)?"\nversion = "',
    "package.json": r'^  "version": "',
    "package-lock.json": r'^  "version": "',
    "CHANGELOG.md": r"\A[\s\S]*?^## ",
    "README.md": r"/payseal-",
}
WRONG = [
    pytest.param(file, found.end(), id=f"{file} {found.end()}")
    for file in FILES
    for found in re.finditer(
        BEFORE[Path(file).name] + f"(?={re.escape(VERSION)})", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE
    )
]


def test_each_place_is_made_wrong_below() -> None:
    assert len(WRONG) == len(PLACES)


@pytest.mark.parametrize(("file", "at"), WRONG)
def test_a_wrong_version_in_one_place_is_found(copy: Path, file: str, at: int) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(text[:at] + "9.9.9" + text[at + len(VERSION) :], encoding="utf-8")
    with pytest.raises(ReleaseError, match=re.escape(file)):
        versions.check(copy, TAG)
    with pytest.raises(ReleaseError):
        versions.check(copy, None)


def test_packages_that_name_an_exact_version_of_ours_are_read(copy: Path) -> None:
    folder = copy / "sandbox"
    folder.mkdir()
    (folder / "package.json").write_text('{"version": "0.0.0", "optionalDependencies": {"payseal-linux": "9.9.8"}}')
    (folder / "pyproject.toml").write_text('[project]\nversion = "9.9.7"\n')
    subprocess.run(["git", "add", "--all"], cwd=copy, check=True)
    with pytest.raises(ReleaseError) as error:
        versions.check(copy, TAG)
    assert str(error.value).splitlines()[1:] == [
        "  sandbox/package.json: the dependency payseal-linux is 9.9.8",
        "  sandbox/pyproject.toml: project.version is 9.9.7",
    ]


@pytest.mark.parametrize("tag", ["v9.9.9", f"{TAG}-rc.1", VERSION, f"{TAG}.0", f"release-{VERSION}", f"{TAG}-beta", ""])
def test_another_tag_is_refused(copy: Path, tag: str) -> None:
    with pytest.raises(ReleaseError):
        versions.check(copy, tag)


def test_a_section_without_a_day_is_not_released(copy: Path) -> None:
    text = (copy / "CHANGELOG.md").read_text(encoding="utf-8").replace("(2026-01-31)", "(unreleased)")
    (copy / "CHANGELOG.md").write_text(text, encoding="utf-8")
    versions.check(copy, None)
    with pytest.raises(ReleaseError, match="the day of the release"):
        versions.check(copy, TAG)


def test_built_packages_have_to_be_of_the_version(dist: Path) -> None:
    assert versions.check_built(dist, "1.2.3") == 7
    npm_package(dist, "payseal-sandbox-linux-arm64", "1.2.2")
    with pytest.raises(ReleaseError, match=r"payseal-sandbox-linux-arm64-1\.2\.2\.tgz"):
        versions.check_built(dist, "1.2.3")


def test_python_writes_a_candidate_in_its_own_way() -> None:
    assert versions.of_tag("v1.2.3-rc.1") == "1.2.3-rc.1"
    assert versions.spellings("1.2.3-rc.1") == ("1.2.3-rc.1", "1.2.3rc1")
