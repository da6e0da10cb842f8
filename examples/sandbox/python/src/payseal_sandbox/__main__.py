"""`python -m payseal_sandbox` is the command `payseal-sandbox`."""

from __future__ import annotations

import os
import subprocess
import sys

from ._errors import SandboxError
from ._program import program


def main() -> int:
    """Becomes the program, or runs it where a process cannot become another."""
    try:
        command = [str(program()), *sys.argv[1:]]
    except SandboxError as error:
        print(f"payseal-sandbox: {error}", file=sys.stderr)
        return 1
    if os.name == "posix":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
