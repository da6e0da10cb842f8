"""How an outcome is found, shown with interpreters that are only scripts: no emulator runs, and nothing is downloaded."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import places
import pytest
from places import PLACES, Outcome, Place, catalogue, debian, folders, linux, outcome, windows
from places import python as pythons
from places.folders import SetUpFailed, made
from places.outcome import NotHere
from places.pypi import Installer
from places.python import Python

NAMES = {
    *(f"cpython-3.{minor}" for minor in range(9, 15)),
    "cpython-3.14t", "glibc-aarch64", "musl-x86_64", "musl-aarch64", "windows-x86_64",
}  # fmt: skip


@pytest.fixture(autouse=True)
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of each test's own for what is set up."""
    for module in (folders, catalogue, linux):
        monkeypatch.setattr(module, "TARGET", tmp_path / "places")
    (tmp_path / "places").mkdir()
    return tmp_path / "places"


@pytest.mark.parametrize(
    ("status", "printed", "expected"),
    [
        (0, "..\n2 passed in 0.10s\n", "ran"),
        (0, "== 4667 passed, 1 skipped in 380.08s (0:06:20) ==\r\n", "ran"),
        (0, "", "failed"),
        (0, "no tests ran in 0.01s", "failed"),
        (0, "3 skipped in 0.01s", "failed"),
        (0, "0 passed in 0.01s", "failed"),
        (0, "2 passed and more\n", "failed"),
        (0, "1 failed, 2 passed in 0.10s", "failed"),
        (0, "2 passed, 2 errors in 0.10s", "failed"),
        (1, "2 passed in 0.10s", "failed"),
        (-11, "2 passed in 0.10s", "failed"),
        (5, "no tests ran in 0.01s", "failed"),
    ],
)
def test_success_needs_a_count_and_the_exit_status(status: int, printed: str, expected: str) -> None:
    assert outcome.of_tests(status, printed, "CPython").status == expected


def test_the_detail_is_what_was_counted() -> None:
    assert outcome.of_tests(0, "2 passed in 0.10s", "CPython 3.9").detail == "CPython 3.9: 2 passed"
    assert "1 failed, 2 passed" in outcome.of_tests(1, "1 failed, 2 passed in 1s", "CPython").detail
    assert "Fatal Python error" in outcome.of_tests(-6, "Fatal Python error\n\n", "CPython").detail


@pytest.mark.parametrize("status", ["ran", "failed", "not runnable"])
def test_every_outcome_needs_a_reason(status: outcome.Status) -> None:
    with pytest.raises(ValueError, match="reason"):
        Outcome(status, " ")


class Nothing(Installer):
    """Installs nothing: the tests lay the files themselves, after old ones are removed."""

    def wheel(self, wheel: Path) -> None:
        site = wheel.parent / "site"
        (site / "payseal").mkdir(parents=True)
        (site / "payseal" / "__init__.py").touch()
        (site / "payseal" / "_native.py").write_text(wheel.read_text())


def python_with(tmp_path: Path, tests: str, native: str = "") -> tuple[Python, Path]:
    """This Python, in which the native module and pytest are the given programs, and a wheel for it."""
    site = tmp_path / "site"
    site.mkdir(exist_ok=True)
    (site / "pytest.py").write_text(tests)
    wheel = tmp_path / "wheel"
    wheel.write_text(native)
    return Python((sys.executable,), site, Nothing()), wheel


def ran(tmp_path: Path, tests: str, native: str = "") -> Outcome:
    """What came of running that."""
    python, wheel = python_with(tmp_path, tests, native)
    return python.run_tests(wheel, tmp_path / "log")


PASSING = "print('3 passed in 0.10s')"


def test_tests_that_pass_have_run(tmp_path: Path) -> None:
    found = ran(tmp_path, PASSING)
    assert found.status == "ran"
    assert re.fullmatch(r"CPython 3\.\d+\.\S+ on x86_64: 3 passed", found.detail)
    assert (tmp_path / "log").read_text() == "3 passed in 0.10s\n"


@pytest.mark.parametrize(
    "tests",
    ["", "print('no tests ran in 0.01s')", f"{PASSING}; raise SystemExit(1)", f"{PASSING}; import os; os.abort()"],
)
def test_no_count_or_a_bad_end_has_failed(tmp_path: Path, tests: str) -> None:
    assert ran(tmp_path, tests).status == "failed"


@pytest.mark.parametrize(
    "native", ["raise ImportError('wrong ELF class')", "import os; os._exit(0)", "import os; os.abort()"]
)
def test_a_module_that_cannot_be_loaded_has_failed(tmp_path: Path, native: str) -> None:
    found = ran(tmp_path, PASSING, native)
    assert found.status == "failed"
    assert "cannot be imported" in found.detail
    assert "wrong ELF class" in found.detail or "ImportError" not in native


def test_another_payseal_has_failed(tmp_path: Path) -> None:
    native = "import os; __file__ = os.path.join(os.path.dirname(os.__file__), 'payseal', '_native.py')"
    assert "payseal came from" in ran(tmp_path, PASSING, native).detail


def test_a_payseal_left_by_another_wheel_is_removed(tmp_path: Path) -> None:
    (tmp_path / "site" / "payseal").mkdir(parents=True)
    (tmp_path / "site" / "payseal" / "old.py").touch()
    assert ran(tmp_path, PASSING).status == "ran"
    assert not (tmp_path / "site" / "payseal" / "old.py").exists()


def test_what_does_not_end_is_ended_and_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "MINUTES", 1 / 60)
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    started = time.monotonic()
    found = ran(tmp_path, f"print('3 passed in 0.10s', flush=True); {program}")
    # What it started is ended too: it would have held the output open for a minute.
    assert time.monotonic() - started < 30
    assert found.status == "failed"
    assert "-9" in found.detail


