"""The packages say the same of themselves: version, licence, keywords, and addresses that are each in one place."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
GATEWAYS = sorted(path.parent.name for path in (ROOT / "core" / "src").glob("*/gateway.rs"))
# Where the addresses are until the project has public ones; docs/releasing.md has the list for people.
PLACES = {
    "Cargo.toml",
    "bindings-python/pyproject.toml",
    "bindings-wasm/package.json",
    "examples/sandbox/npm/package.json",
    "examples/sandbox/python/pyproject.toml",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
}
PLACEHOLDER = re.compile(r"\w+@payseal\.example\b|payseal\.example/repository")


def crate() -> dict[str, Any]:
    command = ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"]
    packages = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)[
        "packages"
    ]
    (found,) = (package for package in packages if package["name"] == "payseal")
    return dict(found)


def npm() -> dict[str, Any]:
    (tarball,) = (ROOT / "bindings-wasm" / "dist").glob("*.tgz")
    with tarfile.open(tarball) as packed:
        file = packed.extractfile("package/package.json")
        assert file
        return dict(json.load(file))


def wheel() -> Message:
    (path,) = (ROOT / "bindings-python" / "dist").glob("*.whl")
    with zipfile.ZipFile(path) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(packed.read(name))


def keywords() -> dict[str, list[str]]:
    return {
        "crate": crate()["keywords"],
        "npm": npm()["keywords"],
        "wheel": wheel()["Keywords"].split(","),
    }


@pytest.mark.parametrize("package", ["crate", "npm", "wheel"])
def test_the_keywords_name_every_gateway(package: str) -> None:
    assert GATEWAYS == ["apiforcrypto", "bitloga"]
    assert set(GATEWAYS) <= set(keywords()[package])


def test_all_packages_have_one_version_and_python_says_it() -> None:
    import payseal

    version = crate()["version"]
    assert (npm()["version"], wheel()["Version"], payseal.__version__) == (version, version, version)


def test_all_packages_have_one_licence() -> None:
    licence = crate()["license"]
    assert (npm()["license"], wheel()["License-Expression"]) == (licence, licence)


def test_all_packages_name_one_repository() -> None:
    repository = crate()["repository"]
    assert wheel().get_all("Project-URL") == [f"Repository, {repository}"]
    assert npm()["repository"] == {"type": "git", "url": f"git+{repository}.git"}


def test_each_file_has_its_address_in_one_place() -> None:
    """Once there are public addresses, the placeholders are gone from all of these at once, and this test with them."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found: dict[str, int] = {}
    for name in filter(None, tracked.split("\0")):
        file = ROOT / name
        if not file.is_file() or name.startswith(("tests/", "docs/")):
            continue
        if matches := PLACEHOLDER.findall(file.read_text(encoding="utf-8", errors="replace")):
            found[name] = len(matches)
    assert found == dict.fromkeys(PLACES, 1)
