"""Installs the built packages into empty projects and uses each once, on any system: tests/smoke/run.py FOLDER…

The packages are looked for in the folders and all folders within. pip chooses the wheel of this machine by its name, as
it does for users. Nothing is fetched, nothing is compiled, and only Python and Node have to be there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parent / "vectors" / "bitloga.json"


def run(folder: Path, *command: str | Path) -> None:
    """Runs a program in a folder, and ends this one if it fails."""
    # npm is a script on Windows, which is not found without its suffix.
    program = shutil.which(command[0]) or sys.exit(f"smoke: {command[0]} is missing")
    finished = subprocess.run([program, *command[1:]], cwd=folder, timeout=300, check=False)
    if finished.returncode != 0:
        sys.exit(f"smoke: failed: {' '.join(map(str, command))}")


def packages(folders: Iterable[Path], pattern: str) -> list[Path]:
    """The packages of that name; there has to be one."""
    found = sorted(path.resolve() for folder in folders for path in folder.rglob(pattern))
    return found or sys.exit(f"smoke: no {pattern} in {' '.join(map(str, folders))}")


def use_wheel(wheels: Iterable[Path], project: Path) -> None:
    """Installs the wheel that fits this machine, and uses it."""
    venv.create(project, with_pip=True)
    python = project / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    links = [f"--find-links={folder}" for folder in sorted({wheel.parent for wheel in wheels})]
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--only-binary=:all:")
    run(project, python, *pip, *links, "payseal")
    # Without the folder of the script on the path, and without the settings of the user.
    run(project, python, "-I", HERE / "smoke.py", VECTORS)


def use_tarball(tarball: Path, project: Path) -> None:
    """Installs the npm package, and uses it from a module beside it."""
    (project / "package.json").write_text('{ "private": true }\n', encoding="utf-8")
    run(project, "npm", "install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", tarball)
    shutil.copy(HERE / "smoke.mjs", project)
    run(project, "node", "smoke.mjs", VECTORS)


def main(folders: list[Path]) -> None:
    """Both packages, each in a project of its own."""
    wheels = packages(folders, "payseal-*.whl")
    (tarball,) = packages(folders, "payseal-[0-9]*.tgz")
    with tempfile.TemporaryDirectory() as project:
        use_wheel(wheels, Path(project))
    with tempfile.TemporaryDirectory() as project:
        use_tarball(tarball, Path(project))


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]] or sys.exit("smoke: name the folders with the packages"))
