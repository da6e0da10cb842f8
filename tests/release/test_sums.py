"""Sums of what is published, and whether two builds are the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from release import sums
from release.failure import ReleaseError


def test_sums_are_what_sha256sum_checks(dist: Path) -> None:
    sums.main([str(dist)])
    finished = subprocess.run(["sha256sum", "--check", "--strict", sums.NAME], cwd=dist, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.count(": OK") == 8


def test_sums_stay_the_same_when_they_are_written_again(dist: Path) -> None:
    sums.main([str(dist)])
    before = (dist / sums.NAME).read_bytes()
    sums.main([str(dist)])
    assert (dist / sums.NAME).read_bytes() == before


def test_reports_are_no_part_of_a_release(dist: Path) -> None:
    before = sums.sums(dist)
    (dist / "table.md").write_text("built in 5 minutes")
    assert sums.sums(dist) == before


def test_equal_builds_are_equal(dist: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_text(sums.sums(dist))
    sums.main([str(dist), str(tmp_path / "other")])


@pytest.mark.parametrize("change", ["another byte", "one more", "one less"])
def test_a_difference_is_named(dist: Path, tmp_path: Path, change: str) -> None:
    (tmp_path / "other").write_text(sums.sums(dist))
    file = dist / ("new.whl" if change == "one more" else "payseal-1.2.3.crate")
    if change == "one less":
        file.unlink()
    else:
        file.write_text("another crate")
    with pytest.raises(ReleaseError, match=file.name):
        sums.main([str(dist), str(tmp_path / "other")])


def test_two_files_of_one_name_are_refused(dist: Path) -> None:
    (dist / "again").mkdir()
    (dist / "again" / "payseal-1.2.3.crate").write_text("a crate")
    with pytest.raises(ReleaseError, match=r"one name: payseal-1\.2\.3\.crate"):
        sums.files(dist)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="nothing to publish"):
        sums.files(tmp_path)
