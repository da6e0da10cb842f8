"""What `make dist` says about artifacts, with builds, checks and places that take no time."""

from __future__ import annotations

import hashlib
import re
import struct
import sys
import types
import zipfile
from collections.abc import Callable
from pathlib import Path

import artifacts
import checks
import choice
import contents
import headers
import placeholder
import places
import pytest
import reports
import runs
from artifacts import ARTIFACTS, Artifact, NotHere
from builds import Build
from checks import Check
from commands import ROOT, Failed, Shell
from making import Workshop
from places import NotHere as PlaceNotHere
from places import SetUpFailed
from reports import Built, Outcome, Report
from runs import Run


def build_file(_: Shell, folder: Path) -> None:
    (folder / "thing-1.whl").write_bytes(b"12345")


def fail(*_: object) -> None:
    raise Failed("it broke")


def succeed(*_: object) -> None:
    pass


def run_well(*_: object) -> Outcome:
    return Outcome("ran", "3 passed")


BUILD = Build("thing", build_file)
GOOD = Check("good", succeed)
RUN = Run("here", run_well)


def thing(*given: Check, build: Build = BUILD, where: tuple[Run, ...] | NotHere = (RUN,)) -> Artifact:
    return Artifact("thing", build, "thing-*.whl", given or (GOOD,), where)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "dist", tmp_path / "builds", tmp_path / "logs")


def line_of(report: Report) -> str:
    return reports.table([report]).splitlines()[2]


def test_what_is_built_checked_and_run_is_shown_so(workshop: Workshop) -> None:
    report = workshop.make(thing())
    assert line_of(report).split(" | ") == ["thing   ", "5    ", "0 s  ", "1 checks", "ran at here: 3 passed"]
    assert reports.exit_status([report]) == 0
    assert reports.totals([report]) == "1 artifacts: 1 built, 1 checked, 1 run, 0 not runnable here, 0 failed"
    assert (workshop.dist / "thing-1.whl").read_bytes() == b"12345"


def test_a_check_that_fails_is_shown_and_fails_all(workshop: Workshop) -> None:
    report = workshop.make(thing(GOOD, Check("bad", fail)))
    assert "| FAILED: bad " in line_of(report)
    assert reports.failures([report]) == ["thing: bad: it broke"]
    assert reports.exit_status([report]) == 1
    assert reports.totals([report]).endswith("1 built, 0 checked, 1 run, 0 not runnable here, 1 failed")


def test_a_check_that_cannot_be_made_has_failed(workshop: Workshop) -> None:
    def unforeseen(*_: object) -> None:
        raise ZeroDivisionError("nothing")

    report = workshop.make(thing(Check("odd", unforeseen)))
    assert report.problems == (("odd", "ZeroDivisionError: nothing"),)
    assert reports.exit_status([report]) == 1


@pytest.mark.parametrize(
    ("build", "why"),
    [(fail, "it broke"), (succeed, "the build left 0 files like thing-*.whl")],
)
def test_what_is_not_built_is_neither_checked_nor_run(
    workshop: Workshop, build: Callable[[Shell, Path], None], why: str
) -> None:
    report = workshop.make(thing(build=Build("thing", build)))
    assert line_of(report).split() == ["thing", "|", "|", "FAILED", "|", "|"]
    assert reports.failures([report]) == [f"thing was not built: {why}"]
    assert reports.totals([report]).endswith("0 built, 0 checked, 0 run, 0 not runnable here, 1 failed")
    assert reports.exit_status([report]) == 1


def test_what_cannot_be_run_is_not_counted_as_run(workshop: Workshop) -> None:
    report = workshop.make(thing(where=NotHere("needs another machine")))
    assert line_of(report).endswith("| not runnable here: needs another machine")
    assert reports.totals([report]).endswith("1 checked, 0 run, 1 not runnable here, 0 failed")
    assert reports.exit_status([report]) == 0


def test_a_run_that_fails_is_shown_beside_those_that_succeed(workshop: Workshop) -> None:
    report = workshop.make(thing(where=(RUN, Run("there", lambda *_: Outcome("failed", "1 failed, 2 passed")))))
    first, second = reports.table([report]).splitlines()[2:]
    assert first.endswith("ran at here: 3 passed")
    assert second.endswith("FAILED at there")
    assert reports.failures([report]) == ["thing@there: 1 failed, 2 passed"]
    assert reports.totals([report]).endswith("0 run, 0 not runnable here, 1 failed")
    assert reports.exit_status([report]) == 1


def test_other_artifacts_go_on_after_a_failure(workshop: Workshop) -> None:
    made = [workshop.make(thing(Check("bad", fail))), workshop.make(thing())]
    assert [report.failed for report in made] == [True, False]
    assert reports.exit_status(made) == 1


def test_nothing_made_is_a_failure() -> None:
    assert reports.exit_status([]) == 1
    assert reports.exit_status([Report("thing", Built(5, 1.0), checks=1)]) == 1
    assert reports.exit_status([Report("thing", Built(5, 1.0), runs=(("here", run_well()),))]) == 1


