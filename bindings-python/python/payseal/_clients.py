"""The two clients."""

from __future__ import annotations

from ._methods import ApiForCryptoMethods, BitlogaMethods
from ._native import defined_once


@defined_once
class Bitloga(BitlogaMethods):
    """A client of Bitloga: makes calls, verifies callbacks. It keeps scheduled keys, not the secrets.

    Any number of threads may share one; a copy of it is the client itself. It cannot be pickled.

    Parameters:
        api_key: The API key of the user panel.
        api_secret: The secret key: ``str`` or ``bytes``; or a list of them while one replaces
            another, the current one first: it signs, all of them verify.
        base_url: Where the gateway answers, such as a sandbox; without query and fragment.
        max_body: How long a body may be, in bytes; 1 MiB unless told otherwise.

    Raises:
        InvalidInputError: The secret is empty or wrapped in white space (``invalid_secret``), the
            key cannot be a header value, or the address is no URL.

    >>> from payseal import Bitloga
    >>> bitloga = Bitloga("api-key", ["new-secret", "old-secret"])
    >>> bitloga.balances().method
    'POST'
    """

    __slots__ = ()


@defined_once
class ApiForCrypto(ApiForCryptoMethods):
    """A client of Api for Crypto, for one wallet: makes calls, verifies notifications.

    Any number of threads may share one; a copy of it is the client itself. It cannot be pickled.

    Parameters:
        wallet_id: The wallet's id. Whoever knows it can use it: keep it as a secret.
        notification_secret: A secret of your own, ``str`` or ``bytes``. With it every invoice's
            ``secret_key`` is derived from its ``data.order_id``, so that notifications are verified
            with nothing stored.
        base_url: Where the gateway answers, such as a sandbox. Ends with a slash.
        invoice_url: Where invoices are asked for, with ``{base_url}``, ``{wallet_id}`` and ``{uuid}``
            filled in. The gateway has not published it; unless told otherwise it is
            ``{base_url}invoices/{uuid}``.
        max_body: How long a body may be, in bytes; 1 MiB unless told otherwise.

    Raises:
        InvalidInputError: The secret is empty or wrapped in white space (``invalid_secret``), the
            wallet id is empty, or an address is no URL.

    >>> from payseal import ApiForCrypto
    >>> gateway = ApiForCrypto("wallet-id", notification_secret="a secret of your own")
    >>> gateway.wallet().url
    'https://api.apiforcrypto.com/api/v1/wallets/wallet-id'
    """

    __slots__ = ()
