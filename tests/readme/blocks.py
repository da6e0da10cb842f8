"""Reads a page of Markdown into its blocks of code: those that are written there, and those that are included.

It knows what VitePress does with them: titles in brackets, groups of tabs, and `<<< file#region{language} [title]`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"( *)(`{3,}|~{3,})(.*)")
# A language, lines that stand out, whether lines are numbered, a title.
_INFO = re.compile(r"(?P<language>[\w+-]+(?:,\w+)*)?(?::[\w-]+)? ?(?:\{[^}]*\})? ?(?:\[(?P<title>[^\]]+)\])?")
_SNIPPET = re.compile(
    r"\s*<<<\s*(?P<path>[^\s#{\[]+)(?:#(?P<region>[\w-]+))?\s?(?:\{(?P<meta>[^}]*)\})?\s?(?:\[(?P<title>.+)\])?\s*"
)
_CONTAINER = re.compile(r" *(:{3,}) *(\S*).*")
_HEADING = re.compile(r"#+ +(.+?) *")
_INCLUDE = re.compile(r"<!--\s*@include:\s*(.*?)\s*-->")


@dataclass(frozen=True)
class Block:
    """A block of code that is written on a page, or included into it from another file."""

    page: Path
    line: int
    """Where it begins on the page, counted from 1."""
    end: int
    """Its last line on the page."""
    language: str
    """As the page says it, such as `rust,ignore`; empty if it says none."""
    title: str
    text: str
    heading: str
    """The nearest heading above it; empty if it has none."""
    before: str
    """The page up to it."""
    group: int | None
    """The line at which the group of tabs begins that it is in."""
    source: Path | None = None
    """The file it is included from."""
    region: str | None = None
    """The part of that file."""

    @property
    def place(self) -> str:
        """Where it is, for messages and for the names of tests."""
        return f"{name(self.page)}:{self.line}"


class Unreadable(Exception):
    """A page, or what it includes, cannot be read as VitePress reads it."""


def name(path: Path) -> str:
    """A file's path in the repository."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@cache
def read(page: Path) -> tuple[Block, ...]:
    """Every block of a page, in its order."""
    return tuple(_blocks(page, page.read_text(encoding="utf-8").splitlines(keepends=True)))


def prose(page: Path) -> str:
    """A page without its blocks."""
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for block in read(page):
        lines[block.line - 1 : block.end] = [""] * (block.end - block.line + 1)
    return "".join(lines)


def _blocks(page: Path, lines: list[str]) -> Iterator[Block]:
    containers: list[tuple[str, int]] = []
    heading, at = "", 0
    while at < len(lines):
        line = lines[at].rstrip("\n")
        start, at = at, at + 1
        group = next((begins for kind, begins in containers if kind == "code-group"), None)
        before = "".join(lines[:start])
        if fence := _FENCE.fullmatch(line):
            text, at = _fenced(page, lines, start, fence)
            info = _INFO.fullmatch(fence[3].strip())
            language = (info["language"] or "") if info else fence[3].strip()
            title = (info["title"] or "") if info else ""
            yield Block(page, start + 1, at, language, title, text, heading, before, group)
        elif line.lstrip().startswith("<<<"):
            yield _snippet(page, start + 1, line, heading, before, group)
        elif container := _CONTAINER.fullmatch(line):
            if container[2]:
                containers.append((container[2], start + 1))
            elif containers:
                containers.pop()
        elif found := _HEADING.fullmatch(line):
            heading = found[1]


def _fenced(page: Path, lines: list[str], start: int, fence: re.Match[str]) -> tuple[str, int]:
    """The text of a block whose first line is at `start`, and where the page goes on."""
    closing = re.compile(rf" *{re.escape(fence[2][0])}{{{len(fence[2])},}}\s*")
    for end in range(start + 1, len(lines)):
        if closing.fullmatch(lines[end]):
            inner = lines[start + 1 : end]
            return "".join(re.sub(rf"^ {{0,{len(fence[1])}}}", "", each) for each in inner), end + 1
    raise Unreadable(f"{name(page)}:{start + 1}: the block does not end")


def _snippet(page: Path, number: int, line: str, heading: str, before: str, group: int | None) -> Block:
    place = f"{name(page)}:{number}"
    found = _SNIPPET.fullmatch(line)
    if found is None:
        raise Unreadable(f"{place}: not `<<< file#region{{language}} [title]`: {line.strip()}")
    path = found["path"]
    source = (ROOT / "docs" / path.removeprefix("@/") if path.startswith("@/") else page.parent / path).resolve()
    if not source.is_file():
        raise Unreadable(f"{place}: the file is missing: {path}")
    try:
        text = region(source.read_text(encoding="utf-8"), found["region"])
    except Unreadable as error:
        raise Unreadable(f"{place}: {path}: {error}") from None
    words = re.findall(r"[a-z]+", found["meta"] or "")
    language = words[0] if words else source.suffix.removeprefix(".")
    title = found["title"] or source.name
    return Block(page, number, number, language, title, text, heading, before, group, source, found["region"])


# In the comments that VitePress knows: those of JavaScript, Python and Markdown.
_MARK = re.compile(r"(?:// ?#?|# ?|/\* ?#|<!-- #?)(region|endregion) ([\w-]+)(?: ?\*/| -->)?")


def region(text: str, wanted: str | None) -> str:
    """The text of a region of a file, without the marks of regions within it; of all of the file if none is named.

    VitePress shows all of a file if the region is not there, and nothing says so.
    """
    if wanted is None:
        return text
    lines = text.splitlines(keepends=True)
    marks = [
        (at, mark[1]) for at, line in enumerate(lines) if (mark := _MARK.fullmatch(line.strip())) and mark[2] == wanted
    ]
    if [kind for _, kind in marks] != ["region", "endregion"]:
        raise Unreadable(f"the region `{wanted}` has to begin and end once: {[kind for _, kind in marks]}")
    (first, _), (last, _) = marks
    inner = "".join(line for line in lines[first + 1 : last] if not _MARK.fullmatch(line.strip()))
    if not inner.strip():
        raise Unreadable(f"the region `{wanted}` is empty")
    return textwrap.dedent(inner)


def included(page: Path) -> list[Path]:
    """The documents that a page includes, and those that they include."""
    found = []
    for target in _INCLUDE.findall(page.read_text(encoding="utf-8")):
        document = (page.parent / re.sub(r"#[\w-]+|\{\d*,\d*\}$", "", target)).resolve()
        if not document.is_file():
            raise Unreadable(f"{name(page)}: the included document is missing: {target}")
        found += [document, *included(document)]
    return found


def pages_of_the_site() -> list[Path]:
    """What VitePress publishes: the Markdown of docs/ that no tool has put there, and what it includes."""
    docs = ROOT / "docs"
    hidden = {".vitepress", "node_modules"}
    written = [page for page in sorted(docs.rglob("*.md")) if not hidden & set(page.relative_to(docs).parts)]
    return list(dict.fromkeys([*written, *(document for page in written for document in included(page))]))
