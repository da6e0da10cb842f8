"""Writes the notices of what is linked into the packages: python3 -m supply.notices [--check]

Each artefact with crates of others in it has them in its folder, from where its package takes them. The wheel's bill of
materials is written too. They are kept in the repository, so that a change shows in review and builds need nothing else;
`--check` says whether they are current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import sbom
from .licences import texts, tidied
from .linked import ARTEFACTS, ROOT, Artefact, Crate, linked

NAME = "THIRD-PARTY-NOTICES"
RULE = "=" * 80
TEXTS = ROOT / "tests" / "supply" / "texts"


def path(artefact: Artefact) -> Path:
    return ROOT / artefact.folder / NAME


def line(crate: Crate, artefact: Artefact) -> str:
    """One crate in the list; where it is not linked in on all targets, those are named."""
    where = "" if crate.targets == artefact.targets else f" (only {', '.join(crate.targets)})"
    return f"{crate.name} {crate.version}: {crate.licence}{where}"


def users_of_texts(artefact: Artefact) -> dict[str, list[str]]:
    """Every text once, with the crates it belongs to."""
    users: dict[str, list[str]] = {}
    for crate in linked(artefact):
        for text in texts(crate):
            users.setdefault(text, []).append(f"{crate.name} {crate.version}")
    return users


def notices(artefact: Artefact) -> str:
    parts = [
        f"Third-party notices of {artefact.package}",
        "Written by `make notices`. These crates are linked into it:",
        "\n".join(line(crate, artefact) for crate in linked(artefact)),
        "Where a crate may be used under one of several licences, MIT among them, it is used under MIT.",
    ]
    for name in artefact.also:
        parts += [RULE, tidied((TEXTS / f"{name}.txt").read_text(encoding="utf-8"))]
    for text, users in users_of_texts(artefact).items():
        parts += [RULE, "Of " + ", ".join(dict.fromkeys(users)) + ":", text]
    return "\n\n".join(parts) + "\n"


def wanted() -> dict[Path, str]:
    """What is kept in the repository, and what has to be in it."""
    files = {path(artefact): notices(artefact) for artefact in ARTEFACTS if artefact.has_notices}
    return files | {ROOT / sbom.IN_WHEEL: sbom.text("wheel")}


def stale() -> list[str]:
    """The files that are not what `make notices` would write."""
    return [
        str(file.relative_to(ROOT))
        for file, text in wanted().items()
        if not file.exists() or file.read_text(encoding="utf-8") != text
    ]


def main() -> None:
    if sys.argv[1:] == ["--check"]:
        if found := stale():
            raise SystemExit(f"{', '.join(found)}: not current; run `make notices`, and look at what changed")
        return
    for file, text in wanted().items():
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
