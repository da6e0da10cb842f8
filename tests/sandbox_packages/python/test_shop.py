"""The shop, tested by its user against the sandbox."""

from __future__ import annotations

import httpx
import pytest
from payseal_sandbox import Sandbox, SandboxError


# region tests
def test_an_order_is_paid(shop: str, payseal_sandbox: Sandbox) -> None:
    order = httpx.post(f"{shop}/orders").raise_for_status().json()
    assert order["invoice"].startswith(payseal_sandbox.url)
    assert httpx.get(f"{shop}/paid").json() == {}

    payseal_sandbox.pay(order["uniqueid"])

    delivery = payseal_sandbox.wait_for_delivery(order["uniqueid"])
    assert (delivery["url"], delivery["attempt"]) == (f"{shop}/callback", 1)
    assert list(httpx.get(f"{shop}/paid").json()) == [order["uniqueid"]]


def test_a_callback_that_comes_twice_counts_once(shop: str, payseal_sandbox: Sandbox) -> None:
    assert payseal_sandbox.state()["invoices"] == [], "the test before is forgotten"
    order = httpx.post(f"{shop}/orders").json()
    payseal_sandbox.misbehave("callback", "duplicate")
    payseal_sandbox.pay(order["uniqueid"])
    payseal_sandbox.wait_for_delivery(order["uniqueid"])
    first = httpx.get(f"{shop}/paid").json()
    payseal_sandbox.resend(order["uniqueid"])
    assert payseal_sandbox.deliveries("another") == []
    assert httpx.get(f"{shop}/paid").json() == first


def test_a_forged_callback_is_refused(shop: str, payseal_sandbox: Sandbox) -> None:
    order = httpx.post(f"{shop}/orders").json()
    payseal_sandbox.pay(order["uniqueid"])
    delivery = payseal_sandbox.wait_for_delivery(order["uniqueid"])
    forged = delivery["body"].replace("1", "2")
    headers = {"X-SIGNATURE": delivery["signature"] or ""}
    assert httpx.post(delivery["url"], content=delivery["body"], headers=headers).status_code == 200
    assert httpx.post(delivery["url"], content=forged, headers=headers).status_code == 401
    # endregion tests


def test_what_the_sandbox_refuses_is_an_error(payseal_sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="refused POST invoices/no%2Fsuch/pay: no such invoice"):
        payseal_sandbox.pay("no/such")
    with pytest.raises(SandboxError, match=r"no delivery for '125' was answered with 200 within 0.05 s; none was"):
        payseal_sandbox.wait_for_delivery("125", timeout=0.05)
