"""Payouts, watches and what they give, as Python objects: copied, pickled, referred to weakly, written as JSON."""

from __future__ import annotations

import copy
import gc
import json
import math
import pickle
import weakref
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Callable

import payseal
import pytest
from payouts import BITLOGA, NOT_KNOWN, PAID, PAYOUT, drive, transaction
from payseal import ApiForCrypto, InvalidInputError, Outcome, Progress, Wait, WatchOutcome

NOW = 1_700_000_000


def ended(*answers: Any) -> Outcome:
    return drive(BITLOGA.payout(**PAYOUT), list(answers), then=PAID)[1]


def watched() -> WatchOutcome:
    watch = BITLOGA.watch_invoice("125")
    step = watch.next(NOW)
    assert isinstance(step, payseal.Send)
    watch.on_response(step, 200, b'{"type":"Invoice","status":"Payed","uniqueid":"125","success":true}', NOW)
    done = watch.next(NOW)
    assert isinstance(done, payseal.Done)
    return done.outcome


def progressed() -> Progress:
    payout = BITLOGA.payout(**PAYOUT)
    step = payout.next(NOW)
    assert isinstance(step, payseal.Send)
    payout.on_response(step, *NOT_KNOWN, NOW + 1)
    return payout.progress()


def waiting() -> Wait:
    payout = BITLOGA.payout(**PAYOUT)
    step = payout.next(NOW)
    assert isinstance(step, payseal.Send)
    payout.on_no_response(step, NOW)
    wait = payout.next(NOW)
    assert isinstance(wait, Wait)
    return wait


DIFFERENT = transaction(purse="Z2")
CONFLICT = drive(BITLOGA.payout(**PAYOUT), [None], then=DIFFERENT)[1]
DATA = [ended(), CONFLICT, watched(), progressed(), waiting()]
MACHINES: list[Callable[[], Any]] = [
    lambda: BITLOGA.payout(**PAYOUT),
    lambda: BITLOGA.watch_invoice("125"),
    lambda: ApiForCrypto("wallet-id").watch_invoice("i1"),
]
each_value = pytest.mark.parametrize("value", DATA, ids=lambda value: type(value).__name__)
each_machine = pytest.mark.parametrize("make", MACHINES, ids=["payout", "watch", "watch of crypto"])


@each_machine
def test_machines_are_not_copied(make: Callable[[], Any]) -> None:
    """Two of one payout would pay twice."""
    for attempt in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError, match=r"save to_text\(\)"):
            attempt(make())


def test_machines_are_referred_to_weakly() -> None:
    made: list[Any] = [BITLOGA.payout(**PAYOUT), BITLOGA.watch_invoice("125"), BITLOGA.payout(**PAYOUT).next(NOW)]
    references = [weakref.ref(each) for each in made]
    assert [reference() for reference in references] == made
    made.clear()
    gc.collect()
    assert [reference() for reference in references] == [None] * len(references)


@each_value
def test_what_they_give_is_copied_and_pickled(value: Any) -> None:
    assert copy.copy(value) is value
    assert copy.deepcopy([value])[0] is value
    again = pickle.loads(pickle.dumps(value))
    assert (type(again), again, hash(again)) == (type(value), value, hash(value))
    _, (cls, version, fields) = value.__reduce__()
    assert (cls, version, set(fields)) == (type(value), 1, set(value._fields))


def identity(value: Any) -> Any:
    return value


def test_outcomes_come_back_from_another_process() -> None:
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(identity, CONFLICT).result() == CONFLICT


@pytest.mark.parametrize(
    ("value", "required"), [(CONFLICT, "verdict"), (watched(), "verdict"), (progressed(), "stage")]
)
def test_pickles_of_another_release(value: Any, required: str) -> None:
    restore, (cls, version, fields) = value.__reduce__()
    assert restore(cls, version, {**fields, "new": 1}) == value
    for name in fields:
        fewer = {other: fields[other] for other in fields if other != name}
        if name in cls._required_fields:
            with pytest.raises(ValueError, match=f"without '{name}'"):
                restore(cls, version, fewer)
        else:
            older = restore(cls, version, fewer)
            assert not getattr(older, name)
            assert repr(older) and older.to_json() and hash(older) == hash(restore(cls, version, fewer))
    assert required in cls._required_fields


def test_an_outcome_of_an_older_release_has_no_differences() -> None:
    reduced: Any = CONFLICT.__reduce__()
    restore, (cls, version, fields) = reduced
    del fields["differences"]
    assert restore(cls, version, fields).differences == ()


def test_steps_to_send_are_not_pickled() -> None:
    with pytest.raises(TypeError, match="key"):
        pickle.dumps(BITLOGA.payout(**PAYOUT).next(NOW))


def test_requests_are_not_written_as_json() -> None:
    step: Any = BITLOGA.payout(**PAYOUT).next(NOW)
    with pytest.raises(TypeError) as caught:
        step.to_json()
    assert "api-key" not in str(caught.value)


@each_value
def test_json_is_the_data(value: Any) -> None:
    assert json.loads(value.to_json()) == json.loads(json.dumps(value.to_dict()))


def test_outcomes_as_json() -> None:
    assert (
        ended().to_json() == '{"verdict":"paid","status":"Complete","orderid":"29","transid":"436f","differences":[]}'
    )
    assert json.loads(CONFLICT.to_json())["differences"] == [["purse", "Z123456789012", "Z2"]]
    assert watched().to_json() == '{"verdict":"paid","status":"Payed"}'
    assert json.dumps([ended().verdict, ended().status, watched().verdict]) == '["paid", "Complete", "paid"]'


@each_machine
@pytest.mark.parametrize("now", [True, False, None, "1700000000", math.nan, math.inf, -1, 1e12])
def test_what_is_no_time_is_refused(make: Callable[[], Any], now: Any) -> None:
    machine = make()
    step = machine.next(NOW)
    before = machine.to_text()
    calls: list[Any] = [
        lambda: machine.next(now),
        lambda: machine.on_response(step, 200, b"", now),
        lambda: machine.on_no_response(step, now),
    ]
    for call in calls:
        with pytest.raises(InvalidInputError) as caught:
            call()
        assert caught.value.field == "now"
    assert machine.to_text() == before


@each_machine
@pytest.mark.parametrize("status", [True, "200", None, 2.0, 70_000, -1])
def test_what_is_no_status_is_refused(make: Callable[[], Any], status: Any) -> None:
    machine = make()
    with pytest.raises(InvalidInputError) as caught:
        machine.on_response(machine.next(NOW), status, b"", NOW)
    assert caught.value.field == "status"
