"""The examples and these tests are typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from conftest import SHOPS
from processes import ROOT

HERE = Path(__file__).parent
PROGRAMS = ROOT / "examples" / "python"


def check(*command: str) -> None:
    """Runs a type checker of this environment."""
    environment = {**os.environ, "MYPYPATH": os.pathsep.join([str(SHOPS), str(PROGRAMS), str(HERE)])}
    checked = subprocess.run(
        [sys.executable, "-m", *command], cwd=HERE, env=environment, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_mypy_strict() -> None:
    modules = sorted(str(path) for folder in (SHOPS, HERE) for path in folder.rglob("*.py"))
    check("mypy", "--strict", "--cache-dir", str(ROOT / "target" / "mypy-frameworks"), *modules)


def test_pyright() -> None:
    check("pyright", "--project", str(HERE), "--pythonpath", sys.executable)
