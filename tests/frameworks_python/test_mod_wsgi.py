"""Two applications in one Apache: the interpreters of mod_wsgi, and what the package says of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import httpx
from payseal import Bitloga
from processes import ROOT, apache

APPLICATION = """
from payseal import Bitloga, SignatureError

BITLOGA = Bitloga("api-key", "api-secret")


def application(environ, start_response):
    body = environ["wsgi.input"].read()
    try:
        status, text = "200 OK", BITLOGA.verify_callback(body, environ).event_id
    except SignatureError as error:
        status, text = "401 Unauthorized", error.code
    start_response(status, [("Content-Type", "text/plain")])
    return [text.encode()]
"""

BOTH = """
WSGIScriptAlias /first {folder}/first.wsgi
WSGIScriptAlias /second {folder}/second.wsgi
"""
GROUPS = """
<Location /first>
WSGIApplicationGroup first
</Location>
<Location /second>
WSGIApplicationGroup second
</Location>
"""
GLOBAL = "WSGIApplicationGroup %{{GLOBAL}}\n"
DAEMONS = """
WSGIDaemonProcess first threads=4 python-path={folder}
WSGIDaemonProcess second threads=4 python-path={folder}
<Location /first>
WSGIProcessGroup first
</Location>
<Location /second>
WSGIProcessGroup second
</Location>
"""

SIGNED = Bitloga("api-key", "api-secret").sign_callback(to="WMZ", amount=1, invoiceid=5, uniqueid="125")
UNSIGNED = (401, "signature_missing")
GENUINE = (200, "Invoice:5:Payed")


def fill(folder: Path) -> None:
    """Two applications, and the package as the wheel has it."""
    (wheel,) = (ROOT / "bindings-python" / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    for name in ("first", "second"):
        (folder / f"{name}.wsgi").write_text(APPLICATION, encoding="utf-8")


def deliver(url: str, signed: bool) -> tuple[int, str]:
    """Sends an application a callback; returns status and text."""
    headers = SIGNED.headers if signed else {}
    response = httpx.post(url, content=SIGNED.body, headers=headers, trust_env=False, timeout=30)
    return response.status_code, response.text


def answers(url: str, name: str) -> list[tuple[int, str]]:
    """What an application says to an unsigned and to a genuine callback."""
    return [deliver(f"{url}/{name}", signed=False), deliver(f"{url}/{name}", signed=True)]


def test_a_second_interpreter_is_refused_and_the_log_names_the_cure() -> None:
    with apache(BOTH + GROUPS, fill) as (url, log):
        assert answers(url, "first") == [UNSIGNED, GENUINE]
        assert [status for status, _ in answers(url, "second")] == [500, 500]
        assert answers(url, "first") == [UNSIGNED, GENUINE]
        logged = log.read_text(encoding="utf-8")
    assert "ImportError: payseal is in use by another interpreter of this process" in logged
    assert "WSGIApplicationGroup %{GLOBAL}" in logged


def test_two_applications_in_the_main_interpreter() -> None:
    with apache(BOTH + GLOBAL, fill) as (url, _):
        for name in ("first", "second", "first"):
            assert answers(url, name) == [UNSIGNED, GENUINE]


def test_two_applications_in_processes_of_their_own() -> None:
    with apache(BOTH + GROUPS + DAEMONS, fill) as (url, _):
        for name in ("first", "second", "first"):
            assert answers(url, name) == [UNSIGNED, GENUINE]
