"""What it was measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from . import peers


def describe(versions: dict[str, str]) -> dict[str, str]:
    """The machine, its programs, and the versions of everything compared."""
    return {
        "date": datetime.now(tz=timezone.utc).strftime("%Y-%m-%d"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        **dict(sorted({"Rust: compiler": _compiler(), **_crates(), **versions}.items())),
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", information.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return found[1]
    return platform.processor() or "unknown"


def _crates() -> dict[str, str]:
    """The versions of the crates compared, out of the lock file of the Rust programs."""
    lock = (peers.BENCH / "rust" / "Cargo.lock").read_text(encoding="utf-8")
    crates = ("aws-lc-rs", "hmac", "openssl", "ring", "serde_json", "sha2")
    found = {}
    for crate in crates:
        version = re.search(rf'^name = "{crate}"\nversion = "(.+)"$', lock, re.MULTILINE)
        if version:
            found[f"Rust: {crate}"] = version[1]
    return found


def _compiler() -> str:
    command = ["rustc", "--version"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
