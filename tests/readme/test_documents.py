"""What documents and comments point to is there: files, and the headings within them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from blocks import prose

ROOT = Path(__file__).resolve().parents[2]
BUILT = {"target", "node_modules", "dist", "__pycache__"}
SOURCES = {".rs", ".ts", ".mjs", ".js", ".py", ".pyi", ".toml", ".sh", ".sql", ".md"}

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
CITATION = re.compile(r"(?<![\w/.-])docs/[\w/.-]*\w(?:#[\w-]+)?")
COMMENT = re.compile(r"^\s*(?://|#|\*).*$", re.MULTILINE)
DOCUMENT = re.compile(r"[\w/-]+\.(?:md|txt)\b")


def is_ours(folder: str) -> bool:
    """Whether a person writes what is in a folder. Tools keep theirs in hidden ones, and write there at any time."""
    return folder not in BUILT and (not folder.startswith(".") or folder == ".github")


def files() -> Iterator[Path]:
    """Every file of the repository that a person has written."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(filter(is_ours, folders))
        yield from (Path(folder) / name for name in sorted(names) if Path(name).suffix in SOURCES)


FILES = tuple(files())
PAGES = tuple(path for path in FILES if path.suffix == ".md")


@cache
def anchors(page: Path) -> frozenset[str]:
    """The anchors of a page's headings."""
    return frozenset(map(anchor, HEADING.findall(prose(page))))


def anchor(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def leads_somewhere(folder: Path, page: Path, target: str) -> bool:
    path, _, wanted = target.partition("#")
    file = (folder / path).resolve() if path else page
    return file.exists() and (not wanted or wanted in anchors(file))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("folder", [".wrangler", ".next", ".git", ".pytest_cache", "node_modules", "target"])
def test_what_tools_write_while_the_tests_run_is_not_read(folder: str) -> None:
    assert not is_ours(folder)
    assert [name(path) for path in FILES if folder in path.relative_to(ROOT).parts] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(prose(page)) if not re.match(r"\w+:", target)]
    assert [target for target in targets if not leads_somewhere(page.parent, page, target)] == []


def test_documents_that_are_cited_exist() -> None:
    cited = [(file, target) for file in FILES for target in CITATION.findall(file.read_text(encoding="utf-8"))]
    assert cited
    assert [(name(file), target) for file, target in cited if not leads_somewhere(ROOT, file, target)] == []


def test_comments_name_only_documents_that_the_repository_has() -> None:
    known = {path.name for path in PAGES} | {path.name for path in ROOT.glob("tests/**/requirements.txt")}
    named = [
        (name(file), document)
        for file in FILES
        if file.suffix in {".rs", ".ts", ".mjs", ".js"}
        for comment in COMMENT.findall(file.read_text(encoding="utf-8"))
        for document in DOCUMENT.findall(comment)
    ]
    assert [(file, document) for file, document in named if document.split("/")[-1] not in known] == []


def names(value: object) -> Iterator[str]:
    """Every name in some JSON, without the fields that a gateway's document does not have."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "extra":
                yield key
                yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


@pytest.mark.parametrize(("page", "vectors"), [("bitloga", "bitloga"), ("api-for-crypto", "apiforcrypto")])
def test_the_page_of_a_gateway_has_every_parameter_and_field(page: str, vectors: str) -> None:
    text = (ROOT / "docs" / "gateways" / f"{page}.md").read_text(encoding="utf-8")
    cases = json.loads((ROOT / "tests" / "vectors" / f"{vectors}.json").read_text(encoding="utf-8"))
    inputs = {name for case in cases["calls"] for name in names(case["input"])}
    # The names of balances are currencies.
    answers = [case["value"] for case in cases["answers"] if case["method"] != "balances"]
    assert sorted(name for name in inputs | set(names(answers)) if f"`{name}`" not in text) == []


@pytest.mark.parametrize(
    ("file", "constant", "sentence"),
    [
        ("src/constants.rs", r"\bRESULT = (\d+)", "| from {} | the result |"),
        ("src/client_cache.rs", r"const PLACES: usize = (\d+)", "cache of {} places"),
        ("js/boundary.ts", r"const BODY = (\d+)", "the body offset, which is {} or"),
        ("js/generated/constants.ts", r"const TOO_LONG = (\w+)", "`{}`"),
        ("src/constants.rs", r"\bGROUP = (\d+)", "| {} | a group: its own entries follow |"),
        ("src/constants.rs", r"\bLONG_TEXT = (\d+)", "| {} | a text so long that it was not copied |"),
        ("src/constants.rs", r"\bEVICTED = (\d+)", "{} evicted"),
    ],
)
def test_the_numbers_of_the_boundary_are_those_of_the_code(file: str, constant: str, sentence: str) -> None:
    found = re.search(constant, (ROOT / "bindings-wasm" / file).read_text(encoding="utf-8"))
    assert found is not None, constant
    page = " ".join((ROOT / "docs" / "boundary.md").read_text(encoding="utf-8").split())
    assert sentence.format(found[1]) in page


# The rows of the report that the README and the site show.
SPEED = json.loads((ROOT / "docs" / ".vitepress" / "performance.json").read_text(encoding="utf-8"))
WORKLOADS: dict[str, str] = SPEED["workloads"]
CONTENDERS: dict[str, dict[str, str]] = SPEED["contenders"]


def measured(language: str, workload: str) -> str:
    """What payseal takes of another's time, from the report of `make bench`."""
    report = (ROOT / "BENCHMARKS.md").read_text(encoding="utf-8")
    section = re.split(rf"^## {language}$", report, flags=re.MULTILINE)[1]
    row = rf"^\| verify and parse, {re.escape(workload)} \| {re.escape(CONTENDERS[language]['row'])} \| \*\*([\d.]+) "
    found = re.search(row, section, re.MULTILINE)
    assert found is not None, (language, workload)
    return found[1]


def summary() -> list[tuple[str, ...]]:
    """The rows of the table about speed: a body, and what payseal takes of another's time in each language."""
    return [(body, *(measured(language, workload) for language in CONTENDERS)) for workload, body in WORKLOADS.items()]


def heads() -> list[str]:
    """The heads of that table: with whom payseal is compared in each language."""
    return ["body of the callback", *(f"{language}: {each['name']}" for language, each in CONTENDERS.items())]


def test_the_speed_in_the_readme_is_the_measured_one() -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## How fast")[1]
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", section, re.MULTILINE)
    assert rows == summary()
    assert f"| {' | '.join(heads())} |" in section.replace("`", "")
