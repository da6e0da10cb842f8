"""Drafts the release on GitHub, with every file and its sum: python3 -m release.github TAG FOLDER

A draft that is there is filled again. A release that somebody has published is left as it is.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from . import changelog, sums
from .failure import ReleaseError, run
from .versions import of_tag


def gh(*arguments: str) -> subprocess.CompletedProcess[str]:
    """GitHub's command."""
    return subprocess.run(["gh", "release", *arguments], capture_output=True, text=True, check=False)


def draft(tag: str, folder: Path) -> None:
    """Makes the draft, or fills the one that is there."""
    version = of_tag(tag)
    notes = changelog.released(Path(changelog.CHANGELOG).read_text(encoding="utf-8"), version)
    found = gh("view", tag, "--json", "isDraft")
    if found.returncode == 0 and not json.loads(found.stdout)["isDraft"]:
        print(f"{tag} is published already")
        return
    if found.returncode != 0:
        kind = ["--prerelease"] if "-" in version else []
        _succeed("create", tag, "--draft", "--verify-tag", "--title", f"payseal {version}", "--notes", notes, *kind)
    _succeed("upload", tag, "--clobber", *map(str, [*sums.files(folder), folder / sums.NAME]))
    print(f"the draft of {tag} is complete")


def _succeed(*arguments: str) -> None:
    finished = gh(*arguments)
    if finished.returncode != 0:
        raise ReleaseError(f"gh release {arguments[0]} failed: {finished.stderr.strip()}")


def main(arguments: list[str]) -> None:
    """Drafts the release of a tag."""
    tag, folder = arguments
    draft(tag, Path(folder))


if __name__ == "__main__":
    run(main)
