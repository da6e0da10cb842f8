"""The tours of `examples/`, in every language at once, against gateways that make it harder."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from gateways import Gateways

from examples.demo import table, tours


@pytest.fixture
def columns(gateways: Gateways) -> Iterator[dict[str, list[tours.Step]]]:
    """The tours, all run at the same time. The first answers to `withdraw` are lost, and everything comes twice."""
    gateways.misbehave("withdraw", "drop-after", times=len(tours.TOURS))
    gateways.misbehave("*", "duplicate", times=1000)
    with ThreadPoolExecutor() as pool:
        running = {name: pool.submit(tours.run, name, gateways.url, "http://127.0.0.1:9") for name in tours.TOURS}
        yield {name: tour.result() for name, tour in running.items()}


@pytest.mark.parametrize("sandbox", ["php"], indirect=True)
def test_every_step_is_done_in_every_language(gateways: Gateways, columns: dict[str, list[tours.Step]]) -> None:
    for name, steps in columns.items():
        assert [step.name for step in steps] == list(tours.STEPS), name
    assert all(map(table.has_passed, table.rows(columns))), table.render(columns)
    withdrawals = [entry for entry in gateways.state("ledger") if entry["reason"].startswith("withdrawal")]
    assert [entry["amount"] for entry in withdrawals] == ["-10.10"] * len(columns)
