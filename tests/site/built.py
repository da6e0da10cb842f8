"""Reads the pages of a site that was built, and finds what is wrong with them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import test_documents

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# The addresses of this machine that documents name: those of a sandbox and of a shop.
LOOPBACK = re.compile(r"http://127\.0\.0\.1:\d+(?:/.*)?")
# What a page may do: see docs/.vitepress/content-security-policy.mjs.
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'none'"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
}


@dataclass(frozen=True)
class Reference:
    """What an attribute of a page points to."""

    tag: str
    attribute: str
    target: str


@dataclass
class Page(HTMLParser):
    """A page that was built."""

    text: str
    title: str = ""
    ids: set[str] = field(default_factory=set)
    references: list[Reference] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    """Those of the headings that somebody wrote."""
    policies: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    """Those within the page."""
    handlers: list[str] = field(default_factory=list)
    """Attributes that would run something."""
    codes: int = 0
    """Blocks of code."""
    others: int = 0
    """What else Markdown makes a `pre`: diagrams that were not drawn yet. Those of the playground have classes."""

    def __post_init__(self) -> None:
        super().__init__()
        self._within = ""
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._within = tag
        self.ids |= {values["id"]} if values.get("id") else set()
        self.references += [Reference(tag, name, values[name]) for name in ("href", "src", "action") if name in values]
        self.handlers += [name for name in values if name.startswith("on")]
        if tag in HEADINGS and values.get("tabindex") == "-1":
            self.anchors.append(values.get("id", ""))
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(values["content"])
        if tag == "script" and "src" not in values:
            self.scripts.append("")
        if tag == "pre":
            self.codes += "shiki" in values.get("class", "").split()
            self.others += "class" not in values

    def handle_endtag(self, tag: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        if self._within == "script" and self.scripts:
            self.scripts[-1] += data
        if self._within == "title":
            self.title += data


@dataclass(frozen=True)
class Site:
    """A folder with a site, and the path it is served at."""

    folder: Path
    base: str
    repository: str
    """The address of the project, whose files documents point to."""

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page, by the path of its file."""
        files = sorted(self.folder.rglob("*.html"))
        return {file.relative_to(self.folder).as_posix(): Page(file.read_text(encoding="utf-8")) for file in files}

    def dead(self, path: str) -> Iterator[str]:
        """What a page points to that is not there, or that nobody may point to."""
        for reference in self.pages[path].references:
            wrong = self._wrong(path, reference)
            if wrong:
                yield f"{path}: {reference.target}: {wrong}"

    def _wrong(self, path: str, reference: Reference) -> str | None:
        address = urlsplit(urljoin(f"https://site.invalid{self.base}{path}", reference.target))
        if address.netloc == "site.invalid":
            return self._wrong_here(unquote(address.path), unquote(address.fragment))
        if reference.tag in ("img", "link") and reference.target.startswith("data:"):
            return None
        if reference.tag != "a":
            return "a page loads nothing from elsewhere"
        if reference.target == self.repository:
            return None
        if reference.target.startswith(f"{self.repository}/"):
            return wrong_in_repository(reference.target.removeprefix(self.repository))
        if LOOPBACK.fullmatch(reference.target) or re.fullmatch(r"mailto:[\w.+-]+@[\w.-]+", reference.target):
            return None
        if address.scheme != "https" or not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", address.netloc):
            return "not an address with https"
        return None

    def _wrong_here(self, path: str, anchor: str) -> str | None:
        if not path.startswith(self.base):
            return f"outside of {self.base}"
        inner = path.removeprefix(self.base)
        file = f"{inner}index.html" if inner == "" or inner.endswith("/") else inner
        if not (self.folder / file).is_file():
            return "no such file"
        if anchor and (file not in self.pages or anchor not in self.pages[file].ids):
            return f"no such anchor in {file}"
        return None

    def hosts(self) -> set[str]:
        """The hosts elsewhere that pages point to."""
        targets = (reference.target for page in self.pages.values() for reference in page.references)
        ours = (self.repository, "http://127.0.0.1")
        outside = (urlsplit(target) for target in targets if not target.startswith(ours))
        return {address.netloc for address in outside if address.scheme in ("http", "https")}


def wrong_in_repository(path: str) -> str | None:
    """What is wrong with the path of a link to a file of this repository."""
    found = re.fullmatch(r"/(?:blob|tree)/main/([^#?]*)(?:#(.+))?", path)
    if found is None:
        return "not a path of the repository"
    file = ROOT / unquote(found[1])
    if not file.exists():
        return "not in the repository"
    if found[2] and file.suffix == ".md" and found[2] not in test_documents.anchors(file):
        return "no such heading in the repository"
    return None


def wrong_policy(page: Page) -> list[str]:
    """How a page's policy is not the one that all pages have to have."""
    if len(page.policies) != 1:
        return [f"{len(page.policies)} policies"]
    words = [directive.split() for directive in page.policies[0].split(";")]
    found = {name: values for name, *values in words}
    digests = (hashlib.sha256(script.encode()).digest() for script in page.scripts)
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    expected = {**POLICY, "script-src": POLICY["script-src"] + hashes}
    names = sorted({*found, *expected})
    wrong = [
        f"{name}: {found.get(name)}" for name in names if sorted(found.get(name, [])) != sorted(expected.get(name, []))
    ]
    return wrong + [f"an attribute that runs something: {name}" for name in page.handlers]
