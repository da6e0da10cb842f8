"""One process, several imports: reloads, second imports, sub-interpreters, threads that meet in an import."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

PATIENCE = float(os.environ.get("PAYSEAL_TEST_PATIENCE", "1"))
"""How many times longer than on a real processor things may take: more than 1 where it is emulated."""

WATCHDOG = 30 * PATIENCE
"""Seconds after which a program counts as hung."""


def run(program: str, *arguments: str) -> str:
    """What a fresh interpreter prints; it must end by itself."""
    command = [sys.executable, "-I", "-c", textwrap.dedent(program), *arguments]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=WATCHDOG, check=False)
    except subprocess.TimeoutExpired:
        pytest.fail("the interpreter hangs")
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


IMPORTED = """
import importlib, pickle, sys
import payseal
from payseal import Bitloga, Callback, InvalidInputError, PaysealError, SignatureError

def raised(client):
    try:
        client.verify_callback(b"{}", None)
    except SignatureError as error:
        return isinstance(error, payseal.SignatureError) and isinstance(error, payseal.PaysealError)
    except Exception as error:
        return type(error)

def refused(make):
    try:
        make("api-key", "")
    except InvalidInputError as error:
        return isinstance(error, ValueError)

def paid(client):
    from payseal import Done, InvalidInputError, Outcome, Send, driver
    payout = client.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
    try:
        payout.next(True)
    except InvalidInputError:
        pass
    answer = b'{"to":"WMZ","amount_to":10,"purse":"Z1","status":"Complete","uniqueid":"135","success":true}'
    outcome = driver.run(payout, lambda request: (200, answer), lambda text, revision: None)
    again = pickle.loads(pickle.dumps(outcome))
    watch = client.watch_invoice("125")
    signed = client.sign_callback(to="WMZ", amount=1, invoiceid=5, uniqueid="125")
    classes = isinstance(again, Outcome) and isinstance(again, payseal.Outcome) and isinstance(watch, payseal.Watch)
    ended = isinstance(payout.next(1700000000), Done) and isinstance(watch.next(1700000000), Send)
    return classes and ended and again == outcome and watch.on_callback(client.verify_callback(signed.body, signed.headers))

def read(client):
    signed = client.sign_callback(to="WMZ", amount=1, invoiceid=5, uniqueid="125")
    callback = client.verify_callback(signed.body, signed.headers)
    again = pickle.loads(pickle.dumps(callback))
    return isinstance(callback, Callback) and isinstance(callback, payseal.Callback) and again == callback

old = Bitloga("api-key", "api-secret")
"""

CHECKED = """
new = payseal.Bitloga("api-key", "api-secret")
uses = (raised, read, paid)
print(all(use(client) is True for client in (old, new) for use in uses), refused(payseal.Bitloga))
print(isinstance(new, Bitloga), isinstance(old, payseal.Bitloga))
"""


@pytest.mark.parametrize("used_before", [True, False])
@pytest.mark.parametrize(
    "again",
    [
        "importlib.reload(payseal)",
        "[importlib.reload(module) for name, module in sorted(sys.modules.items()) if name.startswith('payseal')]",
        "[sys.modules.pop(name) for name in list(sys.modules) if name.startswith('payseal')]; import payseal",
        "[sys.modules.pop(name) for name in list(sys.modules) if name == 'payseal']; import payseal",
        "[sys.modules.pop(name) for name in list(sys.modules) if name in ('payseal._errors', 'payseal._results')]",
    ],
    ids=[
        "reload",
        "reload of all modules",
        "second import",
        "second import of the package",
        "second import of modules",
    ],
)
def test_importing_again_keeps_the_classes(again: str, used_before: bool) -> None:
    used = "raised(old); read(old); paid(old)" if used_before else ""
    assert run("\n".join([IMPORTED, used, again, CHECKED])) == "True True\nTrue True"


SUBINTERPRETERS = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"


def in_subinterpreter(script: str) -> str:
    """What is printed by a program that runs a script in a sub-interpreter that shares the lock, as mod_wsgi's do."""
    create = "create('legacy')" if sys.version_info >= (3, 13) else "create(isolated=False)"
    return f"""
import {SUBINTERPRETERS} as interpreters
try:
    interpreter = interpreters.{create}
except TypeError:
    interpreter = interpreters.create()
failed = interpreters.run_string(interpreter, {textwrap.dedent(script)!r})
if failed:
    print("failed", failed)
"""


REFUSED = """
import sys
try:
    import payseal
    print("imported")
except ImportError as error:
    print(error)
sys.stdout.flush()
"""


def test_a_second_interpreter_is_refused_with_the_cure() -> None:
    printed = run("import payseal; payseal.Bitloga('api-key', 'api-secret')\n" + in_subinterpreter(REFUSED))
    assert "payseal is in use by another interpreter of this process" in printed
    assert "WSGIApplicationGroup %{GLOBAL}" in printed


