"""actionlint and zizmor find nothing in .github; and both find a mistake that is put there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
GITHUB = HERE.parents[1] / ".github"
ZIZMOR = shutil.which("zizmor") or str(Path(sys.executable).parent / "zizmor")

needs_zizmor = pytest.mark.skipif(sys.version_info < (3, 11), reason="zizmor needs Python 3.11")


def actionlint(*files: Path) -> str:
    """What actionlint finds in workflows. It takes some seconds to start."""
    assert files
    command = ["node", str(HERE / "actionlint.mjs"), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """zizmor's judgement of a folder, without the network, at its strictest but for what its settings say."""
    command = [ZIZMOR, "--offline", "--persona=pedantic", "--no-progress", "--config", str(HERE / "zizmor.yml")]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of .github that may be broken."""
    return Path(shutil.copytree(GITHUB, tmp_path / ".github"))


def change(file: Path, old: str, new: str) -> int:
    """Changes the first place where something is written, and returns its line."""
    text = file.read_text(encoding="utf-8")
    at = text.index(old)
    file.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    return text.count("\n", 0, at) + 1


def test_actionlint_finds_nothing() -> None:
    assert actionlint(*sorted((GITHUB / "workflows").iterdir())) == ""


MISTAKES = {
    "ubuntu-24.04": ("ubuntu-42.04", "[runner-label]"),
    "needs: check": ("needs: checks", "[job-needs]"),
    "github.ref_name": ("github.reff_name", "[expression]"),
    "packages-dir: target/publish/${{ matrix.project }}": ("packages-dir: ${{ matrix.projects }}", "[expression]"),
    "steps.crates.outputs": ("steps.cratess.outputs", "[expression]"),
    "timeout-minutes: 10": ("timeout-minuts: 10", "[syntax-check]"),
}


def test_actionlint_finds_each_mistake(copy: Path) -> None:
    broken = copy / "workflows" / "release.yml"
    lines = []
    for old, (new, _) in MISTAKES.items():
        lines.append(change(broken, old, new))
    found = actionlint(broken)
    for line, (_, kind) in zip(lines, MISTAKES.values()):
        # A job that is needed and does not exist is told of at the job that needs it, just above.
        near = [told for at in range(line - 3, line + 1) for told in found.splitlines() if f"{broken}:{at}:" in told]
        assert any(kind in told for told in near), (line, kind, found)


@needs_zizmor
def test_zizmor_finds_nothing() -> None:
    finished = zizmor(GITHUB)
    assert finished.returncode == 0, finished.stdout + finished.stderr


@needs_zizmor
@pytest.mark.parametrize(
    ("file", "old", "new", "finding"),
    [
        ("workflows/ci.yml", "  pull_request:", "  pull_request_target:", "dangerous-triggers"),
        ("workflows/ci.yml", "persist-credentials: false", "fetch-depth: 1", "artipacked"),
        ("workflows/ci.yml", "permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("workflows/release.yml", '"$FOLDER" dist', "${{ github.ref_name }}", "template-injection"),
        ("workflows/release.yml", "@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "unpinned-uses"),
        ("dependabot.yml", "cooldown:", "labels: [a]\n    # cooldown:", "dependabot-cooldown"),
    ],
)
def test_zizmor_finds_a_mistake(copy: Path, file: str, old: str, new: str, finding: str) -> None:
    change(copy / file, old, new)
    finished = zizmor(copy)
    assert finished.returncode != 0
    assert finding in finished.stdout