def placed(monkeypatch: pytest.MonkeyPatch, python: object) -> list[str]:
    """Adds a place with that set-up, and says when it was finished."""
    finished: list[str] = []
    place = Place(python, finish=lambda: finished.append("finished"))  # type: ignore[arg-type]
    monkeypatch.setitem(PLACES, "made-up", place)
    return finished


def test_a_place_that_is_not_to_be_had_is_not_runnable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_here() -> Python:
        raise NotHere("no such machine")

    finished = placed(monkeypatch, not_here)
    assert places.run("made-up", tmp_path / "wheel") == Outcome("not runnable", "no such machine")
    assert finished == ["finished"]


def test_a_set_up_that_fails_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Python:
        folders.command([sys.executable, "-c", "print('no space left'); raise SystemExit(7)"])
        raise AssertionError

    finished = placed(monkeypatch, broken)
    assert places.run("made-up", tmp_path / "wheel") == Outcome(
        "failed", "the place could not be set up: python exited with 7: no space left"
    )
    assert finished == ["finished"]


def test_a_place_is_finished_after_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python, wheel = python_with(tmp_path, PASSING)
    finished = placed(monkeypatch, lambda: python)
    assert places.run("made-up", wheel).status == "ran"
    assert finished == ["finished"]


def test_unknown_places_are_errors(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        places.run("cpython-2.7", tmp_path)
    with pytest.raises(KeyError):
        places.command("cpython-2.7", tmp_path)


def test_a_version_that_is_not_here_says_so() -> None:
    with pytest.raises(NotHere, match=r"CPython 3\.98 is neither"):
        linux.of_this_machine("3.98")


@pytest.mark.parametrize("version", ["3.98", "3.98t"])
def test_an_interpreter_of_another_version_is_not_taken(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    impostor = tmp_path / f"python{version}"
    impostor.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    impostor.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotHere):
        linux.of_this_machine(version)


def test_an_unknown_package_of_debian_is_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def command(arguments: list[str], **_: object) -> str:
        if "indextargets" in arguments:
            return "Other|Other|mirror:/other\nDebian|Debian-Security|mirror:/security\nDebian|Debian|mirror:/debian\n"
        if "install" in arguments:
            raise SetUpFailed("apt-get exited with 100: E: Unable to locate package python3.98")
        return ""

    monkeypatch.setattr(debian, "command", command)
    with pytest.raises(NotHere, match=r"sid has no python3\.98 for arm64"):
        debian.unpack("sid", "arm64", ["python3.98"], tmp_path / "root")
    assert " mirror:/debian sid main" in (tmp_path / "root-apt" / "sources.list").read_text()


def test_what_is_set_up_is_kept_until_it_changes(target: Path) -> None:
    keys = []

    def make(folder: Path) -> None:
        keys.append(sorted(path.name for path in folder.iterdir()))
        (folder / "file").touch()

    def fail(folder: Path) -> None:
        make(folder)
        raise SetUpFailed("half done")

    for key in ("a", "a", "b"):
        made(target / "place", key, make)
    assert keys == [[], []]
    with pytest.raises(SetUpFailed):
        made(target / "place", "c", fail)
    made(target / "place", "c", make)
    assert keys == [[], [], [], []]


def test_what_was_moved_is_set_up_again(target: Path) -> None:
    """The loader in a program and the path in a launcher are those of the folder in which they were made."""

    def make(folder: Path) -> None:
        (folder / "launcher").write_text(str(folder))

    here, moved = target / "here" / "place", target / "moved" / "place"
    made(here, "a", make)
    here.parent.rename(moved.parent)
    made(moved, "a", make)
    assert (moved / "launcher").read_text() == str(moved)


def test_the_places_are_those_agreed() -> None:
    assert set(PLACES) == NAMES


def test_what_the_places_install_has_hashes() -> None:
    lists = sorted(folders.REQUIREMENTS.glob("*.txt"))
    assert {path.stem for path in lists} == {"tests", "tests-old", "tools", "musl", "musl-sources", "windows"}
    for path in lists:
        text = path.read_text().replace("\\\n", " ")
        pinned = [line for line in text.splitlines() if not line.startswith("#")]
        assert pinned
        for line in pinned:
            assert re.fullmatch(r"[A-Za-z0-9_-]+==\S+( +--hash=sha256:[0-9a-f]{64})+", line), line


def test_the_parts_of_the_set_up_exist() -> None:
    sources = "".join(path.read_text() for path in folders.HERE.glob("*.py"))
    parts = set(re.findall(r'\bset_up\("(\w+)"\)', sources))
    assert parts == {"python", "places_linux", "places_windows"}
    script = (folders.ROOT / "tests" / "setup.sh").read_text()
    for part in parts:
        assert f"set_up_{part}() {{" in script


def test_programs_are_started_as_their_place_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(catalogue, "set_up", asked.append)
    monkeypatch.setattr(windows, "prefix", lambda: asked.append("wine"))
    program = tmp_path / "payseal-sandbox"
    assert places.command("musl-x86_64", program) == places.command("cpython-3.9", program) == [str(program)]
    assert asked == []
    for name in ("glibc-aarch64", "musl-aarch64"):
        assert places.command(name, program) == ["qemu-aarch64-static", str(program)]
    wine = places.command("windows-x86_64", program)
    assert wine[-2:] == [windows.WINE, str(program)]
    assert f"WINEPREFIX={windows.PREFIX}" in wine
    assert asked == ["places_linux", "places_linux", "wine"]


def test_the_command_says_how_it_is_used() -> None:
    command = [sys.executable, str(folders.HERE), "nowhere", "wheel"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 2
    assert all(name in result.stderr for name in NAMES)
