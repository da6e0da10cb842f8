"""Builds and signs payment gateway requests, verifies callbacks, parses answers. No I/O of its own.

>>> from payseal import Bitloga
>>> bitloga = Bitloga("api-key", "api-secret")
>>> call = bitloga.create_invoice(uniqueid="125", paysys="WMZ", amount="1.00", purse="Z123456789012")
>>> call.body
b'{"action":"invoice","uniqueid":"125","paysys":"WMZ","amount":1.00,"purse":"Z123456789012"}'
"""

from ._clients import ApiForCrypto, Bitloga
from ._native import Call, CodePages, Payout, Request, SignedCallback, TestNotification, Watch, unique_id
from ._native import __version__ as __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._errors import (
        GatewayError,
        InvalidInputError,
        MalformedError,
        MismatchError,
        PaysealError,
        SignatureError,
    )
    from ._payout import Diagnosis, Done, Outcome, Progress, Send, Wait, WatchOutcome
    from ._results import (
        Account,
        AppliedCode,
        Balances,
        Callback,
        Code,
        CodePage,
        CodeStatus,
        CreatedCode,
        CryptoInvoice,
        CryptoInvoiceStatus,
        Details,
        FiatPrice,
        Invoice,
        InvoiceData,
        InvoiceDetails,
        Notification,
        OtherDetails,
        Requisites,
        RequisitesType,
        TransactionStatus,
        TransactionType,
        Wallet,
        Withdrawal,
        WithdrawDetails,
    )

__all__ = [
    "Account",
    "ApiForCrypto",
    "AppliedCode",
    "Balances",
    "Bitloga",
    "Call",
    "Callback",
    "Code",
    "CodePage",
    "CodePages",
    "CodeStatus",
    "CreatedCode",
    "CryptoInvoice",
    "CryptoInvoiceStatus",
    "Details",
    "Diagnosis",
    "Done",
    "FiatPrice",
    "GatewayError",
    "InvalidInputError",
    "Invoice",
    "InvoiceData",
    "InvoiceDetails",
    "MalformedError",
    "MismatchError",
    "Notification",
    "OtherDetails",
    "Outcome",
    "Payout",
    "PaysealError",
    "Progress",
    "Request",
    "Requisites",
    "RequisitesType",
    "Send",
    "SignatureError",
    "SignedCallback",
    "TestNotification",
    "TransactionStatus",
    "TransactionType",
    "Wait",
    "Wallet",
    "Watch",
    "WatchOutcome",
    "WithdrawDetails",
    "Withdrawal",
    "unique_id",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        """Errors and the types of results are imported when they are first needed: they are half of the package."""
        if name == "types":  # Type hints name it.
            return __import__(f"{__name__}.types", fromlist=("*",))
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        for module in ("_errors", "_payout", "_results"):
            found = vars(__import__(f"{__name__}.{module}", fromlist=("*",))).get(name)
            if found is not None:
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        return [*globals(), *__all__]
