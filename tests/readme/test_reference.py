"""The reference has every public name of the three packages, each where what it belongs to is described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs" / "reference").glob("*.md"))

CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(?=#{1,6} )", re.MULTILINE)

# Every result has them, and every class of known values; they are described once.
OF_ALL_RESULTS = {"to_dict", "to_json"}
# Bases that are not exported: what they have is described with each class that has it.
BASES = {"BitlogaClient": "Bitloga", "ApiForCryptoClient": "ApiForCrypto"}


@dataclass(frozen=True)
class Name:
    """A public name, what it belongs to, and what it takes by name."""

    name: str
    owner: str = ""
    takes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}({', '.join(self.takes)})"


def sections(text: str) -> Iterator[str]:
    """The code between one heading and the next, with the words of the heading."""
    fences = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    hidden = text
    for fence in fences:  # A comment in code is not a heading.
        hidden = hidden.replace(fence, fence.replace("\n#", "\n\0"))
    for section in HEADING.split(hidden):
        heading = section.split("\n", 1)[0]
        code = " ".join(CODE.findall(section)).replace("\\|", "|")
        yield f"{heading} {code}"


SECTIONS = tuple(section for page in PAGES for section in sections(page.read_text(encoding="utf-8")))
WORDS = tuple(frozenset(re.findall(r"\w+", section)) for section in SECTIONS)


def is_described(name: Name) -> bool:
    needed = {word for word in (name.name, name.owner, *name.takes) if word}
    return any(needed <= words for words in WORDS)


def missing(names: Iterator[Name]) -> list[str]:
    found = list(names)
    assert len(found) > 100
    return [str(name) for name in found if not is_described(name)]


def python_names() -> Iterator[Name]:
    for line in (ROOT / "bindings-python" / "public-api.txt").read_text(encoding="utf-8").splitlines():
        found = re.match(r"(?:@\w+ )*(?:async )?(?:class |def )?payseal\.([\w.]+)(.*)", line)
        assert found, line
        *owners, name = found[1].split(".")
        if name == "__init__":
            owners, name = owners[:-1], owners[-1]
        owner = owners[-1] if owners and name not in OF_ALL_RESULTS else ""
        is_function = "def " in line and "@property" not in line
        takes = python_parameters(found[2]) if is_function else ()
        yield Name(name, owner, takes)


def python_parameters(signature: str) -> tuple[str, ...]:
    flat = signature
    while (shorter := re.sub(r"\[[^\[\]]*\]", "", flat)) != flat:
        flat = shorter
    names = (part.split(":")[0].split("=")[0].strip(" *") for part in flat.split(") ->")[0].strip("(").split(","))
    return tuple(name for name in names if name and name not in {"self", "/", "options"})


def typescript() -> str:
    return (ROOT / "bindings-wasm" / "public-api.d.ts").read_text(encoding="utf-8")


def typescript_names() -> Iterator[Name]:
    text = typescript()
    exported = {
        word
        for names in re.findall(r"^export (?:type )?\{(.*)\};$", text, re.MULTILINE)
        for word in re.findall(r"\w+", names)
    }
    yield from map(Name, sorted(exported))
    for owner, body in re.findall(
        r"^(?:declare )?(?:abstract )?(?:class|interface) (\w+)[^\n]*\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL
    ):
        shown = BASES.get(owner, owner)
        for member in re.findall(r"^    (?:readonly |get )?(\w+)\??[:(<]", body, re.MULTILINE):
            if member != "constructor":
                yield Name(member, shown if shown in exported else "")


def rust_names() -> Iterator[Name]:
    of_trait = False
    for line in (ROOT / "core" / "public-api.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("impl"):
            of_trait = " for " in line
            continue
        plain = re.sub(r"<[^<>]*>(?=::)", "", line)
        found = re.match(
            r"(?:#\[[^\]]*\] )?pub (?:(?:const|async|unsafe) )*(?:(fn|struct|enum|trait|type|mod|const) )?([\w:#]+)",
            plain,
        )
        assert found, line
        kind, path = found[1], found[2].strip(":").split("::")
        if path[0] != "payseal":
            continue
        owner = path[-2] if len(path) > 2 and path[-2][0].isupper() else ""
        if kind in {"struct", "enum", "trait", "mod"}:
            of_trait = False
        if kind != "mod" and not (owner and of_trait):
            yield Name(path[-1].removeprefix("r#"), owner)


def test_every_name_of_the_python_package_is_described() -> None:
    assert missing(python_names()) == []


def test_every_name_of_the_npm_package_is_described() -> None:
    assert missing(typescript_names()) == []


def test_every_name_of_the_crate_is_described() -> None:
    assert missing(rust_names()) == []


def test_the_methods_of_clients_are_declared_as_they_are_in_the_npm_package() -> None:
    """The tables of parameters come from where the types do; what is written by hand does not."""
    everything = " ".join(SECTIONS)
    classes = re.findall(
        r"^declare class (?:Bitloga|ApiForCrypto)(?:Client)? [^\n]*\{\n(.*?)^\}", typescript(), re.MULTILINE | re.DOTALL
    )
    declared = [line.strip().rstrip(";") for body in classes for line in body.splitlines() if "constructor" not in line]
    assert len(declared) > 20
    assert [line for line in declared if f"`{line}`" not in everything] == []


def test_a_name_that_nobody_describes_is_found() -> None:
    assert is_described(Name("create_invoice", "Bitloga", ("uniqueid", "failurl")))
    assert not is_described(Name("create_invoice", "Bitloga", ("fail_url",)))
    assert not is_described(Name("uuid", "CreatedCode"))
    assert not is_described(Name("no_such_name"))