def test_the_first_interpreter_may_be_any() -> None:
    printed = run(in_subinterpreter(REFUSED) + "\n" + textwrap.dedent(REFUSED))
    first, _, second = printed.partition("\n")
    assert first == "imported"
    assert "payseal is in use by another interpreter of this process" in second


def test_importing_may_run_code_that_uses_the_package() -> None:
    """The first use imports modules, which runs what others have hooked into imports: it may well come back here."""
    program = """
    import sys
    from payseal import Bitloga, SignatureError
    client = Bitloga("api-key", "api-secret")
    seen = []

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name in ("payseal._results", "payseal._record", "decimal", "_decimal"):
                try:
                    client.verify_callback(b"{}", "0" * 128)
                except Exception as error:
                    seen.append(type(error))
            return None

    sys.meta_path.insert(0, Finder)
    signed = client.sign_callback(to="WMZ", amount="1", invoiceid=5, uniqueid="125")
    print(client.verify_callback(signed.body, signed.headers).amount, len(seen) > 2, set(seen) == {SignatureError})
    """
    assert run(program) == "1 True True"


def test_threads_that_meet_in_the_first_use() -> None:
    """One imports the modules of results and raises an error on the way, the other needs those modules."""
    program = """
    import os, sys, threading, time
    from payseal import Bitloga
    client = Bitloga("api-key", "api-secret")
    signed = client.sign_callback(to="WMZ", amount="1", invoiceid=5, uniqueid="125")
    inside = threading.Event()

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name == "payseal._record":
                inside.set()
                time.sleep(0.5)
                try:
                    client.verify_callback(b"{}", "0" * 128)
                except Exception as error:
                    print(type(error).__name__, flush=True)
            return None

    def use():
        inside.wait()
        print(client.verify_callback(signed.body, signed.headers).uniqueid, flush=True)

    sys.meta_path.insert(0, Finder)
    threads = [threading.Thread(target=target, daemon=True) for target in (lambda: __import__("payseal._results"), use)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    print(any(thread.is_alive() for thread in threads), flush=True)
    os._exit(0)
    """
    assert run(program) == "SignatureError\n125\nFalse"


def test_a_page_is_handed_out_once() -> None:
    """However many threads ask for it."""
    program = """
    import sys, threading
    from payseal import Bitloga
    sys.setswitchinterval(1e-6)
    client = Bitloga("api-key", "api-secret")
    for _ in range(300):
        pages, calls, barrier = client.code_pages(), [], threading.Barrier(4)

        def ask():
            barrier.wait()
            try:
                calls.append(next(pages))
            except RuntimeError:
                pass

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(calls) == 1
    print("done")
    """
    assert run(program) == "done"


LOCKS = """
import faulthandler, sys, threading
faulthandler.dump_traceback_later(float(sys.argv[1]), exit=True)
from payseal import Bitloga, PaysealError
sys.setswitchinterval(1e-6)
client = Bitloga("api-key", "api-secret")
signed = client.sign_callback(to="WMZ", amount="1", invoiceid=5, uniqueid="125")
pages = client.code_pages(limit=1)
answer = '{"data":[{"code":"c","amount":1,"currency":"USD","status":"Active","new":[1]}],"success":true}'
payout = client.payout(uniqueid="135", currency="USD", paysys="WMZ", amount="10.00", purse="Z1")
watch = client.watch_invoice("125")
stranger = client.watch_invoice("126").next(1700000000)
callback = client.verify_callback(signed.body, signed.headers)
shared = client.list_codes().parse(200, answer).data[0].extra

def work():
    for _ in range(int(sys.argv[2])):
        for use in (
            lambda: client.verify_callback(b"{}", None),
            lambda: next(pages).parse(200, answer),
            lambda: next(pages).parse(500, b""),
            lambda: client.code_pages(limit=101),
            lambda: shared["new"],
            lambda: payout.next(True),
            lambda: payout.on_response(payout.next(1700000000), 200, b" " * 20_000, 1700000000),
            lambda: payout.on_no_response(stranger, 1700000000),
            lambda: (payout.to_text(), payout.progress(), payout.revision, payout == watch),
            lambda: (watch.next(1700000000), watch.on_callback(callback), watch.is_called_back),
            lambda: watch.on_notification(callback),
            lambda: client.resume_payout(payout.to_text()),
            lambda: client.resume_watch(payout.to_text()),
            lambda: client.verify_callback(signed.body + b" " * 20_000, signed.headers),
        ):
            try:
                use()
            except (PaysealError, RuntimeError):
                pass

# A tracer runs Python code wherever Python code can run at all.
threading.settrace(lambda *_: None)
threads = [threading.Thread(target=work) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("done")
"""


def test_no_lock_is_held_while_python_code_runs() -> None:
    # A deadlock shows within the first rounds; an emulator takes minutes for as many as a processor does.
    assert run(LOCKS, str(20 * PATIENCE), str(int(2000 / PATIENCE))) == "done"
