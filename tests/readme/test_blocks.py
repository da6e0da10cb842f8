"""Every block of the documents is executed or included; and pages are read as VitePress reads them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import blocks
import pytest
import treatment
from blocks import ROOT, Block, Unreadable, name
from conftest import run
from treatment import SITE, Treatment, Unmarked

HERE = Path(__file__).resolve().parent
SOURCES = {".rs", ".ts", ".tsx", ".mjs", ".js", ".py", ".sql", ".sh", ".toml"}
LONG = 8
"""So many lines that are the same are a copy."""


@pytest.mark.parametrize("page", treatment.DOCUMENTS, ids=name)
def test_every_block_is_executed_or_included(page: Path) -> None:
    for block in blocks.read(page):
        treatment.treatment(block)


def test_so_many_blocks_are_executed_or_included(capsys: pytest.CaptureFixture[str]) -> None:
    of_site = [block for page in SITE for block in blocks.read(page)]
    counts = Counter(treatment.treatment(block) for block in of_site)
    copied = [copy for block in of_site if (copy := copied_from(block))]
    words = [f"{counts[kind]} {kind.value}" for kind in Treatment if counts[kind]]
    with capsys.disabled():
        print(f"\nsite: {len(of_site)} blocks: {', '.join(words)}; {len(copied)} copied\n")
    assert sum(counts.values()) == len(of_site) > 0
    assert copied == []


@cache
def examples() -> dict[str, list[str]]:
    """The lines of every file that could be included."""
    listed = subprocess.run(["git", "ls-files", "examples"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [file for file in listed.stdout.splitlines() if Path(file).suffix in SOURCES]
    assert files
    return {file: substance((ROOT / file).read_text(encoding="utf-8")) for file in files if (ROOT / file).is_file()}


def substance(text: str) -> list[str]:
    """The lines of a text that say something, without their spaces."""
    return [words for line in text.splitlines() if (words := "".join(line.split()))]


def copied_from(block: Block) -> str | None:
    """Says what a block is a copy of, if it should have included that."""
    if block.source or treatment.treatment(block) is not Treatment.EXECUTED:
        return None
    written = substance(block.text)
    runs = {tuple(written[at : at + LONG]) for at in range(len(written) - LONG + 1)}
    for file, lines in examples().items():
        if any(tuple(lines[at : at + LONG]) in runs for at in range(len(lines) - LONG + 1)):
            return f"{block.place} has {LONG} lines of {file}: include them"
    return None


def test_a_copy_is_found() -> None:
    (example,) = (file for file in examples() if file.endswith("examples/node/payout.js"))
    lines = (ROOT / example).read_text(encoding="utf-8").splitlines(keepends=True)
    copy = "".join(f"  {line}\n" for line in lines[3:15])
    assert f"of {example}" in (copied_from(block("js", copy)) or "")
    assert copied_from(block("js", "".join(lines[3:9]))) is None


def block(language: str, text: str = "", **more: object) -> Block:
    """A block of a page that is not there."""
    values = {"line": 3, "end": 5, "title": "", "heading": "", "before": "", "group": None, **more}
    return Block(page=ROOT / "docs" / "no-page.md", language=language, text=text, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["", "ts", "javascript", "rust,no_run", "rust,compile_fail", "console", "text"])
def test_a_block_that_nothing_runs_is_found(language: str) -> None:
    page = ROOT / "docs" / "errors.md"
    unmarked = Block(page, 10_000, 10_002, language, "", "text\n", "No such heading", "", None)
    with pytest.raises(Unmarked, match=rf"errors\.md:10000: ```{language} "):
        treatment.treatment(unmarked)


def test_registered_blocks_are_there_and_so_are_their_tests() -> None:
    known = [(name(each.page), each.heading, each.language) for each in treatment.read()]
    for page, heading, language in [*treatment.EXECUTED_ELSEWHERE, *treatment.NOT_RUN]:
        assert any((page, heading) == each[:2] and language in ("*", each[2]) for each in known), (page, heading)
    for test in treatment.EXECUTED_ELSEWHERE.values():
        file, _, function = test.partition("::")
        assert f"def {function}(" in (HERE / file).read_text(encoding="utf-8"), test


def test_what_is_included_is_run_by_a_suite() -> None:
    for each in treatment.read():
        if each.source:
            assert treatment.suite_of(each.source), each.place
    with pytest.raises(Unreadable, match="no suite is known to run it"):
        treatment.suite_of(ROOT / "core" / "src" / "lib.rs")
    with pytest.raises(Unreadable, match="`no_shop` is not named in examples/python-frameworks"):
        treatment.suite_of(ROOT / "examples" / "python-frameworks" / "no_shop.py")


def test_every_region_is_included_somewhere() -> None:
    """What no page shows any more is a mark that nobody needs."""
    shown = {(name(each.source), each.region) for each in treatment.read() if each.source}
    listed = subprocess.run(
        ["git", "grep", "-InE", r"^\s*(//|#) ?#?region [A-Za-z0-9_-]+$", "--", *treatment.RUN_BY],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    marked = {(line.split(":")[0], line.split()[-1]) for line in listed.stdout.splitlines()}
    assert sorted(marked - shown - {("tests/readme/test_blocks.py", each) for each in ("all", "greet")}) == []


IN_ORDER = ("rust", "js", "python")


def disorder(group: list[Block]) -> str | None:
    """What is wrong with a group of tabs."""
    if untitled := [each.place for each in group if not each.title]:
        return f"{untitled[0]}: a tab has to have a title"
    places = [IN_ORDER.index(each.language) for each in group if each.language in IN_ORDER]
    return None if places == sorted(places) else f"{group[0].place}: the order is {', '.join(IN_ORDER)}"


def groups() -> list[list[Block]]:
    """The tabs of every group."""
    found: dict[tuple[Path, int], list[Block]] = {}
    for each in treatment.read():
        if each.group is not None:
            found.setdefault((each.page, each.group), []).append(each)
    return list(found.values())


def test_tabs_have_titles_and_are_in_order() -> None:
    assert [wrong for group in groups() if (wrong := disorder(group))] == []


def test_tabs_in_disorder_are_found() -> None:
    rust, js, python = (block(language, title=language) for language in IN_ORDER)
    assert disorder([rust, js, js, python]) is None
    assert "order" in (disorder([js, rust]) or "")
    assert "title" in (disorder([rust, block("js")]) or "")


def test_the_suites_that_run_what_is_included_exist() -> None:
    listed = subprocess.run(
        [sys.executable, ROOT / "tests" / "run.py", "--list"], capture_output=True, text=True, check=True
    )
    suites = {line.split()[0] for line in listed.stdout.splitlines()}
    for folder, (suite, *_) in treatment.RUN_BY.items():
        assert suite in suites
        assert (ROOT / folder).is_dir()


@pytest.mark.parametrize("quotation", treatment.here(Treatment.QUOTED, "rust,ignore"), ids=lambda each: each.place)
def test_quotations_are_in_the_file_that_is_linked_before_them(quotation: Block) -> None:
    """A quotation may leave something out where it has a line with `…`."""
    linked = re.findall(r"\]\(([^)#]+\.rs)\)", quotation.before)
    assert linked, "no file is linked before it"
    source = (quotation.page.parent / linked[-1]).read_text(encoding="utf-8")
    for part in re.split(r"^\s*// …\n", quotation.text, flags=re.MULTILINE):
        assert part in source, part


def test_every_block_of_rust_is_a_doc_test() -> None:
    """rustdoc passes over what it does not take for Rust, and says nothing that would fail."""
    command = ["cargo", "test", "--quiet", "-p", "payseal-readme", "--doc", "--", "--list"]
    listed = run(command, ROOT, timeout=600)
    found = [re.fullmatch(r".*/out/(\S+) - \w+ \(line (\d+)\): test", line) for line in listed]
    tests = sorted(f"{each[1]}:{each[2]}" for each in found if each)
    assert tests == sorted(each.place for each in treatment.here(Treatment.EXECUTED, "rust"))
    assert tests


def test_data_can_be_read() -> None:
    for each in treatment.here(Treatment.PARSED, "json"):
        try:
            json.loads(each.text)
        except ValueError as error:
            pytest.fail(f"{each.place}: {error}")


PAGE = """# A page

