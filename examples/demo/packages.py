"""The npm package as users get it: packed, and installed from the tarball.

`python -m examples.demo.packages [FOLDER…]` installs it into the examples, and into the folders.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from .places import NODE, NPM_PACKAGE, OUTPUT, WORKER

# In an installed package: the checksum of the tarball it came from. `npm ci` removes it with the package.
STAMP = "tarball-integrity"


def install(*folders: Path) -> None:
    """Installs the packed package into each folder, unless it is there already."""
    tarball, integrity = pack()
    for folder in folders:
        stamp = folder / "node_modules" / "payseal" / STAMP
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == integrity:
            continue
        print(f"npm install {tarball.name} in {folder}", flush=True)
        npm("install", "--no-save", str(tarball), folder=folder)
        stamp.write_text(integrity, encoding="utf-8")


def pack() -> tuple[Path, str]:
    """The tarball of the package as it was built, and its checksum."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    # Without scripts: they would build again.
    output = npm("pack", "--ignore-scripts", "--json", "--pack-destination", str(OUTPUT), folder=NPM_PACKAGE)
    (packed,) = json.loads(output)
    return OUTPUT / packed["filename"], packed["integrity"]


def npm(*arguments: str, folder: Path) -> str:
    """Runs npm in a folder, quietly, and returns what it prints."""
    command = ["npm", *arguments, "--no-audit", "--no-fund", "--loglevel=error"]
    return subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


if __name__ == "__main__":
    install(NODE, WORKER, *map(Path, sys.argv[1:]))
