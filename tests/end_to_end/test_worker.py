"""The Worker of `examples/cloudflare-worker` in workerd, with the packed npm package."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from gateways import Gateways, http, wait_until
from payseal import Bitloga, unique_id

from examples.demo import servers
from examples.demo.places import OUTPUT

Event = dict[str, Any]

gateway = Bitloga("sandbox-key", "sandbox-secret")


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the Worker."""
    with servers.worker(tmp_path_factory.mktemp("worker"), log=OUTPUT / "end-to-end-worker.log") as url:
        yield url


@pytest.fixture(scope="session")
def worker_of_sandbox(sandbox: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Worker for one sandbox: others give the same numbers to other invoices, which would be known events."""
    del sandbox
    with servers.worker(tmp_path_factory.mktemp("worker"), log=OUTPUT / "end-to-end-worker-of-sandbox.log") as url:
        yield url


def events(worker: str, reference: str) -> list[Event]:
    listed = http.get(f"{worker}/events").json()
    return [event for event in listed if event["reference"] == reference]


def deliver(worker: str, body: bytes, headers: dict[str, str], path: str = "callback") -> tuple[int, str]:
    response = http.post(f"{worker}/{path}", content=body, headers=headers)
    return response.status_code, response.text.strip()


def callback(uniqueid: str, invoiceid: int) -> tuple[bytes, dict[str, str]]:
    signed = gateway.sign_callback(to="WMZ", amount="1.00", purse="Z1", invoiceid=invoiceid, uniqueid=uniqueid)
    return signed.body, signed.headers


def test_what_the_gateways_deliver(gateways: Gateways, worker_of_sandbox: str) -> None:
    worker = worker_of_sandbox
    gateways.misbehave("*", "duplicate", times=1000)
    uniqueid, order_id = unique_id(), unique_id()
    call = gateways.bitloga.create_invoice(
        uniqueid=uniqueid, paysys="WMZ", amount="1.00", purse="Z1", name="Зоя", surname="Ж",
        callbackurl=f"{worker}/callback",
    )  # fmt: skip
    gateways.send(call)
    crypto_call = gateways.api_for_crypto.create_invoice(
        blockchain="tron", symbol="USDT", value=2**70, expiry=15, confirmations=2,
        data={"order_id": order_id, "url_callback": f"{worker}/notification"},
    )  # fmt: skip
    invoice = gateways.send(crypto_call)
    gateways.control(f"invoices/{uniqueid}/pay")
    gateways.control(f"crypto/{invoice.id}/pay")
    wait_until(lambda: len(gateways.deliveries()) == 8 and not gateways.state("pending"))
    assert {attempt["status"] for attempt in gateways.deliveries()} == {200}
    (taken,) = events(worker, uniqueid)
    assert (taken["kind"], taken["status"], taken["deliveries"]) == ("callback", "Payed", 2)
    assert float(taken["amount"]) == 1
    notified = events(worker, order_id)
    assert sorted(event["status"] for event in notified) == ["IN_BLOCK", "IN_MEMPOOL", "PAID"]
    assert {(event["deliveries"], event["amount"]) for event in notified} == {(2, str(2**70))}


def test_the_first_delivery_counts(worker: str) -> None:
    body, headers = callback("first", 1_000_001)
    assert [deliver(worker, body, headers) for _ in range(3)] == [(200, "taken"), (200, "known"), (200, "known")]
    assert [event["deliveries"] for event in events(worker, "first")] == [3]


def test_deliveries_at_the_same_time(worker: str) -> None:
    body, headers = callback("together", 1_000_002)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: deliver(worker, body, headers), range(32)))
    assert sorted(answers) == [(200, "known")] * 31 + [(200, "taken")]


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"body": b'{"to":"WMZ"}'}, (401, "signature_mismatch")),
        ({"headers": {}}, (401, "signature_missing")),
        ({"headers": {"X-SIGNATURE": "0" * 128}}, (401, "signature_mismatch")),
        ({"headers": {"X-SIGNATURE": "0" * 127}}, (401, "signature_malformed")),
        ({"headers": {"X-SIGNATURE": f"{'0' * 128}, {'1' * 128}"}}, (401, "signature_ambiguous")),
        ({"path": "notification"}, (401, "signature_missing")),
        ({"path": "elsewhere"}, (404, "not found")),
    ],
)
def test_forgeries(worker: str, change: dict[str, Any], answer: tuple[int, str]) -> None:
    body, headers = callback("forged", 1_000_003)
    assert deliver(**{"worker": worker, "body": body, "headers": headers, **change}) == answer
    assert events(worker, "forged") == []


def test_a_genuine_message_that_is_no_callback(worker: str) -> None:
    signed = gateway.balances()
    assert signed.body is not None
    assert deliver(worker, signed.body, dict(signed.headers)) == (400, "malformed_body")


def test_events_survive_a_restart(tmp_path: Path) -> None:
    body, headers = callback("kept", 1)
    log = OUTPUT / "end-to-end-worker-restarted.log"
    with servers.worker(tmp_path, log=log) as worker:
        assert deliver(worker, body, headers) == (200, "taken")
    with servers.worker(tmp_path, log=log) as worker:
        assert deliver(worker, body, headers) == (200, "known")
        assert [event["deliveries"] for event in events(worker, "kept")] == [2]


ORDER = {"currency": "USD", "paysys": "WMZ", "amount": "10.00", "purse": "Z123456789012"}
TOKEN = {"Authorization": "Bearer sandbox-payout-token"}


def begin(worker: str, uniqueid: str, **changes: str) -> httpx.Response:
    return http.post(f"{worker}/payouts", json={"uniqueid": uniqueid, **ORDER, **changes}, headers=TOKEN)


def payout(worker: str, uniqueid: str) -> dict[str, Any]:
    return dict(http.get(f"{worker}/payouts/{uniqueid}", headers=TOKEN).json())


def wait_for_outcome(worker: str, uniqueid: str) -> dict[str, Any]:
    wait_until(lambda: payout(worker, uniqueid)["outcome"] is not None)
    return dict(payout(worker, uniqueid)["outcome"])


def test_payouts_of_the_worker(gateways: Gateways, tmp_path: Path) -> None:
    """An answer is lost, the Worker is restarted while it waits, and everybody asks for the payout twice."""
    gateways.misbehave("withdraw", "drop-after")
    log = OUTPUT / "end-to-end-worker-payouts.log"
    variables = {"BITLOGA_BASE_URL": f"{gateways.url}/api/v1/"}
    with servers.worker(tmp_path, log=log, variables=variables) as worker:
        assert [begin(worker, "135").status_code for _ in range(2)] == [202, 202]
        wait_until(lambda: payout(worker, "135")["progress"]["stage"] == "waiting")
        begin(worker, "136")
        assert wait_for_outcome(worker, "136")["verdict"] == "paid"
    with servers.worker(tmp_path, log=log, variables=variables) as worker:
        outcome = wait_for_outcome(worker, "135")
        assert (outcome["verdict"], outcome["isPaid"]) == ("paid", True)
        assert begin(worker, "135").json()["outcome"] == outcome
    for uniqueid in ("135", "136"):
        assert gateways.movements(f"withdrawal {uniqueid}") == [Decimal("-10.10")]


def test_payouts_need_the_token(worker: str) -> None:
    for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": "sandbox-payout-token"}):
        for method, path in (("POST", "payouts"), ("GET", "payouts/135")):
            response = http.request(method, f"{worker}/{path}", json={"uniqueid": "1", **ORDER}, headers=headers)
            assert response.status_code == 401, response.text
    assert http.get(f"{worker}/payouts/never-begun", headers=TOKEN).status_code == 404


def test_payouts_that_break_a_rule_are_refused(worker: str) -> None:
    assert (begin(worker, "137", amount="0").status_code, begin(worker, "").status_code) == (400, 400)
    assert http.post(f"{worker}/payouts", content=b"{", headers=TOKEN).status_code == 400
