"""The draft of a release on GitHub, made by a `gh` that notes how it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest

from release import github, sums
from release.failure import ReleaseError

Program = Callable[[str, str], Path]


@pytest.fixture
def repository(tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3 (2026-01-31)\n\n- One.\n")
    sums.main([str(dist)])
    return tmp_path


def test_a_draft_has_the_section_and_every_file(repository: Path, dist: Path, program: Program) -> None:
    calls = program("gh", "[ $2 != view ]")
    github.draft("v1.2.3", dist)
    _, create, upload = calls.read_text().splitlines()
    assert create == "release create v1.2.3 --draft --verify-tag --title payseal 1.2.3 --notes - One."
    assert upload.startswith("release upload v1.2.3 --clobber ")
    assert {Path(word).name for word in upload.split()[4:]} == {file.name for file in dist.iterdir()}


def test_a_draft_that_is_there_is_filled_again(repository: Path, dist: Path, program: Program) -> None:
    calls = program("gh", """[ $2 != view ] || echo '{"isDraft": true}'""")
    github.draft("v1.2.3", dist)
    assert [line.split()[1] for line in calls.read_text().splitlines()] == ["view", "upload"]


def test_a_published_release_is_left_alone(repository: Path, dist: Path, program: Program) -> None:
    calls = program("gh", """echo '{"isDraft": false}'""")
    github.draft("v1.2.3", dist)
    assert [line.split()[1] for line in calls.read_text().splitlines()] == ["view"]


@pytest.mark.parametrize("step", ["create", "upload"])
def test_a_failure_is_told(repository: Path, dist: Path, program: Program, step: str) -> None:
    program("gh", f"[ $2 != view ] && [ $2 != {step} ]")
    with pytest.raises(ReleaseError, match=f"gh release {step} failed"):
        github.draft("v1.2.3", dist)


def test_a_section_of_another_version_is_not_published(repository: Path, dist: Path, program: Program) -> None:
    program("gh", "exit 0")
    with pytest.raises(ReleaseError, match=r"begins with 1\.2\.3"):
        github.draft("v1.2.4", dist)
