"""Where things are, and how what is set up is kept."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TARGET = ROOT / "target" / "places"
REQUIREMENTS = HERE / "requirements"


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Only one process at a time sets up or uses what has this name."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made(folder: Path, key: str, make: Callable[[Path], None]) -> Path:
    """The folder as `make` leaves it. It is made again when the key has changed or the last try did not end.

    It is also made again after it was moved: loaders and launchers in it name it.
    """
    key = key_of(key, str(folder))
    stamp = folder.parent / f"{folder.name}.stamp"
    if not folder.is_dir() or not stamp.is_file() or stamp.read_text("utf-8") != key:
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
        stamp.write_text(key, "utf-8")
    return folder


def key_of(*parts: str | Path) -> str:
    """A key that changes with each text and with the content of each file."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def command(arguments: Sequence[str | Path], **options: object) -> str:
    """Runs a command of a set-up, and returns what it printed. Raises `SetUpFailed` with its last lines."""
    given = [str(argument) for argument in arguments]
    result = subprocess.run(  # type: ignore[call-overload]
        given, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        errors="replace", **options,
    )  # fmt: skip
    if result.returncode != 0:
        lines = "\n".join(result.stdout.strip().splitlines()[-5:])
        raise SetUpFailed(f"{Path(given[0]).name} exited with {result.returncode}: {lines}")
    return str(result.stdout)


def set_up(*parts: str) -> None:
    """Parts of the project's own set-up."""
    command([ROOT / "tests" / "setup.sh", *parts])


class SetUpFailed(Exception):
    """A step of a set-up failed, which is not the wheel's fault."""
