"""Lists the public names of all three packages: python3 -m public_api.lists [--check]

The lists are kept in the repository, so that a change of what users can name shows in review. `--check` shows what
differs. The npm package has to be built; the others are read from their sources.
"""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .python_names import Names

ROOT = Path(__file__).resolve().parents[2]


class NewerFormat(Exception):
    """The compiler is newer than what reads its documentation here."""


def rust() -> str:
    """The crate's, with all its features but that of tests: read from what rustdoc writes for programs."""
    documented = [
        "cargo", "rustdoc", "--locked", "--quiet", "--package", "payseal", "--lib", "--features", "http,serde,std",
        "--target-dir", "target/public-api", "--", "-Z", "unstable-options", "--output-format", "json",
    ]  # fmt: skip
    # That output is not yet stable: it is used here alone.
    output(documented, RUSTC_BOOTSTRAP="1")
    return output(
        ["cargo", "run", "--locked", "--quiet", "--package", "payseal-public-api", "target/public-api/doc/payseal.json"]
    )


def typescript() -> str:
    return output(["node", "bindings-wasm/scripts/public-api.mjs"])


def python() -> str:
    return "".join(f"{line}\n" for line in Names(ROOT / "bindings-python" / "python" / "payseal").lines())


LISTS: dict[str, Callable[[], str]] = {
    "core/public-api.txt": rust,
    "bindings-wasm/public-api.d.ts": typescript,
    "bindings-python/public-api.txt": python,
}


def output(command: list[str], **environment: str) -> str:
    finished = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if finished.returncode == 2 and "rustdoc wrote format" in finished.stderr:
        raise NewerFormat(finished.stderr.strip())
    if finished.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{finished.stderr}")
    return finished.stdout


def difference(name: str, listed: str, found: str) -> str:
    """What differs, one line for each name; empty if nothing does."""
    lines = difflib.unified_diff(
        listed.splitlines(), found.splitlines(), f"{name} as listed", f"{name} as it is", n=0, lineterm=""
    )
    return "\n".join(lines)


def check(name: str) -> str:
    file = ROOT / name
    return difference(name, file.read_text(encoding="utf-8") if file.exists() else "", LISTS[name]())


def main() -> None:
    if sys.argv[1:] == ["--check"]:
        found = [text for text in map(check, LISTS) if text]
        if found:
            print("\n\n".join(found))
            raise SystemExit(
                "Public names have changed. If that is meant: `make public-api`, and a line in CHANGELOG.md."
            )
        return
    for name, listed in LISTS.items():
        (ROOT / name).write_text(listed(), encoding="utf-8")


if __name__ == "__main__":
    main()
