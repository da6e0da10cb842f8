"""Results: immutable values that print, pickle, copy and match."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import payseal
import pytest
from payseal import Balances, Bitloga, Callback, Details, TransactionStatus
from vectors import GATEWAYS, Json, body_of, call_of, client_of, source_of

BITLOGA = Bitloga("api-key", "api-secret")


def callback(**changes: Any) -> Callback:
    fields: Json = {"to": "WMZ", "amount": "1.00", "purse": "Z1", "invoiceid": 5, "uniqueid": "125", **changes}
    signed = BITLOGA.sign_callback(**fields)
    return BITLOGA.verify_callback(signed.body, signed.headers)


def every_result() -> list[Any]:
    """What every vector with an answer or a message gives."""
    results: list[Any] = []
    for gateway, file in GATEWAYS.items():
        for vector in file["answers"]:
            call = call_of(gateway, vector["method"], client_of(gateway, vector))
            results.append(call.parse(vector["status"], body_of(vector["body"])))
        for vector in file.get("callbacks", []):
            client: Any = client_of(gateway, vector)
            results.append(client.verify_callback(body_of(vector["body"]), source_of(vector["signature"])))
        for vector in file.get("notifications", []):
            client = client_of(gateway, vector)
            results.append(client.verify_notification(body_of(vector["body"]), vector.get("secret_key")))
    return results


RESULTS = every_result()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickles(protocol: int) -> None:
    for result in RESULTS:
        again = pickle.loads(pickle.dumps(result, protocol))
        assert again == result
        assert hash(again) == hash(result)
        assert repr(again) == repr(result)
        assert again.to_dict() == result.to_dict()
        assert again.extra == result.extra


def test_copies() -> None:
    for result in RESULTS:
        assert copy.copy(result) == result
        assert copy.deepcopy(result) == result


def test_compares_by_value() -> None:
    assert callback() == callback()
    assert callback(amount="1.0") == callback()
    assert hash(callback(amount="1.0")) == hash(callback())
    assert callback(uniqueid="126") != callback()
    assert len({callback(), callback(), callback(uniqueid="126")}) == 2
    assert callback() != callback().to_dict()


def test_is_immutable() -> None:
    for result in RESULTS:
        for name in (*result.__match_args__, "something"):
            with pytest.raises(AttributeError, match="immutable"):
                setattr(result, name, None)
            with pytest.raises(AttributeError):
                delattr(result, name)
        assert not hasattr(result, "__dict__")
        with pytest.raises(TypeError):
            result.extra["something"] = 1


def test_is_not_made_by_hand() -> None:
    with pytest.raises(TypeError, match="Callback objects are made from what a gateway sends"):
        Callback()


def test_prints_its_fields() -> None:
    assert repr(callback()) == (
        "Callback(to='WMZ', amount=Decimal('1.00'), purse='Z1', type='Invoice', status='Payed', dtag=None, name=None, "
        "surname=None, invoiceid='5', uniqueid='125', event_id='Invoice:5:Payed', secret_index=0, extra={})"
    )


def test_secrets_are_not_printed() -> None:
    gateway = payseal.ApiForCrypto("wallet-id")
    body = (
        b'{"id":"the-uuid","blockchain":"tron","symbol":"USDT","address":"T1","value":1,"status":"PAID",'
        b'"secret_key":"the-key","hint":"the-hint"}'
    )
    notification = gateway.verify_notification(body, "the-key")
    assert notification.id == "the-uuid"
    assert notification.event_id == "the-uuid:PAID"
    for hidden in ("the-uuid", "the-key", "the-hint"):
        assert hidden not in repr(notification)
    for shown in ("id=…", "event_id=…", "extra={'hint': …}"):
        assert shown in repr(notification)
    for client in (gateway, BITLOGA, gateway.wallet(), BITLOGA.balances(), BITLOGA.sign_callback(
        to="WMZ", amount=1, invoiceid=5, uniqueid="125"
    )):  # fmt: skip
        for hidden in ("wallet-id", "api-secret", "api-key"):
            assert hidden not in repr(client)


def test_dict_has_wire_names_only() -> None:
    withdrawal = BITLOGA.withdraw(uniqueid="1", currency="USD", paysys="WMZ", amount=1, purse="Z1").parse(
        200,
        b'{"from":"USD","to":"WMZ","amount_from":10.10,"amount_from_comis":10.10,"amount_to":10.00,'
        b'"status":"Complete","orderid":29,"uniqueid":"135","success":true,"new":[1.50,{"a":null}]}',
    )
    assert withdrawal.from_ == "USD"
    assert withdrawal.to_dict() == {
        "from": "USD",
        "to": "WMZ",
        "amount_from": Decimal("10.10"),
        "amount_from_comis": Decimal("10.10"),
        "amount_to": Decimal("10.00"),
        "status": "Complete",
        "orderid": "29",
        "uniqueid": "135",
        "extra": {"new": [Decimal("1.50"), {"a": None}]},
    }


def test_extra_numbers_of_any_size_are_kept() -> None:
    body = '{"code":"c","success":true,"a":1e999999999,"b":1e99999999999999999999,"c":%s}' % ("9" * 10_000)
    extra = BITLOGA.create_code(amount=1, currency="USD").parse(200, body).extra
    assert extra["a"] == Decimal("1e999999999")
    assert extra["b"] == "1e99999999999999999999"
    assert extra["c"] == Decimal("9" * 10_000)


def test_matches_patterns() -> None:
    assert Callback.__match_args__[:2] == ("to", "amount")
    assert payseal.Done.__match_args__ == ("outcome",)
    for result in RESULTS:
        for name in result.__match_args__:
            getattr(result, name)


def test_balances_are_a_mapping() -> None:
    balances = BITLOGA.balances().parse(200, b'{"USD":10.45,"RUB":"5.00","success":true,"note":"hello"}')
    assert isinstance(balances, Balances)
    assert isinstance(balances, Mapping)
    assert "USD" in balances
    assert "EUR" not in balances
    assert balances["USD"] == Decimal("10.45")
    assert balances.get("EUR") is None
    assert list(balances.items()) == [("USD", Decimal("10.45")), ("RUB", Decimal("5.00"))]
    assert len(balances) == 2
    assert balances == {"USD": Decimal("10.45"), "RUB": 5}
    assert balances != {"USD": Decimal("10.45")}
    assert balances.extra == {"note": "hello"}
    assert balances.to_dict() == {"USD": Decimal("10.45"), "RUB": Decimal("5.00")}
    assert repr(balances) == "Balances({'USD': Decimal('10.45'), 'RUB': Decimal('5.00')})"
    with pytest.raises(TypeError):
        balances["USD"] = 1  # type: ignore[index]


def test_statuses_are_text() -> None:
    status = callback().status
    assert status == "Payed"
    assert status is callback().status
    assert status == TransactionStatus.PAYED
    assert {"Payed": 1}[status] == 1
    assert json.dumps(status) == '"Payed"'
    assert status.is_paid
    assert status.is_final
    unknown = callback(status="Frozen").status
    assert isinstance(unknown, TransactionStatus)
    assert unknown == "Frozen"
    assert not unknown.is_final
    assert pickle.loads(pickle.dumps(unknown)) == unknown


@pytest.mark.parametrize(
    ("status", "is_final", "is_paid"),
    [("Created", False, False), ("Error", True, False), ("Canceled", True, False), ("Complete", True, True)],
)
def test_statuses_say_how_far_the_money_is(status: str, is_final: bool, is_paid: bool) -> None:
    assert (TransactionStatus(status).is_final, TransactionStatus(status).is_paid) == (is_final, is_paid)


def test_details_know_their_type() -> None:
    call = BITLOGA.details("125")
    body = '{"to":"WMZ","amount":1.00,"type":"%s","status":"Payed","invoiceid":5,"uniqueid":"125","success":true}'
    invoice = call.parse(200, body % "Invoice")
    other = call.parse(200, body % "Refund")
    assert isinstance(invoice, payseal.InvoiceDetails)
    assert isinstance(other, payseal.OtherDetails)
    assert isinstance(invoice, Details)
    assert isinstance(other, Details)
    assert other.extra["amount"] == Decimal("1.00")


def test_errors_pickle_and_compare_nothing_away() -> None:
    with pytest.raises(payseal.GatewayError) as caught:
        BITLOGA.balances().parse(503, b'{"success":true,"error":"busy"}')
    error = caught.value
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is payseal.GatewayError
    assert (again.code, again.status, again.retryable) == ("http_status", 503, True)
    assert (again.reason, again.body, str(again)) == ("busy", error.body, str(error))
    assert b"busy" not in repr(error.args).encode() or error.body not in repr(error.args).encode()
    with pytest.raises(payseal.MismatchError) as mismatch:
        callback().expect(amount=2, to="WMR")
    assert mismatch.value.differences == (("amount", "2", "1.00"), ("to", "WMR", "WMZ"))


def test_clients_are_not_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(BITLOGA)
    with pytest.raises(TypeError):
        pickle.dumps(BITLOGA.balances())


def reduced(result: Any) -> Any:
    return result.__reduce__()


def unpickled(result: Any, change: Any) -> Any:
    """A result pickled by a release that knew other fields."""
    restore, (cls, version, fields) = reduced(result)
    fields = dict(fields)
    version = change(fields) or version
    return pickle.loads(pickle.dumps((restore, cls, version, fields)))


def restored(result: Any, change: Any) -> Any:
    restore, cls, version, fields = unpickled(result, change)
    return restore(cls, version, fields)


def test_pickles_are_by_name() -> None:
    """A field more in the middle shifts none of the others."""
    _, (cls, version, fields) = reduced(callback())
    assert (cls, version) == (Callback, 1)
    assert fields["amount"] == Decimal("1.00")
    assert set(fields) == set(Callback.__match_args__)


def test_pickles_of_a_newer_release() -> None:
    again = restored(callback(), lambda fields: fields.update(paid_at="later", verified_by=7))
    assert again == callback()


def test_pickles_of_an_older_release() -> None:
    again = restored(callback(dtag="7"), lambda fields: (fields.pop("dtag"), None)[1])
    assert (again.dtag, again.amount, again.event_id) == (None, Decimal("1.00"), "Invoice:5:Payed")
    invoice = BITLOGA.create_invoice(uniqueid="1", paysys="WMZ", amount=1).parse(200, INVOICE)
    again = restored(invoice, lambda fields: (fields.pop("requisites"), fields.pop("extra"), None)[2])
    assert (again.requisites, again.extra, again.invoice) == ((), {}, invoice.invoice)


INVOICE = (
    b'{"invoice":"https://bitloga.com/exchange/id-1","requisites":[{"amount":1.00,"currency":"RUB","type":"card"}],'
    b'"success":true}'
)


def test_pickles_without_what_is_always_there_are_refused() -> None:
    with pytest.raises(ValueError, match="a pickled Callback without 'amount' cannot be read"):
        restored(callback(), lambda fields: (fields.pop("amount"), None)[1])
    with pytest.raises(ValueError, match="a pickled Callback of version 2 cannot be read"):
        restored(callback(), lambda fields: 2)


def deep(levels: int) -> str:
    return '{"code":"c","success":true,"x":' + "[" * levels + "]" * levels + "}"


def test_deep_extra() -> None:
    call = BITLOGA.create_code(amount=1, currency="USD")
    result = call.parse(200, deep(63))
    for again in (pickle.loads(pickle.dumps(result)), copy.deepcopy(result)):
        assert again == result
        assert hash(again) == hash(result)
    assert result.to_json() == '{"code":"c","extra":{"x":' + "[" * 63 + "]" * 63 + "}}"
    assert repr(result) == "CreatedCode(code=…, extra={'x': …})"
    assert result.to_dict()["extra"]["x"] != []
    with pytest.raises(payseal.MalformedError):
        call.parse(200, deep(64))


def test_dicts_and_json_hold_plain_data_only() -> None:
    for result in RESULTS:
        for value in values_of(result.to_dict()):
            assert type(value) in (str, Decimal, int, bool, type(None)), type(value)
        for value in values_of(result.to_dict(text_amounts=True)):
            assert type(value) in (str, int, bool, type(None)), type(value)
        assert json.loads(result.to_json()) == result.to_dict(text_amounts=True)


def values_of(data: Any) -> list[Any]:
    if type(data) in (dict, list):
        items = data.values() if isinstance(data, dict) else data
        return [value for item in items for value in values_of(item)]
    return [data]


def test_json_has_exact_amounts() -> None:
    assert callback(amount="0.00000001", purse="ж").to_json() == (
        '{"to":"WMZ","amount":"0.00000001","purse":"ж","type":"Invoice","status":"Payed","invoiceid":"5","uniqueid":"125"}'
    )
    balances = BITLOGA.balances().parse(200, b'{"USD":10.450,"BTC":1E-7,"success":true}')
    assert balances.to_json() == '{"USD":"10.450","BTC":"0.0000001"}'


def test_codes_are_not_printed() -> None:
    page = BITLOGA.list_codes().parse(
        200,
        b'{"data":[{"code":"wf9g-amrf","amount":1.00,"currency":"USD","pass":"the-pass","status":"Active"}],"success":true}',
    )
    created = BITLOGA.create_code(amount=1, currency="USD").parse(200, b'{"code":"wf9g-amrf","success":true}')
    for result in (page, page.data[0], created):
        assert "wf9g" not in repr(result)
        assert "the-pass" not in f"{result}"
    assert (created.code, page.data[0].password) == ("wf9g-amrf", "the-pass")


def test_long_and_wild_texts_are_printed_escaped_and_cut() -> None:
    wild = "\x1b[31m\nroot: paid\u202e" + "x" * 100_000
    body = {
        "to": wild,
        "amount": 1,
        "type": wild,
        "status": wild,
        "invoiceid": 5,
        "uniqueid": "1",
        "success": True,
        wild: 1,
    }
    details = BITLOGA.details("1").parse(200, json.dumps(body))
    balances = BITLOGA.balances().parse(200, json.dumps({wild: 1, "success": True}))
    for shown in (repr(details), repr(details.status), str(details), repr(balances), repr(TransactionStatus(wild))):
        assert len(shown) < 3000
        assert not any(character in shown for character in "\x1b\n\u202e")
