"""Writes bills of materials (CycloneDX 1.6) of all packages: python3 -m supply.sbom FOLDER

They are made from `tests/supply/linked.py`, and are the same bytes wherever they are made: they have neither a time nor a folder
of the machine. What maturin writes into a wheel has both, and 29 crates that are not linked into it (of 48).
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from .linked import ARTEFACTS, ROOT, Artefact, Crate, linked, packages

# The wheel has its own among its metadata (PEP 770): see `tool.maturin.sbom` in pyproject.toml.
IN_WHEEL = "bindings-python/payseal.cyclonedx.json"

Json = dict[str, Any]


@cache
def checksums() -> dict[tuple[str, str], str]:
    """The SHA-256 of every crate as crates.io has it, from the lock file."""
    lock = (ROOT / "Cargo.lock").read_text(encoding="utf-8")
    entry = re.compile(r'name = "([^"]+)"\nversion = "([^"]+)"\nsource = "[^"]+"\nchecksum = "([^"]+)"')
    return {(name, version): checksum for name, version, checksum in entry.findall(lock)}


def component(crate: Crate, artefact: Artefact) -> Json:
    purl = f"pkg:cargo/{crate.name}@{crate.version}"
    described: Json = {
        "type": "library",
        "bom-ref": purl,
        "name": crate.name,
        "version": crate.version,
        "hashes": [{"alg": "SHA-256", "content": checksums()[crate.name, crate.version]}],
        # Older crates write a slash where SPDX has OR.
        "licenses": [{"expression": crate.licence.replace("/", " OR ")}],
        "purl": purl,
    }
    if crate.targets != artefact.targets:
        described["properties"] = [{"name": "payseal:target", "value": target} for target in crate.targets]
    return described


def sqlite(artefact: Artefact) -> list[Json]:
    """SQLite itself, which libsqlite3-sys brings along and compiles."""
    found = [crate for crate in linked(artefact) if crate.name == "libsqlite3-sys"]
    header = [(crate.folder / "sqlite3" / "sqlite3.h").read_text(encoding="utf-8") for crate in found]
    versions = [re.findall(r'#define SQLITE_VERSION\s+"([^"]+)"', text)[0] for text in header]
    return [
        {
            "type": "library",
            "bom-ref": f"sqlite@{version}",
            "name": "sqlite",
            "version": version,
            "licenses": [{"license": {"id": "blessing"}}],
            "cpe": f"cpe:2.3:a:sqlite:sqlite:{version}:*:*:*:*:*:*:*",
        }
        for version in versions
    ]


def version_of(artefact: Artefact) -> str:
    return next(version for name, version in packages() if name == artefact.package)


def bill(artefact: Artefact) -> Json:
    """What is linked into `artefact`: Rust's standard library, whose version is the compiler's, is left out."""
    version = version_of(artefact)
    contents: Json = {
        "metadata": {
            "component": {
                "type": "application" if artefact.name == "sandbox" else "library",
                "bom-ref": artefact.name,
                "name": "payseal-sandbox" if artefact.name == "sandbox" else "payseal",
                "version": version,
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
            },
        },
        "components": [component(crate, artefact) for crate in linked(artefact)] + sqlite(artefact),
    }
    # Different contents have different numbers, equal ones the same: a random one would make each build another.
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(contents, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{number}", "version": 1}
    return head | contents


def text(name: str) -> str:
    (artefact,) = (artefact for artefact in ARTEFACTS if artefact.name == name)
    return json.dumps(bill(artefact), indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for artefact in ARTEFACTS:
        (folder / f"{artefact.name}.cyclonedx.json").write_text(text(artefact.name), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
