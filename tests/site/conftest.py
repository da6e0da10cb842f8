"""The site that `make docs` has built, and the same one built for another path, without a network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "readme")]

from built import Site  # noqa: E402

OTHER_BASE = "/payseal/"


@pytest.fixture(scope="session")
def repository() -> str:
    """The address of the project, as the npm package has it."""
    manifest = json.loads((ROOT / "bindings-wasm" / "package.json").read_text(encoding="utf-8"))
    url: str = manifest["repository"]["url"]
    return url.removeprefix("git+").removesuffix(".git")


@pytest.fixture(scope="session")
def site(repository: str) -> Site:
    """What `make docs` left."""
    folder = ROOT / "target" / "site"
    assert (folder / "index.html").is_file(), "run `make docs` first"
    return Site(folder, os.environ.get("DOCS_BASE") or "/", repository)


@pytest.fixture(scope="session")
def site_elsewhere(repository: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as it is built for GitHub Pages; without a network, where a process may be denied it."""
    folder = tmp_path_factory.mktemp("site")
    build = ["node_modules/.bin/vitepress", "build", "--outDir", str(folder)]
    finished = subprocess.run(
        [*without_network(), *build], cwd=ROOT / "docs", env={**os.environ, "DOCS_BASE": OTHER_BASE},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return Site(folder, OTHER_BASE, repository)


def without_network() -> list[str]:
    """What to put before a command so that it has no network; nothing where that is not allowed."""
    denied = ["unshare", "--map-root-user", "--net"]
    try:
        allowed = subprocess.run([*denied, "true"], capture_output=True, timeout=10, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    return denied if allowed else []
