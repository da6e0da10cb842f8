"""Fixtures for pytest. They are there once the package is installed: nothing has to be imported.

`payseal_sandbox` is a sandbox that has forgotten what earlier tests did. One program serves all tests of a session; with
pytest-xdist, one for each worker. If a test fails, its report shows what the sandbox logged meanwhile.

How it behaves is chosen by a fixture of your own in `conftest.py`, which replaces the one here:

    @pytest.fixture(scope="session")
    def payseal_sandbox_options() -> payseal_sandbox.Options:
        return {"pause_scale": 0.01, "php_json": True}

or by words of the command line in pytest's configuration: `payseal_sandbox = --php-json --repeats pay`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from . import Options, Sandbox, start

_USED: pytest.StashKey[tuple[Sandbox, int]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declares the setting `payseal_sandbox`."""
    parser.addini("payseal_sandbox", "words of the command line of payseal-sandbox", type="args", default=[])


@pytest.fixture(scope="session")
def payseal_sandbox_options() -> Options:
    """How the sandbox of this session behaves: its callbacks are repeated soon. Replace it by one of your own."""
    return {"pause_scale": 0.01}


@pytest.fixture(scope="session")
def payseal_sandbox_session(pytestconfig: pytest.Config, payseal_sandbox_options: Options) -> Iterator[Sandbox]:
    """The sandbox of this session, as the tests before left it. Most tests want `payseal_sandbox`."""
    with start(*pytestconfig.getini("payseal_sandbox"), **payseal_sandbox_options) as sandbox:
        yield sandbox


@pytest.fixture
def payseal_sandbox(payseal_sandbox_session: Sandbox, request: pytest.FixtureRequest) -> Sandbox:
    """A sandbox that has forgotten what earlier tests did."""
    request.node.stash[_USED] = (payseal_sandbox_session, payseal_sandbox_session.logged)
    payseal_sandbox_session.reset()
    return payseal_sandbox_session


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.CallInfo[None], None]:
    """Adds the sandbox's log to the report of a test that failed."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()  # type: ignore[attr-defined]
    used = item.stash.get(_USED, None)
    if report.failed and used is not None:
        sandbox, before = used
        if log := sandbox.logs(before):
            report.sections.append(("Log of payseal-sandbox", log))
