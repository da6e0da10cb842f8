"""A running sandbox, and what a test does to the world on the other side of the wire."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypedDict
from urllib.parse import quote, urlsplit

from ._errors import SandboxError
from ._options import Options, arguments
from ._process import Process

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

# Nothing that the control API does takes time.
ANSWER_SECONDS = 30.0
POLL_SECONDS = 0.01

Answer = dict[str, Any]
"""An answer of the control API. Amounts are text."""


class Delivery(TypedDict):
    """One attempt to deliver a callback or a notification."""

    delivery: int
    """Which delivery it is an attempt of."""
    kind: str
    """`callback` or `notification`."""
    subject: str
    """The `uniqueid` of the invoice, or the UUID of the crypto invoice."""
    url: str
    body: str
    signature: str | None
    attempt: int
    """1 for the first attempt."""
    status: int | None
    """What it was answered with, if it was."""
    error: str | None
    """Why it was not answered."""
    time: str


class Order(TypedDict, total=False):
    """What an order to misbehave can say besides the action and the mode; the README has the modes."""

    uniqueid: str
    """Only requests that carry it."""
    times: int
    """How often; once if not given."""
    skip: int
    """Let so many pass first."""
    delay_ms: int
    hang_up_ms: int
    lag_ms: int
    answer: Literal[1, 2]
    status: int
    error: str
    body: Any
    form: Literal["404", "404-message", "words", "no-words", "list", "data"]
    retry_after: int


class Sandbox:
    """A running sandbox. Use it in a `with` statement, or call `stop`.

    It ends with the process that started it at the latest, even if that is killed.
    """

    url: str
    """`http://HOST:PORT`: its page, to look at in a browser."""
    base_url: str
    """The base URL of clients of both gateways."""
    api_key: str
    """The API key of Bitloga."""
    api_secret: str
    """The API secret of Bitloga."""
    wallet_id: str
    """The wallet of Api for Crypto."""

    def __init__(self, *words: str, **options: Unpack[Options]) -> None:
        chosen: Options = {"port": 0, **options}
        self._process = Process([*arguments(chosen), *words])
        self.url = self._process.url
        self.base_url = f"{self.url}/api/v1/"
        self.api_key = options.get("api_key", "sandbox-key")
        self.api_secret = options.get("api_secret", "sandbox-secret")
        self.wallet_id = options.get("wallet_id", "sandbox-wallet")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Sandbox {self.url}>"

    def stop(self) -> None:
        """Ends the sandbox and waits until it is gone. Once is enough; again does nothing."""
        self._process.stop()

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._process.is_running

    @property
    def pid(self) -> int:
        """The number of the program's process."""
        return self._process.id

    @property
    def logged(self) -> int:
        """How many bytes it has logged so far; see `logs`."""
        return self._process.logged

    def logs(self, after: int = 0) -> str:
        """What it has logged, after the first so many bytes: requests, deliveries and their outcomes."""
        return self._process.log(after)

    def pay(self, uniqueid: str) -> Answer:
        """Pays an invoice of Bitloga, which sends its callback. Returns the invoice."""
        return self._act("invoices", uniqueid, "pay")

    def fail(self, uniqueid: str) -> Answer:
        """Cancels an invoice of Bitloga, which sends its callback. Returns the invoice."""
        return self._act("invoices", uniqueid, "fail")

    def resend(self, uniqueid: str) -> Answer:
        """Sends the callback of an invoice of Bitloga again. Returns the invoice."""
        return self._act("invoices", uniqueid, "resend")

    def pay_crypto(self, uuid: str, *, partial: bool = False) -> Answer:
        """Pays a crypto invoice, or half of what is owed. Its notification follows when blocks have confirmed it."""
        return self._act("crypto", uuid, "pay", {"partial": partial})

    def payout(self, uniqueid: str) -> Answer:
        """The payouts of a `uniqueid`, each with its history, and every movement of money: `debits` and `returns`."""
        return self.get(f"payouts/{quote(uniqueid, safe='')}")

    def settle(self, uniqueid: str, action: Literal["complete", "fail", "cancel", "pend", "reverse"]) -> Answer:
        """Gives a payout another status, whatever it is now; the money moves with it."""
        return self._act("payouts", uniqueid, action)

    def misbehave(self, action: str, mode: str, **order: Unpack[Order]) -> Answer:
        """Orders a fault, such as `misbehave("withdraw", "drop-after")`: once if `times` does not say otherwise."""
        return self.post("misbehave", {"action": action, "mode": mode, **order})

    def reset(self) -> None:
        """Forgets everything, and behaves as the options say."""
        self.post("reset")

    def state(self) -> Answer:
        """Everything: balances, ledger, invoices, payouts, codes and what is still to be delivered."""
        return self.get("state")

    def deliveries(self, subject: str | None = None) -> list[Delivery]:
        """Every attempt to deliver a callback or notification, the oldest first; of one `uniqueid` or UUID if given."""
        attempts: list[Delivery] = self.get("deliveries")["deliveries"]
        return [each for each in attempts if subject is None or each["subject"] == subject]

    def wait_for_delivery(self, subject: str, *, status: int = 200, timeout: float = 10.0) -> Delivery:
        """Waits until an attempt to deliver something of this `uniqueid` or UUID was answered with this status.

        Raises `SandboxError` when `timeout` seconds are over, with what happened instead. Where the shop under test runs
        in your own event loop, wait in a thread: `await asyncio.to_thread(sandbox.wait_for_delivery, uniqueid)`.
        """
        deadline = time.monotonic() + timeout
        while True:
            attempts = self.deliveries(subject)
            for attempt in attempts:
                if attempt["status"] == status:
                    return attempt
            if time.monotonic() >= deadline:
                tried = "".join(
                    f"\n  attempt {each['attempt']} at {each['url']}: {each['error'] or each['status']}"
                    for each in attempts
                )
                raise SandboxError(
                    f"no delivery for {subject!r} was answered with {status} within {timeout:g} s"
                    + (f":{tried}" if tried else "; none was attempted")
                )
            time.sleep(POLL_SECONDS)

    def get(self, path: str) -> Answer:
        """Asks the control API: `sandbox.get("counts")`.

        Raises `SandboxError` if it refuses.
        """
        return self._call("GET", path)

    def post(self, path: str, body: Mapping[str, object] | None = None) -> Answer:
        """Tells the control API: `sandbox.post("balances", {"USD": "0"})`.

        Raises `SandboxError` if it refuses.
        """
        return self._call("POST", path, json.dumps(body or {}))

    def _act(self, kind: str, subject: str, action: str, body: Mapping[str, object] | None = None) -> Answer:
        return self.post(f"{kind}/{quote(subject, safe='')}/{action}", body)

    def _call(self, method: str, path: str, body: str | None = None) -> Answer:
        # The standard library's own connection: no proxy of the environment comes between.
        address = urlsplit(self.url)
        connection = HTTPConnection(address.hostname or "", address.port, timeout=ANSWER_SECONDS)
        try:
            connection.request(method, f"/sandbox/{path}", body)
            answer = json.loads(connection.getresponse().read())
        except (OSError, HTTPException, ValueError) as error:
            ended = "" if self.is_running else f"; it has ended and said:\n{self.logs()}"
            raise SandboxError(f"the sandbox does not answer {method} {path}: {error}{ended}") from error
        finally:
            connection.close()
        if not isinstance(answer, dict) or answer.get("success") is not True:
            reason = answer.get("error") if isinstance(answer, dict) else answer
            raise SandboxError(f"the sandbox refused {method} {path}: {reason}")
        return answer


def start(*words: str, **options: Unpack[Options]) -> Sandbox:
    """Starts a sandbox on a free port, and returns when it listens.

    Words, if any, go to the command line as they are.

    Raises `TypeError` if there is no such option, and `SandboxError` with what the program said if it does not start.
    """
    return Sandbox(*words, **options)
