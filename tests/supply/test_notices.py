"""Whoever gets a package gets the licences of all that is linked into it."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from supply import licences, notices
from supply.linked import ARTEFACTS, ROOT, Artefact, Crate

WITH_NOTICES = [artefact for artefact in ARTEFACTS if artefact.has_notices]
HOST = re.findall("host: (.*)", subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout)[0]


def only(folder: str, pattern: str) -> Path:
    (found,) = (ROOT / folder).glob(pattern)
    return found


def packed(name: str) -> dict[str, bytes]:
    """The files of what was built last."""
    if name == "wheel":
        with zipfile.ZipFile(only("bindings-python/dist", "*.whl")) as wheel:
            return {each: wheel.read(each) for each in wheel.namelist()}
    with tarfile.open(only("bindings-wasm/dist", "*.tgz")) as tarball:
        files = {member.name: tarball.extractfile(member) for member in tarball.getmembers() if member.isfile()}
        return {each: file.read() for each, file in files.items() if file}


def program(name: str) -> bytes:
    """What the compiler made."""
    if name == "sandbox":
        return (ROOT / "target" / "debug" / "payseal-sandbox").read_bytes()
    suffixes = (".so", ".pyd", ".wasm")
    return b"".join(content for path, content in packed(name).items() if path.endswith(suffixes))


def with_texts(file: str) -> set[str]:
    """The crates whose licence is in a file of notices: those named before a text."""
    parts = file.split(notices.RULE)[1:]
    headings = [heading for part in parts if (heading := re.match(r"\s*Of (.+):\n\n(?=\s*\S)", part))]
    return {crate for heading in headings for crate in heading[1].split(", ")}


def test_the_notices_are_current() -> None:
    assert notices.stale() == [], "run `make notices`, and look at what changed"


def test_stale_notices_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {tmp_path / "missing": "text", tmp_path / "other": "text", tmp_path / "same": "text"}
    (tmp_path / "other").write_text("another text")
    (tmp_path / "same").write_text("text")
    monkeypatch.setattr(notices, "wanted", lambda: wanted)
    monkeypatch.setattr(notices, "ROOT", tmp_path)
    assert notices.stale() == ["missing", "other"]


@pytest.mark.parametrize("artefact", WITH_NOTICES, ids=lambda artefact: artefact.name)
def test_each_crate_that_is_linked_has_a_licence_text(artefact: Artefact) -> None:
    target = "wasm32-unknown-unknown" if artefact.name == "npm" else HOST
    # Asked in another way than the notices are: by what depends on what.
    printed = subprocess.run(
        ["cargo", "tree", "--locked", "-p", artefact.package, "-e", "no-build,no-dev,no-proc-macro", "--target", target],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    crates = {f"{name} {version}" for name, version in re.findall(r"([\w-]+) v([\w.+-]+)(?! \(/)(?!\S)", printed)}
    assert len(crates) > 10
    assert crates <= with_texts(notices.path(artefact).read_text(encoding="utf-8"))


@pytest.mark.parametrize("artefact", WITH_NOTICES, ids=lambda artefact: artefact.name)
def test_each_crate_whose_source_a_program_names_has_a_notice(artefact: Artefact) -> None:
    """Messages of panics have the names of source files: what they name was linked in, whatever cargo says."""
    found = re.findall(
        rb"(?:cargo|registry/src/[^/ ]+)/([a-z][\w-]*?)-(\d+\.\d+\.\d+[\w.+-]*)/", program(artefact.name)
    )
    crates = {f"{name.decode()} {version.decode()}" for name, version in found}
    assert len(crates) >= 3
    assert crates <= with_texts(notices.path(artefact).read_text(encoding="utf-8"))


@pytest.mark.parametrize("artefact", WITH_NOTICES[:2], ids=lambda artefact: artefact.name)
def test_a_package_has_its_notices(artefact: Artefact) -> None:
    wanted = notices.path(artefact).read_bytes()
    assert wanted in [content for path, content in packed(artefact.name).items() if path.endswith(f"/{notices.NAME}")]


def imitation(folder: Path, licence: str, *names: str, monkeypatch: pytest.MonkeyPatch) -> Crate:
    """A crate in `folder` with files of these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"The text of {name}.")
    package = {"license": licence, "manifest_path": str(folder / "Cargo.toml"), "source": "registry"}
    monkeypatch.setattr(Crate, "package", property(lambda crate: json.loads(json.dumps(package))))
    return Crate("imitation", "1.0.0")


@pytest.mark.parametrize("names", [(), ("Cargo.toml", "src/licence.rs")])
def test_a_crate_without_a_licence_text_is_an_error(
    names: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crate = imitation(tmp_path, "MIT", *names, monkeypatch=monkeypatch)
    with pytest.raises(licences.NoLicence, match=r"imitation 1\.0\.0 \(MIT\) has no licence text in its folder"):
        licences.texts(crate)


@pytest.mark.parametrize(
    ("licence", "names", "wanted"),
    [
        ("MIT OR Apache-2.0", ("LICENSE-APACHE", "LICENSE-MIT"), ["LICENSE-MIT"]),
        ("Unlicense/MIT", ("COPYING", "LICENSE-MIT", "UNLICENSE"), ["COPYING", "LICENSE-MIT"]),
        ("MIT AND Apache-2.0", ("LICENSE-APACHE", "LICENSE-MIT"), ["LICENSE-APACHE", "LICENSE-MIT"]),
        ("MIT OR Apache-2.0", ("LICENSE-APACHE",), ["LICENSE-APACHE"]),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", ("LICENSE-MIT", "LICENSE-UNICODE"), ["LICENSE-MIT", "LICENSE-UNICODE"]),
        ("MIT", ("LICENSE", "NOTICE", "src/spin/LICENSE"), ["LICENSE", "NOTICE", "src/spin/LICENSE"]),
    ],
)
def test_the_texts_of_a_crate(
    licence: str, names: tuple[str, ...], wanted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crate = imitation(tmp_path, licence, *names, monkeypatch=monkeypatch)
    assert licences.texts(crate) == [f"The text of {name}." for name in wanted]
