"""Whether a package is published already, with the same bytes.

This is what makes a release repeatable: what is there is left out. Another package under the same name and version
stops the release, because none of the registries lets a version be replaced.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import urllib.error
import urllib.request
from typing import Any

from .failure import ReleaseError
from .packages import CRATES, NPM, PYPI, Package

# Where they tell about their packages, and how tests name another address. npm is asked through its own command.
_ADDRESSES = {CRATES: ("PAYSEAL_CRATES_IO", "https://crates.io"), PYPI: ("PAYSEAL_PYPI", "https://pypi.org")}


def is_published(package: Package) -> bool:
    """Whether exactly this file is in its registry."""
    content = package.file.read_bytes()
    found = _PUBLISHED[package.registry](package)
    if found is None:
        return False
    if found not in (hashlib.sha256(content).hexdigest(), _integrity(content)):
        raise ReleaseError(f"{package} is published with other bytes: release another version")
    return True


def _integrity(content: bytes) -> str:
    """The checksum as npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def _crate(package: Package) -> str | None:
    found = _ask(CRATES, f"/api/v1/crates/{package.name}/{package.version}")
    return None if found is None else str(found["version"]["checksum"])


def _npm(package: Package) -> str | None:
    command = ["npm", "view", f"{package.name}@{package.version}", "dist.integrity", "--json", "--prefer-online"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(finished.stdout or '""')
    if finished.returncode == 0:
        return found or None
    if isinstance(found, dict) and found["error"]["code"] == "E404":
        return None
    raise ReleaseError(f"npm view failed: {finished.stderr.strip()}")


def _python(package: Package) -> str | None:
    found = _ask(PYPI, f"/pypi/{package.name}/{package.version}/json")
    files = {file["filename"]: file["digests"]["sha256"] for file in (found or {}).get("urls", [])}
    return files.get(package.file.name)


_PUBLISHED = {CRATES: _crate, NPM: _npm, PYPI: _python}


def _ask(registry: str, path: str) -> Any:
    """What a registry answers, or None where it has nothing."""
    variable, address = _ADDRESSES[registry]
    request = urllib.request.Request(
        os.environ.get(variable, address) + path, headers={"User-Agent": "payseal-release"}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise ReleaseError(f"{registry} answered {error.code} when asked for {path}") from error
    except OSError as error:
        raise ReleaseError(f"{registry} does not answer: {error}") from error
