"""Results in FastAPI, pydantic, msgspec, YAML and JSON, and errors in the reports of Sentry: each for real."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Callable

import msgspec
import pydantic
import pytest
import sentry_sdk
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient
from payseal import Balances, Bitloga, Callback, InvalidInputError, Outcome, Progress, TransactionStatus, WatchOutcome
from payseal.driver import run
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

BITLOGA = Bitloga("api-key", "api-secret")
SIGNED = BITLOGA.sign_callback(to="WMZ", amount="0.00000001", purse="Z1", invoiceid=5, uniqueid="125")
CALLBACK = BITLOGA.verify_callback(SIGNED.body, SIGNED.headers)
BALANCES = BITLOGA.balances().parse(200, b'{"USD":10.450,"success":true}')
PAID = (
    b'{"to":"WMZ","amount_to":10.00,"purse":"Z1","type":"Withdraw","status":"Complete","orderid":29,"uniqueid":"135",'
    b'"success":true}'
)


def paid_out() -> tuple[Outcome, Progress]:
    payout = BITLOGA.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    outcome = run(payout, lambda _: (200, PAID), lambda text, revision: None)
    assert outcome is not None
    return outcome, payout.progress()


def paid_in() -> WatchOutcome:
    watch = BITLOGA.watch_invoice("125")
    watch.on_callback(CALLBACK)
    outcome = run(watch, lambda _: (500, b""), lambda text, revision: None)
    assert outcome is not None
    return outcome


OUTCOME, PROGRESS = paid_out()
WATCHED = paid_in()
VERDICT = {"verdict": "paid", "status": "Complete", "orderid": "29", "differences": []}
PLAIN = {
    "to": "WMZ",
    "amount": "0.00000001",
    "purse": "Z1",
    "type": "Invoice",
    "status": "Payed",
    "invoiceid": "5",
    "uniqueid": "125",
}


class Payment(pydantic.BaseModel):
    callback: Callback
    balances: Balances
    status: TransactionStatus


class Ended(pydantic.BaseModel):
    payout: Outcome
    invoice: WatchOutcome
    progress: Progress


ENDED = Ended(payout=OUTCOME, invoice=WATCHED, progress=PROGRESS)
PAYMENT = Payment(callback=CALLBACK, balances=BALANCES, status=CALLBACK.status)


def test_pydantic_keeps_results_and_writes_them() -> None:
    assert PAYMENT.callback is CALLBACK
    assert PAYMENT.model_dump()["callback"] is CALLBACK
    written = json.loads(PAYMENT.model_dump_json())
    assert written == {"callback": PLAIN, "balances": {"USD": "10.450"}, "status": "Payed"}


def test_verdicts_are_written_by_all_of_them() -> None:
    written = ENDED.model_dump_json()
    assert json.loads(written)["payout"] == VERDICT
    assert json.loads(written)["invoice"] == {"verdict": "paid", "status": "Payed"}
    assert json.loads(written)["progress"]["stage"] == "done"
    for result in (OUTCOME, WATCHED, PROGRESS):
        data = result.to_dict()
        assert json.loads(json.dumps(data)) == json.loads(result.to_json()) == data
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(data)) == data
        assert yaml.safe_load(yaml.safe_dump(data)) == data
    assert json.dumps([OUTCOME.verdict, OUTCOME.status]) == '["paid", "Complete"]'
    with pytest.raises(pydantic.ValidationError):
        Ended.model_validate_json(written)
    with TestClient(app) as client:
        assert client.get("/payout").json() == VERDICT


def test_pydantic_reads_statuses_and_makes_no_callback() -> None:
    """Only verification makes one."""
    read = pydantic.TypeAdapter(TransactionStatus).validate_json('"Complete"')
    assert (type(read), read.is_paid) == (TransactionStatus, True)
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(TransactionStatus).validate_python(5)
    with pytest.raises(pydantic.ValidationError):
        Payment.model_validate_json(PAYMENT.model_dump_json())
    with pytest.raises(pydantic.ValidationError):
        pydantic.TypeAdapter(Callback).validate_python(PLAIN)


app = FastAPI()


@app.get("/callback")
def one_callback() -> Callback:
    return CALLBACK


@app.get("/payment")
def one_payment() -> Payment:
    return PAYMENT


@app.get("/payout")
def one_payout() -> Outcome:
    return OUTCOME


@app.get("/plain")
def plain() -> dict[str, Any]:
    return CALLBACK.to_dict(text_amounts=True)


def test_fastapi_answers_with_results() -> None:
    with TestClient(app) as client:
        assert client.get("/callback").json() == PLAIN
        assert client.get("/plain").json() == PLAIN
        assert client.get("/payment").json()["balances"] == {"USD": "10.450"}
        described = client.get("/openapi.json").json()
    answer = described["paths"]["/callback"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"]["type"] == "object"


def test_msgspec_writes_results() -> None:
    for encode in (msgspec.json.encode, msgspec.msgpack.encode):
        assert encode(CALLBACK.to_dict(text_amounts=True)) == encode(PLAIN)
        assert encode(CALLBACK, enc_hook=lambda result: result.to_dict(text_amounts=True)) == encode(PLAIN)
    decoded = msgspec.json.decode(msgspec.json.encode(CALLBACK.to_dict()))
    assert Decimal(decoded["amount"]) == CALLBACK.amount


def test_yaml_writes_results() -> None:
    listed = BITLOGA.list_codes().parse(
        200,
        '{"data":[{"code":"c","amount":1.50,"currency":"USD","status":"Active","new":[1.5,{}]}],"success":true}',
    )
    for result in (CALLBACK, BALANCES, listed):
        data = result.to_dict(text_amounts=True)
        assert yaml.safe_load(yaml.safe_dump(data)) == data


def test_json_writes_statuses_and_results() -> None:
    assert json.dumps({"status": CALLBACK.status, CALLBACK.type: 1}) == '{"status": "Payed", "Invoice": 1}'
    assert json.loads(CALLBACK.to_json()) == PLAIN
    assert Decimal(json.loads(CALLBACK.to_json())["amount"]) == CALLBACK.amount


class Kept(Transport):
    """Keeps what would be sent to Sentry."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Any] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.events.append(envelope.get_event())


