"""docs/releasing.md names what is there: places of the version, placeholders, jobs and environments."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from release import versions
from release.conftest import ROOT

PAGE = (ROOT / "docs" / "releasing.md").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
# Where the placeholder address is not meant to be replaced.
NOT_REPLACED = ("tests/", "docs/releasing.md")


def part(heading: str) -> str:
    """A section of the page."""
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def test_every_place_of_the_version_is_named() -> None:
    named = part("Before the tag")
    files = {place.file for place in versions.places(ROOT)}
    # Lock files are written by their tools.
    missing = {file for file in files if f"`{file}`" not in named and "lock" not in Path(file).name}
    assert missing == set()


def test_every_file_with_the_placeholder_is_named() -> None:
    command = ["git", "grep", "--cached", "-l", "payseal[.]example"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    files = [file for file in listed if not file.startswith(NOT_REPLACED)]
    assert {"Cargo.toml", "SECURITY.md"} <= set(files)
    assert [file for file in files if f"`{file}`" not in part("The first release")] == []


def test_the_table_of_jobs_is_that_of_the_workflow() -> None:
    jobs = re.findall(r"^  ([a-z]+):\n    (?:name|needs):", WORKFLOW, re.MULTILINE)
    assert jobs == re.findall(r"^\| `([a-z]+)` \|", part("What happens"), re.MULTILINE)


@pytest.mark.parametrize("environment", sorted(set(re.findall(r"environment: ([\w-]+)", WORKFLOW))))
def test_every_environment_has_to_be_made(environment: str) -> None:
    assert f"`{environment}`" in part("The first release")
    assert f"`{environment}`" in part("What happens")
