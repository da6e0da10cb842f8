from collections.abc import Iterator
from decimal import Decimal
from types import GenericAlias, MappingProxyType
from typing import Any, ClassVar, Generic, final

from typing_extensions import Self, TypeVar, disjoint_base

from ._payout import Diagnosis, Done, Outcome, Progress, Send, Wait, WatchOutcome
from ._results import Callback, CodePage, Notification
from .types import Body, Headers, PayoutPolicy, UnknownFields, WatchPolicy

__all__ = [
    "Call",
    "Client",
    "CodePages",
    "Fields",
    "Machine",
    "Payout",
    "Request",
    "SecretKeyClient",
    "SignedCallback",
    "SignedClient",
    "TestMessage",
    "TestNotification",
    "Watch",
    "__version__",
    "amount_text",
    "compare",
    "defined_once",
    "diagnose",
    "payout",
    "resume_bitloga_watch",
    "resume_crypto_watch",
    "resume_payout",
    "sign_callback",
    "sign_callback_body",
    "test_notification",
    "unique_id",
    "watch_bitloga",
    "watch_crypto",
]

_Answer = TypeVar("_Answer", covariant=True)
_Page = TypeVar("_Page", default=CodePage)
_Definition = TypeVar("_Definition")

__version__: str

@disjoint_base
class Client:
    """The base of every client's class."""

    _gateway: ClassVar[str]
    """The name of the gateway, in each gateway's class."""
    def __new__(cls, *_arguments: Any, **_keywords: Any) -> Self: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any) -> Self: ...
    def _open(self, values: tuple[Any, ...]) -> None: ...
    def _call(self, name: str, values: tuple[Any, ...]) -> Call[Any]: ...
    def _pages(self, name: str, values: tuple[Any, ...]) -> CodePages[Any]: ...

class SignedClient(Client):
    """A client of a gateway that signs its callbacks."""

    def verify_callback(self, body: Body, source: str | bytes | Headers | None) -> Any: ...

class SecretKeyClient(Client):
    """A client of a gateway whose notifications carry a secret key."""

    def verify_notification(self, body: Body, secret_key: str | None = None) -> Any: ...

@final
class Fields:
    """What ``Extra`` reads its mapping from."""

    def mapping(self) -> MappingProxyType[str, Any]:
        """The fields as an immutable mapping, made when first asked for."""

@disjoint_base
class Request:
    """An HTTP request, to be sent unchanged and without following redirects."""

    @property
    def method(self) -> str:
        """``GET`` or ``POST``."""
    @property
    def url(self) -> str:
        """The absolute URL."""
    @property
    def headers(self) -> dict[str, str]:
        """The headers to send, as a new dict."""
    @property
    def body(self) -> bytes | None:
        """The very bytes that were signed; ``None`` for ``GET``."""
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any) -> Self: ...

@final
class Call(Request, Generic[_Answer]):
    """A request that knows its answer."""

    def parse(self, status: int, body: Body) -> _Answer:
        """Reads what the gateway answered, whatever its status."""
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class CodePages(Generic[_Page]):
    """Call after call for pages of codes, up to the first short page."""

    def __iter__(self) -> Iterator[Call[_Page]]: ...
    def __next__(self) -> Call[_Page]: ...
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@disjoint_base
class TestMessage:
    """What ``SignedCallback`` and ``TestNotification`` have in common."""

    __test__: bool
    """Tells pytest that this is not a class of tests."""
    @property
    def body(self) -> bytes:
        """The bytes to post."""
    @property
    def headers(self) -> dict[str, str]:
        """The headers, signature included, as a new dict."""
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any) -> Self: ...

@final
class SignedCallback(TestMessage):
    """A callback as the gateway would send it."""

@final
class TestNotification(TestMessage):
    """A notification as the gateway would send it."""

@disjoint_base
class Machine:
    """What ``Payout`` and ``Watch`` have in common."""

    def next(self, now: float) -> Send | Wait | Done[Any]:
        """What to do now; ``now`` as ``time.time()`` gives it."""
    def on_response(self, step: Send, status: int, body: Body, now: float, not_known: bool | None = None) -> None:
        """Reports the answer to a request, whatever its status."""
    def on_no_response(self, step: Send, now: float) -> None:
        """Reports that no answer came to a request."""
    def to_text(self) -> str:
        """The whole state as text."""
    @property
    def revision(self) -> int:
        """Counted up by one with every step that has to be saved."""
    def progress(self) -> Progress:
        """Where it is at, for an operator's page."""
    def __eq__(self, other: object, /) -> bool: ...

@final
class Payout(Machine):
    """One payout that is never paid twice, as a state machine without I/O."""

    def next(self, now: float) -> Send | Wait | Done[Outcome]:
        """What to do now; ``now`` as ``time.time()`` gives it."""
    @property
    def uniqueid(self) -> str:
        """Its identifier."""
    @property
    def policy(self) -> PayoutPolicy:
        """Its limits, as a new dict that ``policy=`` takes."""

@final
class Watch(Machine):
    """Waits for one invoice, as a state machine without I/O."""

    def next(self, now: float) -> Send | Wait | Done[WatchOutcome]:
        """What to do now; ``now`` as ``time.time()`` gives it."""
    def on_callback(self, callback: Callback) -> bool:
        """Hands in a verified callback. Returns whether it is about this invoice."""
    def on_notification(self, notification: Notification) -> bool:
        """Hands in a verified notification. Returns whether it is about this invoice."""
    @property
    def is_called_back(self) -> bool:
        """Whether a callback was handed in that ends the watch with its next step."""

def unique_id() -> str:
    """A fresh identifier for ``uniqueid``: 26 characters, from 128 random bits."""

def diagnose(
    client: Client, body: Body, source: str | bytes | Headers | None, secret: str | bytes | bytearray | None
) -> Diagnosis: ...
def payout(client: Client, values: tuple[Any, ...], policy: PayoutPolicy | None) -> Payout: ...
def resume_payout(client: Client, text: str) -> Payout: ...
def watch_bitloga(client: Client, uniqueid: str, policy: WatchPolicy | None) -> Watch: ...
def resume_bitloga_watch(client: Client, text: str) -> Watch: ...
def sign_callback(client: Client, values: tuple[Any, ...], extra: UnknownFields | None) -> SignedCallback: ...
def sign_callback_body(client: Client, body: Body) -> SignedCallback: ...
def watch_crypto(client: Client, uuid: str, policy: WatchPolicy | None) -> Watch: ...
def resume_crypto_watch(client: Client, text: str) -> Watch: ...
def test_notification(client: Client, values: tuple[Any, ...]) -> TestNotification: ...
def compare(expected: tuple[Any, ...], actual: tuple[Any, ...], not_given: object) -> None: ...
def defined_once(definition: _Definition) -> _Definition: ...
def amount_text(amount: Decimal) -> str: ...