def test_a_build_of_several_artifacts_runs_once(workshop: Workshop) -> None:
    built = []

    def build(shell: Shell, folder: Path) -> None:
        built.append(folder)
        build_file(shell, folder)

    shared = Build("shared", build)
    assert not any(workshop.make(thing(build=shared)).failed for _ in range(2))
    assert len(built) == 1


def test_one_place_alone_can_be_asked_for(workshop: Workshop) -> None:
    both = thing(where=(RUN, Run("there", fail)))  # type: ignore[arg-type]
    ((artifact, place),) = choice.chosen([both], ["thing@here"])
    assert [place for place, _ in workshop.make(artifact, place).runs] == ["here"]
    for wanted in ("thing@nowhere", "thin", "@here", ""):
        with pytest.raises(choice.Unknown, match="--list"):
            choice.chosen([both], [wanted])
    assert choice.chosen([both], []) == [(both, "")]


def test_places_that_are_missing_are_failures(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = thing(where=(runs.in_place("cpython-3.9"),))
    monkeypatch.setitem(sys.modules, "places", None)
    (_, outcome), = workshop.make(wanted).runs  # fmt: skip
    assert outcome.status == "failed" and "places cannot be imported" in outcome.detail

    module = types.ModuleType("places")
    module.__dict__.update(PLACES={"cpython-3.10": object()}, run=run_well)
    monkeypatch.setitem(sys.modules, "places", module)
    (_, outcome), = workshop.make(wanted).runs  # fmt: skip
    assert outcome == Outcome("failed", "tests/distribution/places has no cpython-3.9")


@pytest.mark.parametrize("status", ["ran", "failed", "not runnable"])
def test_what_a_place_says_is_what_is_shown(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, status: reports.Status
) -> None:
    module = types.ModuleType("places")
    module.__dict__.update(PLACES={"musl-x86_64": object()}, run=lambda place, wheel: Outcome(status, wheel.name))
    monkeypatch.setitem(sys.modules, "places", module)
    report = workshop.make(thing(where=(runs.in_place("musl-x86_64"),)))
    assert report.runs == (("musl-x86_64", Outcome(status, "thing-1.whl")),)
    assert (report.ran, report.failed) == (status == "ran", status == "failed")


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (PlaceNotHere("no wine"), Outcome("not runnable", "no wine")),
        (SetUpFailed("apt: no space"), Outcome("failed", "the place could not be set up: apt: no space")),
    ],
)
def test_a_place_without_an_emulator_is_shown_as_that(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, problem: Exception, expected: Outcome
) -> None:
    def command(*_: object) -> list[str]:
        raise problem

    def build(_: Shell, folder: Path) -> None:
        with zipfile.ZipFile(folder / "thing-1.whl", "w") as archive:
            archive.writestr("scripts/payseal-sandbox", macho())

    monkeypatch.setattr(places, "command", command)
    where = (runs.sandbox_program("windows-x86_64"),)
    (_, outcome), = workshop.make(thing(build=Build("packed", build), where=where)).runs  # fmt: skip
    assert outcome == expected


def test_every_artifact_is_checked_and_has_a_run_or_a_reason() -> None:
    names = [artifact.name for artifact in ARTIFACTS]
    assert len(set(names)) == len(names)
    for artifact in ARTIFACTS:
        assert set(checks.EVERY) <= set(artifact.checks)
        assert artifact.runs.reason if isinstance(artifact.runs, NotHere) else artifact.runs
    listed = choice.listed(ARTIFACTS)
    assert [line.split()[0] for line in listed] == names
    assert f"not runnable here: {artifacts.NO_MACOS.reason}" in "\n".join(listed)


def test_a_package_without_a_licence_or_with_a_folder_is_found(tmp_path: Path) -> None:
    package = tmp_path / "package-1-py3-none-any.whl"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("licenses/LICENSE-MIT", contents.LICENCES["LICENSE-MIT"])
        archive.writestr("licenses/LICENSE-APACHE", contents.LICENCES["LICENSE-APACHE"] + b" ")
        archive.writestr("module.so", f"…{ROOT}/core/src/lib.rs…")
    assert contents.missing_licences(package) == ["LICENSE-APACHE"]
    assert contents.naming_this_machine(package) == ["module.so"]


def test_notices_have_to_be_those_of_today(tmp_path: Path) -> None:
    today = (ROOT / "bindings-python" / contents.NOTICES).read_text(encoding="utf-8")
    for number, (name, text, expected) in enumerate([
        ("licenses/THIRD-PARTY-NOTICES", today, True),
        ("licenses/THIRD-PARTY-NOTICES", today[:-2], False),
        ("NOTICES", today, False),
    ]):  # fmt: skip
        package = tmp_path / f"package-{number}-py3-none-any.whl"
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr(name, text)
        assert contents.has_notices(package) is expected


