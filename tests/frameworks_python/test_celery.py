"""Results and errors that come back from a real worker of Celery through its JSON backend."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import payseal
import pytest
from payseal import Bitloga
from processes import running

HERE = Path(__file__).parent
SIGNED = Bitloga("api-key", "api-secret").sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
BODY = SIGNED.body.decode()
SIGNATURE = SIGNED.headers["X-SIGNATURE"]
ANSWER = '{"success":false,"error":"unknown key ж"}'


@pytest.fixture(scope="module")
def tasks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The tasks, with a worker that does them."""
    folder = tmp_path_factory.mktemp("celery")
    for name in ("messages", "control", "results"):
        (folder / name).mkdir()
    os.environ["CELERY_FOLDER"] = str(folder)
    command = [sys.executable, "-m", "celery", "--app", "tasks", "worker", "--concurrency=2", "--pool=prefork"]
    environment = {**os.environ, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1", "C_FORCE_ROOT": "1"}

    def is_ready() -> bool:
        return " ready." in (folder / "server.log").read_text(encoding="utf-8")

    with running([*command, "--loglevel=info"], folder, is_ready, environment):
        yield importlib.import_module("tasks")


def result_of(task: Any, *arguments: object) -> Any:
    """What a task gives, or raises, on the other side."""
    return task.delay(*arguments).get(timeout=30)


def test_results_come_back_as_json(tasks: Any) -> None:
    assert json.loads(result_of(tasks.TASKS["verify"], BODY, SIGNATURE))["amount"] == "1.00"


@pytest.mark.parametrize(
    ("signature", "code"),
    [
        (None, "signature_missing"),
        ("ab", "signature_malformed"),
        ("0" * 128, "signature_mismatch"),
    ],
)
def test_errors_of_signatures_come_back(tasks: Any, signature: str | None, code: str) -> None:
    with pytest.raises(payseal.SignatureError) as caught:
        result_of(tasks.TASKS["verify"], BODY, signature)
    with pytest.raises(payseal.SignatureError) as raised_here:
        tasks.BITLOGA.verify_callback(BODY, signature)
    assert caught.value.code == code
    assert str(caught.value) == str(raised_here.value)


def test_errors_of_answers_come_back(tasks: Any) -> None:
    with pytest.raises(payseal.GatewayError) as caught:
        result_of(tasks.TASKS["parse"], 403, ANSWER)
    error = caught.value
    assert (error.code, error.status, error.retryable) == ("rejected", 403, False)
    assert (error.reason, error.body) == ("unknown key ж", ANSWER.encode())


def test_errors_of_input_come_back(tasks: Any) -> None:
    with pytest.raises(payseal.InvalidInputError) as caught:
        result_of(tasks.TASKS["create_code"], "0")
    assert (caught.value.code, caught.value.field) == ("invalid_input", "amount")


def test_mismatches_come_back(tasks: Any) -> None:
    with pytest.raises(payseal.MismatchError) as caught:
        result_of(tasks.TASKS["expect"], BODY, SIGNATURE, "2.00")
    assert (caught.value.code, caught.value.differences) == ("mismatch", (("amount", "2.00", "1.00"),))