Text with `code`.

```js {2} [JavaScript]
one
```

## Tabs

::: code-group

```rust [Rust]
# hidden
shown
```

````text
```js
not a block
```
````

<<< ./example.py#greet{python} [Flask]

:::

- in a list

  ~~~sql
  SELECT 1
    + 2
  ~~~

```
```
<<< @/example.js
"""

EXAMPLE = """import os

# region all
def shop():
    # region greet
    print("hello")

    print(os.name)
    # endregion greet
# endregion all
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with every kind of block."""
    (tmp_path / "example.py").write_text(EXAMPLE)
    page = tmp_path / "page.md"
    page.write_text(PAGE.replace("@/example.js", "./example.py"))
    return page


def test_a_page_is_read(page: Path) -> None:
    found = [(each.line, each.language, each.title, each.heading, each.group, each.text) for each in blocks.read(page)]
    assert found == [
        (5, "js", "JavaScript", "A page", None, "one\n"),
        (13, "rust", "Rust", "Tabs", 11, "# hidden\nshown\n"),
        (18, "text", "", "Tabs", 11, "```js\nnot a block\n```\n"),
        (24, "python", "Flask", "Tabs", 11, 'print("hello")\n\nprint(os.name)\n'),
        (30, "sql", "", "Tabs", None, "SELECT 1\n  + 2\n"),
        (35, "", "", "Tabs", None, ""),
        (37, "py", "example.py", "Tabs", None, EXAMPLE),
    ]
    assert "SELECT" not in blocks.prose(page) and "```" not in blocks.prose(page) and "## Tabs" in blocks.prose(page)
    assert blocks.read(page)[0].before == "# A page\n\nText with `code`.\n\n"
    assert [each.region for each in blocks.read(page)] == [None, None, None, "greet", None, None, None]


def test_the_marks_of_regions_are_not_shown() -> None:
    assert blocks.region(EXAMPLE, "all") == 'def shop():\n    print("hello")\n\n    print(os.name)\n'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#greet", "#gret", "`gret` has to begin and end once"),
        ("./example.py#", "./examples.py#", "page.md:24: the file is missing: ./examples.py"),
        ("<<< ./example.py#greet", "<<< ./example.py #greet", "not `<<< file#region"),
        ("````\n\n<<<", "```\n\n<<<", "page.md:18: the block does not end"),
    ],
)
def test_what_vitepress_would_show_wrongly_is_found(page: Path, old: str, new: str, message: str) -> None:
    text = page.read_text()
    assert old in text
    page.write_text(text.replace(old, new, 1))
    with pytest.raises(Unreadable, match=re.escape(message)):
        blocks.read(page)


def test_an_empty_region_is_found() -> None:
    with pytest.raises(Unreadable, match="empty"):
        blocks.region("# region a\n\n# endregion a\n", "a")


def test_a_document_that_is_not_there_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!--@include: ./other.md-->\n")
    with pytest.raises(Unreadable, match="included document is missing"):
        blocks.included(page)
    (tmp_path / "other.md").write_text("text\n")
    assert blocks.included(page) == [tmp_path / "other.md"]


def test_pages_of_tools_are_not_pages_of_the_site() -> None:
    assert ROOT / "docs" / "payouts.md" in SITE
    assert ROOT / "CHANGELOG.md" in SITE
    assert [page for page in SITE if {"node_modules", ".vitepress"} & set(page.parts)] == []
