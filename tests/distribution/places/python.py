"""A Python that is set up, and how the tests of a wheel run in it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from . import outcome
from .folders import ROOT, SetUpFailed
from .outcome import Outcome
from .pypi import Installer

TESTS = ROOT / "bindings-python" / "tests"
MINUTES = 40
"""How long the tests may take. Emulators are slow."""

# Prints which Python this is, if the native module of the folder of packages can be loaded in it.
_IDENTIFY = """
import os, sys, sysconfig
import payseal._native as native
folder = os.path.dirname(os.path.dirname(native.__file__))
assert os.path.samefile(folder, sys.argv[1]), f"payseal came from {folder}"
machine = os.uname().machine if hasattr(os, "uname") else sysconfig.get_platform()
gil = "" if getattr(sys, "_is_gil_enabled", lambda: True)() else " without the GIL"
print(f"CPython {sys.version.split()[0]} on {machine}{gil}")
"""


@dataclass(frozen=True)
class Python:
    """A Python, into whose folder of packages wheels are installed."""

    command: tuple[str, ...]
    site: Path
    installer: Installer
    environment: Mapping[str, str] = field(default_factory=dict)
    drive: str = ""
    """What stands before a path of this machine."""

    def run_tests(self, wheel: Path, log: Path) -> Outcome:
        """Installs the wheel instead of the last one, and runs the package's tests against it."""
        for old in (self.site / "payseal", *self.site.glob("payseal-*.dist-info")):
            shutil.rmtree(old, ignore_errors=True)
        try:
            self.installer.wheel(wheel)
        except SetUpFailed as error:
            return Outcome("failed", f"{wheel.name} cannot be installed: {outcome.last_line(str(error))}")
        status, printed = self._run(["-c", _IDENTIFY, self._path(self.site)])
        about = outcome.last_line(printed)
        log.write_text(printed, "utf-8")
        if status != 0 or not about.startswith("CPython "):
            return Outcome("failed", f"payseal cannot be imported, exit status {status}: {about}")
        status, printed = self._run(["-m", "pytest", "-q", "-p", "no:cacheprovider", self._path(TESTS)])
        log.write_text(printed, "utf-8")
        return outcome.of_tests(status, printed, about)

    def _path(self, path: Path) -> str:
        return f"{self.drive}{path}"

    def _run(self, arguments: list[str]) -> tuple[int, str]:
        """The exit status and all output. What does not end is ended, with everything it started."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST"))}
        environment = {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", **self.environment}
        with subprocess.Popen(
            [*self.command, *arguments], cwd=self.site, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
            start_new_session=True,
        ) as process:  # fmt: skip
            try:
                printed, _ = process.communicate(timeout=MINUTES * 60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                printed, _ = process.communicate()
                return -signal.SIGKILL, f"{printed}\nended after {MINUTES} minutes"
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        return process.returncode, printed
