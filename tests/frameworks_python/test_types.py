"""The examples and these tests are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import SHOPS
from processes import ROOT

HERE = Path(__file__).parent


def test_mypy_strict() -> None:
    modules = sorted(str(path) for folder in (SHOPS, HERE) for path in folder.rglob("*.py"))
    cache = str(ROOT / "target" / "mypy-frameworks")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, *modules],
        env={"MYPYPATH": os.pathsep.join([str(SHOPS), str(HERE)])},
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