def test_what_has_a_program_in_it_has_notices() -> None:
    for artifact in ARTIFACTS:
        linked = artifact.name not in ("crate", "sdist")
        assert (checks.NOTICES_OF_TODAY in artifact.checks) is linked, artifact.name


def test_the_name_of_a_wheel_has_to_end_with_its_tag(tmp_path: Path) -> None:
    check = checks.tag("cp39-abi3-win_amd64").check
    shell = Shell(tmp_path / "log")
    check(shell, Path("payseal-0.1.0-cp39-abi3-win_amd64.whl"))
    with pytest.raises(Failed, match="is called"):
        check(shell, Path("payseal-0.1.0-cp39-abi3-win_arm64.whl"))


def macho(*, library: str = "/usr/lib/libSystem.B.dylib", flags: int = 2) -> bytes:
    """The smallest library for macOS on arm64, with a signature that is right."""
    name = library.encode() + b"\0" * (32 - len(library))
    dylib = struct.pack("<6I", 0x0C, 24 + len(name), 24, 0, 0, 0) + name
    version = struct.pack("<6I", 0x32, 24, 1, 11 << 16, 0, 0)
    size = 32 + len(dylib) + len(version) + 16
    directory_size = 44 + 32
    signature = struct.pack("<4I", 0x1D, 16, size, 20 + directory_size)
    commands = dylib + version + signature
    code = struct.pack("<8I", 0xFEEDFACF, 0x0100000C, 0, 6, 3, len(commands), 0, 0) + commands
    directory = struct.pack(">9I4BI", 0xFADE0C02, directory_size, 0x20400, flags, 44, 0, 0, 1, size, 32, 2, 0, 12, 0)
    wrapped = struct.pack(">5I", 0xFADE0CC0, 20 + directory_size, 1, 0, 20)
    return code + wrapped + directory + hashlib.sha256(code).digest()


def test_headers_of_macos() -> None:
    library = macho()
    assert headers.kind(library) == "Mach-O arm64"
    assert headers.mach_o(library) == headers.MachO(("/usr/lib/libSystem.B.dylib",), (11, 0), "ad hoc")
    assert headers.mach_o(macho(flags=0)).signature == "of an identity"
    changed = bytearray(library)
    changed[40] ^= 1
    assert headers.mach_o(bytes(changed)).signature == "broken"


@pytest.mark.parametrize(
    ("binary", "name", "problem"),
    [
        (macho(), "macosx_11_0_arm64", ""),
        (macho(), "macosx_10_12_arm64", "needs macOS 11.0"),
        (macho(library="@rpath/libzig.dylib"), "macosx_11_0_arm64", "linked against @rpath/libzig.dylib"),
        (macho()[:-1] + b"?", "macosx_11_0_arm64", "signature is broken"),
    ],
)
def test_what_macos_would_refuse(tmp_path: Path, binary: bytes, name: str, problem: str) -> None:
    wheel = tmp_path / f"payseal-1-cp39-abi3-{name}.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("payseal/_native.so", binary)
    shell = Shell(tmp_path / "log")
    if problem:
        with pytest.raises(Failed, match=problem):
            checks.MACOS.check(shell, wheel)
    else:
        checks.MACOS.check(shell, wheel)
    checks.binary("Mach-O arm64").check(shell, wheel)
    with pytest.raises(Failed, match="has Mach-O arm64, not one of PE x86_64"):
        checks.binary("PE x86_64").check(shell, wheel)


def test_the_program_that_runs_these_tests_is_known() -> None:
    program = Path(sys.executable).resolve().read_bytes()
    assert headers.kind(program).split()[0] in ("ELF", "Mach-O", "PE")
    assert headers.kind(b"#!/bin/sh\n") == ""
    if program.startswith(b"\x7fELF"):
        assert not headers.is_static(program)


def test_a_command_that_fails_says_its_last_line(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "log")
    with pytest.raises(Failed, match=r"^sh: bad luck$"):
        shell.run("sh", "-c", "echo first; echo bad luck >&2; exit 3")
    assert "first" in shell.log.read_text()
    with pytest.raises(Failed, match="no-such-program is missing"):
        shell.run("no-such-program")


def test_the_placeholder_is_warned_of_as_long_as_it_stands() -> None:
    assert placeholder.warning_of([]) == ""
    assert placeholder.warning_of(["Cargo.toml"]).startswith("WARNING: ")
    manifests = [
        ROOT / "Cargo.toml",
        ROOT / "bindings-wasm" / "package.json",
        ROOT / "bindings-python" / "pyproject.toml",
    ]
    for manifest in manifests:
        names_it = placeholder.PLACEHOLDER in manifest.read_text(encoding="utf-8")
        assert (str(manifest.relative_to(ROOT)) in placeholder.warning()) == names_it


def test_the_commands_in_contributing_name_artifacts() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r'DIST="--only (\S+)"', page)
    assert len(choice.chosen(ARTIFACTS, named)) == len(named) >= 2
