"""The sandboxes and the receiver that the tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from gateways import Gateways  # noqa: E402
from receiver import Receiver  # noqa: E402

from examples.demo import servers  # noqa: E402
from examples.demo.places import OUTPUT  # noqa: E402

WRITINGS = {"plain": [], "php": ["--php-json"]}


@pytest.fixture(scope="session", params=WRITINGS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a sandbox that writes JSON plainly, or as PHP does."""
    options = ["--block-time", "20", "--pause-scale", "0.002", *WRITINGS[request.param]]
    with servers.sandbox(*options, log=OUTPUT / f"end-to-end-{request.param}.log") as url:
        yield url


@pytest.fixture
def gateways(sandbox: str) -> Gateways:
    """Both gateways as they are after a start, with clients for them."""
    gateways = Gateways(sandbox)
    gateways.control("reset")
    return gateways


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """An endpoint of ours that keeps what it receives."""
    with Receiver() as receiver:
        yield receiver
