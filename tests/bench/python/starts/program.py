"""What every program of the cold start has in common: it says when its first callback is verified, and goes on when
told."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

body = sys.argv[1].encode()
signature = sys.argv[2]


def run(verify: "Callable[[], str]") -> None:
    """Says that the first callback has been verified; then verifies more, and says so again."""
    if verify() != "125":
        raise ValueError("reads something else")
    tell()
    for _ in range(int(sys.argv[3])):
        verify()
    tell()


def tell() -> None:
    """One byte to say how far it is; one to be told that its memory was looked at."""
    os.write(1, b".")
    os.read(0, 1)
