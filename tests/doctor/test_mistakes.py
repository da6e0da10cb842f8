"""Makes each mistake for real, and asks the command of each language. The table is printed after the tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import COMMANDS, run
from conftest import TABLE
from mistakes import MISTAKES, Mistake, World, world


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("arrived")) as running:
        yield running


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_the_cause_is_told(mistake: Mistake, programs: World, tmp_path: Path) -> None:
    arrived = mistake.make(programs)
    arguments = ["diagnose", "--body", str(arrived.body), "--headers", str(arrived.headers), "--api-key", arrived.key]
    told = {}
    for language in COMMANDS:
        printed = run(language, [*arguments, "--json"], tmp_path, variables={"PAYSEAL_SECRET": arrived.secret})
        assert printed.stderr == ""
        assert printed.exit_code == (0 if mistake.cause == "valid" else 1)
        told[language] = json.loads(printed.stdout)

    assert {language: answer["cause"] for language, answer in told.items()} == dict.fromkeys(COMMANDS, mistake.cause)
    assert told["javascript"] == told["python"]
    TABLE.append((mistake.what, mistake.cause, told["python"]["message"]))