SECRETS = {"password": "hunter2-password", "code": "wf9g-code", "secret_key": "the-secret-key", "id": "the-uuid"}


def test_sentry_reports_no_secret() -> None:
    """Its scrubbing knows variables by their names, and looks at the outermost only."""
    kept = Kept()
    with sentry_sdk.isolation_scope():
        sentry_sdk.init(dsn="http://key@127.0.0.1:1/1", transport=kept, default_integrations=False)
        try:
            fail_and_report()
        finally:
            sentry_sdk.init()
    assert len(kept.events) == 5
    for event in kept.events:
        frames = event["exception"]["values"][0]["stacktrace"]["frames"]
        of_package = [frame for frame in frames if "payseal" in frame.get("module", "")]
        assert of_package
        for secret in (*SECRETS.values(), "api-secret", SIGNED.headers["X-SIGNATURE"]):
            assert secret not in json.dumps(of_package, default=repr)


def fail_and_report() -> None:
    """Fails in every method that takes a secret."""
    from payseal import ApiForCrypto

    password, code, secret_key, uuid = SECRETS.values()
    crypto = ApiForCrypto("wallet")
    notification: Any = {"id": uuid, "blockchain": "tron", "symbol": "USDT", "address": "T1", "value": 1}
    answer = crypto.test_notification(**notification, secret_key=secret_key).body

    def full(*_: object) -> None:
        raise InvalidInputError("the disk is full")

    failing: list[Callable[[], object]] = [
        lambda: BITLOGA.create_code(amount=0, currency="USD", password=password),
        lambda: BITLOGA.apply_code(code=code + "\0", password=password),
        lambda: crypto.create_invoice(
            blockchain="tron", symbol="USDT", value=1, expiry=1, confirmations=1, secret_key=secret_key
        ),
        lambda: crypto.test_notification(**{**notification, "value": 0}, secret_key=secret_key),
        lambda: run(crypto.watch_invoice(uuid), lambda _: (200, answer), full),
    ]
    for fail in failing:
        try:
            fail()
        except InvalidInputError as error:
            sentry_sdk.capture_exception(error)
