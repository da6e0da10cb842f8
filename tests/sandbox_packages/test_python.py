"""`pip install payseal-sandbox`, on a machine without Rust."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Project
from places import PACKAGES, ROOT, assert_gone, is_running, only

STARTS_AND_WAITS = """
import sys, time, payseal_sandbox
sandbox = payseal_sandbox.start()
print(sandbox.pid, sandbox.url, flush=True)
time.sleep(60)
"""


def sandboxes(file: Path) -> list[tuple[int, str]]:
    """The sandboxes that tests have seen."""
    seen = {line.split()[0]: line.split()[1] for line in file.read_text(encoding="utf-8").splitlines()}
    return [(int(pid), url) for pid, url in seen.items()]


def test_a_fastapi_shop_is_tested_with_the_fixture(python: Project, tmp_path: Path) -> None:
    seen = tmp_path / "sandboxes"
    printed = python.run("pytest", "test_shop.py", "--no-header", SANDBOXES=str(seen))
    assert "4 passed" in printed
    (sandbox,) = sandboxes(seen)
    assert_gone(*sandbox)


def test_each_worker_of_xdist_has_its_own(python: Project, tmp_path: Path) -> None:
    seen = tmp_path / "sandboxes"
    assert "4 passed" in python.run("pytest", "test_shop.py", "-n", "2", SANDBOXES=str(seen))
    assert len({url for _, url in sandboxes(seen)}) == 2
    for sandbox in sandboxes(seen):
        assert_gone(*sandbox)


def test_the_report_of_a_failure_shows_the_log(python: Project, tmp_path: Path) -> None:
    python.write("test_failure.py", """
def test_passes(payseal_sandbox):
    payseal_sandbox.misbehave("details", "drop")
    assert "seed" in payseal_sandbox.logs()

def test_fails(payseal_sandbox):
    import httpx
    httpx.post(payseal_sandbox.base_url, content=b'{"action":"balances"}')
    assert False
""")  # fmt: skip
    printed = python.run("pytest", "test_failure.py", status=1, SANDBOXES=str(tmp_path / "sandboxes"))
    section = printed.split("Log of payseal-sandbox")
    assert len(section) == 2, "of the test that failed only"
    assert "payseal-sandbox: bitloga ?: 401" in section[1]
    assert "seed" not in section[1], "what was logged before is not of this test"


def test_options_come_from_a_fixture_or_from_the_configuration(python: Project, tmp_path: Path) -> None:
    folder = python.folder / "options"
    folder.mkdir()
    (folder / "conftest.py").write_text("""
import pytest, payseal_sandbox
@pytest.fixture(scope="session")
def payseal_sandbox_options() -> payseal_sandbox.Options:
    return {"repeats": "pay"}
""")  # fmt: skip
    (folder / "test_options.py").write_text("""
def test_options(payseal_sandbox):
    behaviour = payseal_sandbox.get("behaviour")["behaviour"]
    assert (behaviour["repeats"], behaviour["not_known"]) == ("pay", "words")
""")
    setting = "payseal_sandbox=--not-known words"
    assert "1 passed" in python.run("pytest", "options", "-o", setting, SANDBOXES=str(tmp_path / "sandboxes"))


@pytest.mark.parametrize("block", [0, 1], ids=["test", "options"])
def test_the_readmes_examples(python: Project, tmp_path: Path, block: int) -> None:
    text = (ROOT / "examples" / "sandbox" / "python" / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    folder = python.folder / f"readme-{block}"
    folder.mkdir()
    (folder / f"test_readme_{block}.py").write_text(blocks[0], encoding="utf-8")
    (folder / "conftest.py").write_text("" if block == 0 else blocks[1], encoding="utf-8")
    assert "1 passed" in python.run("pytest", folder.name, SANDBOXES=str(tmp_path / "sandboxes"))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_the_tests_however_they_end(python: Project, end: signal.Signals) -> None:
    command = [str(python.folder / "venv" / "bin" / "python"), "-c", STARTS_AND_WAITS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as tests:
        assert tests.stdout is not None
        pid, url = tests.stdout.readline().split()
        assert is_running(int(pid))
        tests.send_signal(end)
    assert_gone(int(pid), url)


def test_two_at_once(python: Project) -> None:
    printed = python.run("python", "-c", """
