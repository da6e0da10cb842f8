"""What a release says about itself."""

from __future__ import annotations

import re

import pytest

from release import changelog
from release.conftest import ROOT
from release.failure import ReleaseError

TEXT = "# Changelog\n\nNotable.\n\n## 1.2.0 (2026-01-31)\n\n- One.\n- Two.\n\n## 1.1.0 (2025-12-01)\n\n- Old.\n"


def test_the_section_of_a_version_is_all_that_is_said_about_it() -> None:
    assert changelog.released(TEXT, "1.2.0") == "- One.\n- Two."


@pytest.mark.parametrize(
    ("text", "version", "message"),
    [
        (TEXT, "1.1.0", "begins with 1.2.0"),
        (TEXT, "1.3.0", "begins with 1.2.0"),
        (TEXT.replace("2026-01-31", "unreleased"), "1.2.0", "the day of the release"),
        (TEXT.replace("- One.\n- Two.\n", ""), "1.2.0", "says nothing"),
        ("# Changelog\n", "1.2.0", "no heading"),
    ],
)
def test_what_is_not_ready_is_refused(text: str, version: str, message: str) -> None:
    with pytest.raises(ReleaseError, match=message):
        changelog.released(text, version)


def test_every_section_of_this_repository_can_be_read() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert len(changelog.sections(text)) == len(re.findall(r"^## ", text, re.MULTILINE))
