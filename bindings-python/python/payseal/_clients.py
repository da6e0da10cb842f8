"""What the client of only one gateway can do. The classes of clients are in ``_methods``, which is generated."""

from __future__ import annotations

import payseal

from . import _native
from ._native import defined_once

TYPE_CHECKING = False
if TYPE_CHECKING:
    import payseal.types


@defined_once
class BitlogaBase(_native.SignedClient):
    """Payouts and invoices of Bitloga, and help with its callbacks."""

    __slots__ = ()

    def diagnose(
        self,
        body: payseal.types.Body,
        source: str | bytes | payseal.types.Headers | None,
        *,
        secret: str | bytes | bytearray | None = None,
    ) -> payseal.Diagnosis:
        """Tells why a callback does not verify, for a person who is setting an endpoint up.

        It costs dozens of hashes: keep it out of the way of requests.

        Parameters:
            body: The body as :meth:`verify_callback` takes it.
            source: The signature or the headers as :meth:`verify_callback` takes them.
            secret: The secret that the client was made with, exactly as it was read: clients keep none. With it, quotes
                around it, a wrong encoding and the like are told.

        Returns:
            A :class:`Diagnosis`: the cause as a short text, and a message with the cure.

        Raises:
            InvalidInputError: The body is not as received (``body_not_raw``), or the secret is not text or bytes
                (``invalid_secret``).

        >>> from payseal import Bitloga
        >>> Bitloga("api-key", "api-secret").diagnose(b"{}", {"Host": "shop.example"}).cause
        'signature_missing'
        """
        return _native.diagnose(self, body, source, secret)

    def resume_payout(self, text: str) -> payseal.Payout:
        """Goes on with a payout that was saved with :meth:`Payout.to_text`. It asks before it sends.

        Parameters:
            text: What :meth:`Payout.to_text` gave.

        Returns:
            The :class:`Payout`.

        Raises:
            MalformedError: The text is not a saved payout.
            InvalidInputError: The payout is of another account or address.

        >>> from payseal import Bitloga
        >>> bitloga = Bitloga("api-key", "api-secret")
        >>> payout = bitloga.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
        >>> step = payout.next(1700000000)
        >>> bitloga.resume_payout(payout.to_text()) == payout
        True
        """
        return _native.resume_payout(self, text)

    def watch_invoice(self, uniqueid: str, policy: payseal.types.WatchPolicy | None = None) -> payseal.Watch:
        """Waits for an invoice until it is paid or can no longer be.

        Parameters:
            uniqueid: The identifier it was created with.
            policy: Other limits: ``first_pause``, ``longest_pause``, ``closing_pause`` and
                ``give_up_time``, in seconds.

        Returns:
            A :class:`Watch`, which ``payseal.driver`` runs.

        Raises:
            InvalidInputError: The identifier cannot be one, or a limit is out of range.

        >>> from payseal import Bitloga
        >>> Bitloga("api-key", "api-secret").watch_invoice("125").next(1700000000).request.body
        b'{"action":"details","uniqueid":"125"}'
        """
        return _native.watch_bitloga(self, uniqueid, policy)

    def resume_watch(self, text: str) -> payseal.Watch:
        """Goes on with a watch that was saved with :meth:`Watch.to_text`.

        Parameters:
            text: What :meth:`Watch.to_text` gave.

        Returns:
            The :class:`Watch`.

        Raises:
            MalformedError: The text is not a saved watch.
            InvalidInputError: The watch is of another account or address.

        >>> from payseal import Bitloga
        >>> client = Bitloga("api-key", "api-secret")
        >>> watch = client.watch_invoice("i1")
        >>> client.resume_watch(watch.to_text()) == watch
        True
        """
        return _native.resume_bitloga_watch(self, text)

    def sign_callback_body(self, body: payseal.types.Body) -> payseal.SignedCallback:
        """Signs any body as the gateway would: one it has sent, or one that your endpoint has to refuse.

        Parameters:
            body: ``bytes``, ``bytearray``, ``memoryview`` or ``str``.

        Returns:
            A :class:`SignedCallback`: ``body`` and ``headers``.

        Raises:
            InvalidInputError: The body is an object that was parsed (``body_not_raw``).

        >>> from payseal import Bitloga
        >>> bitloga = Bitloga("api-key", "api-secret")
        >>> request = bitloga.sign_callback_body(b"no callback")
        >>> bitloga.verify_callback(request.body, request.headers)
        Traceback (most recent call last):
        payseal.MalformedError: the body is not JSON (at byte 0)
        """
        return _native.sign_callback_body(self, body)


@defined_once
class ApiForCryptoBase(_native.SecretKeyClient):
    """Invoices of Api for Crypto."""

    __slots__ = ()

    def watch_invoice(self, uuid: str, policy: payseal.types.WatchPolicy | None = None) -> payseal.Watch:
        """Waits for an invoice until it is paid or can no longer be.

        Parameters:
            uuid: The invoice's ``id``.
            policy: Other limits: ``first_pause``, ``longest_pause``, ``closing_pause`` and
                ``give_up_time``, in seconds.

        Returns:
            A :class:`Watch`, which ``payseal.driver`` runs.

        Raises:
            InvalidInputError: The identifier cannot be one, or a limit is out of range.

        >>> from payseal import ApiForCrypto
        >>> ApiForCrypto("wallet-id").watch_invoice("i1").next(1700000000).request.method
        'GET'
        """
        try:
            return _native.watch_crypto(self, uuid, policy)
        finally:
            # Frames show up in reports, and whoever knows the id can ask for the invoice.
            del uuid

    def resume_watch(self, text: str) -> payseal.Watch:
        """Goes on with a watch that was saved with :meth:`Watch.to_text`.

        Parameters:
            text: What :meth:`Watch.to_text` gave.

        Returns:
            The :class:`Watch`.

        Raises:
            MalformedError: The text is not a saved watch.
            InvalidInputError: The watch is of another account or address.

        >>> from payseal import ApiForCrypto
        >>> client = ApiForCrypto("wallet-id")
        >>> watch = client.watch_invoice("i1")
        >>> client.resume_watch(watch.to_text()) == watch
        True
        """
        try:
            return _native.resume_crypto_watch(self, text)
        finally:
            del text