import payseal_sandbox
with payseal_sandbox.start(api_key="one") as one, payseal_sandbox.start(api_key="two") as two:
    assert one.url != two.url and one.pid != two.pid
    one.post("balances", {"USD": "1.00"})
    assert two.state()["balances"] != one.state()["balances"]
    print(one.api_key, two.api_key)
assert not one.is_running and not two.is_running
one.stop()
""")  # fmt: skip
    assert printed == "one two\n"


def test_a_program_that_does_not_start_says_why(python: Project) -> None:
    printed = python.run("python", "-c", """
import payseal_sandbox
with payseal_sandbox.start() as first:
    try:
        payseal_sandbox.start(port=int(first.url.rpartition(":")[2]))
    except payseal_sandbox.SandboxError as error:
        print(error)
""")  # fmt: skip
    assert "did not start" in printed and "cannot listen on 127.0.0.1" in printed


def test_a_missing_program_is_an_error_that_helps(python: Project) -> None:
    program = only(python.folder / "venv" / "bin", "payseal-sandbox")
    aside = program.rename(program.with_name("aside"))
    try:
        printed = python.run("python", "-m", "payseal_sandbox", status=1)
    finally:
        aside.rename(program)
    assert str(program) in printed and "--force-reinstall payseal-sandbox" in printed


def test_an_unknown_option_is_refused(python: Project, tmp_path: Path) -> None:
    misspelt = 'import payseal_sandbox\n\npayseal_sandbox.start(php_jsn=True, repeats="twice")\n'
    printed = python.run("python", "-c", misspelt, status=1)
    assert "TypeError: the sandbox has no option 'php_jsn'; did you mean 'php_json'?" in printed
    file = python.write("misspelt.py", misspelt)
    interpreter = python.folder / "venv" / "bin" / "python"
    printed = python.run(
        sys.executable, "-m", "mypy", "--python-executable", interpreter, "--strict", "--cache-dir", tmp_path, file,
        status=1,
    )  # fmt: skip
    assert 'Unexpected keyword argument "php_jsn"' in printed
    assert "incompatible type \"Literal['twice']\"" in printed or 'incompatible type "str"' in printed


def test_the_options_are_those_of_the_command_line(python: Project) -> None:
    printed = python.run("payseal-sandbox", "--help")
    # Those that are not for people who start it from a program.
    known = set(re.findall(r"--([a-z-]+)", printed.split("Options:")[1])) - {"end-with-parent", "help", "version"}
    names = python.run("python", "-c", "import payseal_sandbox; print(*payseal_sandbox.Options.__annotations__)")
    assert {name.replace("_", "-") for name in names.split()} == known


def test_the_command_and_the_module_are_the_same(python: Project) -> None:
    version = python.run("python", "-c", "import payseal_sandbox; print(payseal_sandbox.__version__)").strip()
    for command in (["payseal-sandbox"], ["python", "-m", "payseal_sandbox"]):
        assert python.run(*command, "--version") == f"payseal-sandbox {version}\n"
    program = python.folder / "venv" / "bin" / "python"
    with subprocess.Popen(
        [program, "-m", "payseal_sandbox", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        os.kill(process.pid, signal.SIGTERM)
    assert process.returncode == 0
    assert_gone(process.pid, url)


def test_the_wheel_is_small_and_for_every_linux() -> None:
    wheel = only(PACKAGES, "*.whl")
    print(f"{wheel.stat().st_size} bytes: {wheel.name}")
    assert wheel.stat().st_size < 3_000_000
    if sys.platform == "linux":
        assert "manylinux2014" in wheel.name and "musllinux_1_2" in wheel.name
