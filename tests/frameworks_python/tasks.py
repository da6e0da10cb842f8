"""Tasks of Celery that read callbacks, for a worker of `test_celery.py`."""

from __future__ import annotations

import os

from celery import Celery  # type: ignore[import-untyped]
from payseal import Bitloga

BITLOGA = Bitloga("api-key", "api-secret")

folder = os.environ["CELERY_FOLDER"]
app = Celery("tasks", broker="filesystem://", backend=f"file://{folder}/results")
app.conf.update(
    broker_transport_options={
        "data_folder_in": f"{folder}/messages",
        "data_folder_out": f"{folder}/messages",
        "control_folder": f"{folder}/control",
    },
    task_serializer="json",
    result_serializer="json",
    accept_content=["json"],
    worker_hijack_root_logger=False,
)


def verify(body: str, signature: str | None) -> str:
    """Verifies once more in the worker, and answers with JSON."""
    return BITLOGA.verify_callback(body, signature).to_json()


def expect(body: str, signature: str, amount: str) -> None:
    """Holds a callback against an amount."""
    BITLOGA.verify_callback(body, signature).expect(amount=amount)


def parse(status: int, body: str) -> None:
    """Reads an answer."""
    BITLOGA.balances().parse(status, body)


def create_code(amount: str) -> None:
    """Makes a call."""
    BITLOGA.create_code(amount=amount, currency="USD")


TASKS = {function.__name__: app.task(function) for function in (verify, expect, parse, create_code)}
