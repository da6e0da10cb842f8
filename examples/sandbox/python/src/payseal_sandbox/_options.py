"""What can be chosen when a sandbox is started."""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypedDict


class Options(TypedDict, total=False):
    """The options of the command line, by their names there. What is not given is as on the command line.

    The one difference: without a `port` a free one is taken.
    """

    host: str
    """Address to listen on; `127.0.0.1` if not given."""
    port: int
    """Port to listen on."""
    api_key: str
    """The one API key that Bitloga requests may carry; `sandbox-key` if not given."""
    api_secret: str
    """The secret that signs Bitloga requests and callbacks; `sandbox-secret` if not given."""
    wallet_id: str
    """The one wallet of Api for Crypto; `sandbox-wallet` if not given."""
    state: str | os.PathLike[str] | None
    """SQLite file that keeps the state across restarts; without it the state lives in memory."""
    php_json: bool
    r"""Write JSON the way PHP does: `\/`, `\u` escapes, no trailing zeros."""
    pause_scale: float
    """Factor on the pauses between attempts to deliver a callback, which are 1 s, 2 s, 4 s … 256 s."""
    auto_pay: int | None
    """Pay every new invoice by itself, so many milliseconds after it was created."""
    block_time: int
    """Milliseconds between two blocks of the pretended blockchains."""
    details_lag: int
    """`details` answers as the world was so many milliseconds ago."""
    not_known: Literal["404", "404-message", "words", "no-words", "list", "data"]
    """How `details` says that it does not know a `uniqueid`."""
    repeats: Literal["refuse", "replay", "pay"]
    """What a `withdraw` does whose `uniqueid` is a payout's already."""
    payouts_pending: int
    """For how many milliseconds payouts are pending."""
    payouts_end: Literal["complete", "cancel", "fail"]
    """How payouts end."""
    body_timeout: int
    """How many milliseconds a request may take to arrive as a whole."""
    allow_host: Sequence[str]
    """Further names that the control API may be reached by."""
    trouble: Mapping[str, object] | None
    """Random trouble, as `POST /sandbox/trouble` takes it."""
    seed: int | None
    """What random trouble is drawn from; without it a number is drawn and logged."""


def arguments(options: Mapping[str, object]) -> Iterator[str]:
    """The options as words of the command line.

    Raises `TypeError` if there is no such option.
    """
    known = Options.__annotations__
    for name, value in options.items():
        if name not in known:
            alike = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {alike[0]!r}?" if alike else ""
            raise TypeError(f"the sandbox has no option {name!r}{hint}")
        flag = "--" + name.replace("_", "-")
        if value is True:
            yield flag
        elif isinstance(value, Mapping):
            yield f"{flag}={json.dumps(value)}"
        elif isinstance(value, (list, tuple)):
            yield from (f"{flag}={each}" for each in value)
        elif value is not None and value is not False:
            # One word, so that a value may begin with a hyphen.
            yield f"{flag}={os.fspath(value) if isinstance(value, os.PathLike) else value}"
