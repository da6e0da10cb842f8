"""Packages of another Debian or another architecture, unpacked into a folder and not installed.

They come from the mirror that this machine's apt uses, with an apt configuration of their own, so that neither the
machine's sources nor its package lists change. Apt checks the signatures.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from .folders import SetUpFailed, command
from .outcome import NotHere

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"

_CONFIGURATION = """
Dir::Etc::sourcelist "{folder}/sources.list";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
Dir::State "{folder}/state";
Dir::State::status "{folder}/status";
Dir::Cache "{folder}/cache";
APT::Architecture "{architecture}";
APT::Architectures {{ "{architecture}"; }};
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
Debug::NoLocking "true";
"""


def unpack(suite: str, architecture: str, packages: Sequence[str], into: Path, *, needs: bool = True) -> None:
    """Unpacks packages of a suite, with everything they depend on unless `needs` is false.

    Raises `NotHere` if this machine has no apt, or the suite does not have the packages.
    """
    if not shutil.which("apt-get"):
        raise NotHere("this machine has no apt-get, with which Debian's packages are fetched")
    apt = into.parent / f"{into.name}-apt"
    shutil.rmtree(apt, ignore_errors=True)
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (apt / folder).mkdir(parents=True)
    (apt / "status").touch()
    (apt / "sources.list").write_text(f"deb [signed-by={KEYRING}] {_mirror()} {suite} main\n", "utf-8")
    (apt / "apt.conf").write_text(_CONFIGURATION.format(folder=apt, architecture=architecture), "utf-8")
    environment = {**os.environ, "APT_CONFIG": str(apt / "apt.conf"), "LC_ALL": "C"}
    command(["apt-get", "update", "-qq", "-o", "APT::Update::Error-Mode=any"], env=environment)
    archives = apt / "cache" / "archives"
    try:
        if needs:
            command(["apt-get", "install", "-y", "-qq", "--download-only", *packages], env=environment)
        else:
            command(["apt-get", "download", "-qq", *packages], env=environment, cwd=archives)
    except SetUpFailed as error:
        if "Unable to locate package" in str(error) or "has no installation candidate" in str(error):
            raise NotHere(f"Debian's {suite} has no {' or '.join(packages)} for {architecture}") from error
        raise
    for archive in sorted(archives.glob("*.deb")):
        command(["dpkg", "-x", archive, into])
    # Programs name their loader without /usr. Debian has links for that, which its packages no longer make.
    for name in ("lib", "lib64"):
        if (into / "usr" / name).is_dir() and not (into / name).exists():
            (into / name).symlink_to(f"usr/{name}")
    shutil.rmtree(apt)


def _mirror() -> str:
    """The address from which this machine has Debian itself."""
    for last in (False, True):
        targets = command(["apt-get", "indextargets", "--format", "$(ORIGIN)|$(LABEL)|$(REPO_URI)"])
        for line in targets.splitlines():
            origin, _, rest = line.partition("|")
            label, _, address = rest.partition("|")
            if (origin, label) == ("Debian", "Debian"):
                return address
        if not last:
            # Apt knows whose a source is once it has read its lists.
            command([*_as_root(), "apt-get", "update", "-qq"])
    raise NotHere("apt on this machine has no source of Debian's own packages")


def _as_root() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]
