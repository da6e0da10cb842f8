"""How wheels are bounded and tested, as in the suite that builds one for this machine alone."""

from __future__ import annotations

import sys

from commands import ROOT

sys.path.append(str(ROOT / "bindings-python"))

from release_check import WHEEL_BOUND, build_from, install, run_tests

__all__ = ["WHEEL_BOUND", "build_from", "install", "run_tests"]
