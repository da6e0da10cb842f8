"""The bills of materials are valid, and name exactly what the notices name."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from supply import notices, sbom
from supply.linked import ARTEFACTS, ROOT, Artefact
from supply.test_notices import packed, program

NAMES = [artefact.name for artefact in ARTEFACTS]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bills") / "sbom"
    subprocess.run([sys.executable, "-m", "supply.sbom", str(made)], cwd=ROOT / "tests", check=True)
    return made


def read(folder: Path, name: str) -> str:
    return (folder / f"{name}.cyclonedx.json").read_text(encoding="utf-8")


def crates(bill: dict[str, Any]) -> set[str]:
    return {f"{each['name']} {each['version']}" for each in bill["components"] if each.get("purl")}


@pytest.mark.parametrize("name", NAMES)
def test_a_bill_is_valid(name: str, folder: Path) -> None:
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    error = validator.validate_str(read(folder, name))
    assert error is None, error


def test_a_broken_bill_is_not_valid(folder: Path) -> None:
    broken = read(folder, "npm").replace('"type": "library"', '"type": "book"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None


@pytest.mark.parametrize("artefact", [each for each in ARTEFACTS if each.has_notices], ids=lambda each: each.name)
def test_a_bill_names_the_crates_of_the_notices(artefact: Artefact, folder: Path) -> None:
    listed = notices.path(artefact).read_text(encoding="utf-8").split(notices.RULE)[0]
    named = set(re.findall(r"^([\w-]+ \d[\w.+-]*): ", listed, re.MULTILINE))
    assert named
    assert crates(json.loads(read(folder, artefact.name))) == named


def test_the_crates_bill_has_its_optional_dependencies_and_nothing_that_only_tests_it(folder: Path) -> None:
    names = {crate.split()[0] for crate in crates(json.loads(read(folder, "crate")))}
    assert {"sha2", "zeroize", "serde", "http"} <= names
    assert not names & {"proptest", "serde_json", "hmac", "serde_derive"}


def test_the_sandboxs_bill_has_the_version_of_sqlite(folder: Path) -> None:
    versions = [
        each["version"] for each in json.loads(read(folder, "sandbox"))["components"] if each["name"] == "sqlite"
    ]
    assert len(versions) == 1
    assert f"{versions[0]}\0".encode() in program("sandbox")


def test_the_wheel_has_its_bill_and_no_other(folder: Path) -> None:
    bills = {path: content for path, content in packed("wheel").items() if "/sboms/" in path}
    assert [content.decode() for content in bills.values()] == [read(folder, "wheel")]


@pytest.mark.parametrize("name", NAMES)
def test_a_bill_is_the_same_whenever_and_wherever_it_is_made(name: str, folder: Path) -> None:
    assert read(folder, name) == sbom.text(name)
    assert str(ROOT) not in read(folder, name)
    assert "file:" not in read(folder, name)
    assert "timestamp" not in read(folder, name)
