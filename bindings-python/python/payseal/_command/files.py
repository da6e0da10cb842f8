"""Files and standard input, read as bytes."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from .failure import unreachable

_REASONS = {
    errno.ENOENT: "no such file",
    errno.EACCES: "permission denied",
    errno.EISDIR: "it is a folder",
}
_PASTE = (
    "Paste the body, then press Ctrl-D twice: a line break at its end would count as part of it."
    " --body FILE reads a file.\n"
)


def read_file(option: str, file: str) -> bytes:
    """The bytes of the file that an option names."""
    try:
        return Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise unreachable(f"the file of {option} cannot be read: {_reason(error)}") from None


def write_file(option: str, file: str, content: bytes) -> None:
    """Writes the file that an option names."""
    try:
        Path(file).write_bytes(content)
    except (OSError, ValueError) as error:
        raise unreachable(f"the file of {option} cannot be written: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    return _REASONS.get(getattr(error, "errno", None) or 0, "the system refuses it")


def read_body(file: str | None) -> bytes:
    """The body: of a file, or of standard input."""
    if file is not None and file != "-":
        return read_file("--body", file)
    if sys.stdin.isatty():
        sys.stderr.write(_PASTE)
        sys.stderr.flush()
    return sys.stdin.buffer.read()
