"""The pages of the site that was built are those of docs/, all of them, and have what they have to have."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import blocks
import pytest
import test_documents
from built import ROOT, Page, Site, wrong_policy

DOCS = ROOT / "docs"
WRITTEN = tuple(page for page in blocks.pages_of_the_site() if page.is_relative_to(DOCS))


def file_of(page: Path) -> str:
    """The file that a page of docs/ becomes."""
    return page.relative_to(DOCS).with_suffix(".html").as_posix()


@cache
def links_of(name: str) -> list[str]:
    """Where the links of docs/.vitepress/pages.mjs lead."""
    program = f"import('./docs/.vitepress/pages.mjs').then((pages) => console.log(JSON.stringify(pages.{name})))"
    printed = subprocess.run(["node", "-e", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    def links(value: object) -> list[str]:
        if isinstance(value, list):
            return [link for each in value for link in links(each)]
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [each for key in ("link", "items") for each in links(value.get(key, []))]
        return []

    return links(json.loads(printed))


def link_to(page: Path) -> str:
    """How pages.mjs points to a page of docs/."""
    return "/" + re.sub(r"(?:^|(?<=/))index$", "", page.relative_to(DOCS).with_suffix("").as_posix())


def test_every_page_is_built(site: Site) -> None:
    assert set(site.pages) == {*map(file_of, WRITTEN), "404.html"}


def test_every_page_is_in_the_sidebar_once() -> None:
    pages = Counter(link_to(page) for page in WRITTEN if page != DOCS / "index.md")
    assert Counter(links_of("sidebar")) == pages
    assert set(links_of("nav")) <= set(pages)


def test_titles_are_unique(site: Site) -> None:
    titles = Counter(page.title for page in site.pages.values())
    assert [title for title, count in titles.items() if count > 1 or not title] == []


@pytest.mark.parametrize("page", WRITTEN, ids=blocks.name)
def test_headings_have_the_anchors_of_github(page: Path, site: Site) -> None:
    """So that links to them work in both places. Headings of one page differ."""
    of_included = [anchor for document in blocks.included(page) for anchor in shown_anchors(document, page)]
    assert sorted(site.pages[file_of(page)].anchors) == sorted([*test_documents.anchors(page), *of_included])


def shown_anchors(document: Path, page: Path) -> frozenset[str]:
    """The anchors of a document that a page includes: a page that has a title does not show the document's."""
    anchors = test_documents.anchors(document)
    has_title = page.read_text(encoding="utf-8").startswith("# ")
    title = document.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")
    return anchors - {test_documents.anchor(title)} if has_title else anchors


@pytest.mark.parametrize("page", WRITTEN, ids=blocks.name)
def test_every_block_of_code_is_one_that_is_tested(page: Path, site: Site) -> None:
    """What tests/readme has read of a page is all that the page shows."""
    read = [block.language for part in (page, *blocks.included(page)) for block in blocks.read(part)]
    built = site.pages[file_of(page)]
    assert (built.codes, built.others) == (len(read) - read.count("mermaid"), read.count("mermaid"))


def test_every_page_has_the_policy(site: Site, site_elsewhere: Site) -> None:
    for each in (site, site_elsewhere):
        assert {path: wrong_policy(page) for path, page in each.pages.items() if wrong_policy(page)} == {}


POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-UYYjkfFE/03FDy1/wtsAnpnz+Ck7E+2+DtsrmYzZE6g='; "
    "style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'none'; form-action 'none'; "
    "base-uri 'none'"
)
PAGE = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}"><script>here()</script></head>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<meta ", "<met "),
        ("connect-src 'none'", "connect-src 'self'"),
        ("form-action 'none'; ", ""),
        ("'wasm-unsafe-eval'", "'unsafe-eval'"),
        ("'self' 'wasm", "'self' https: 'wasm"),
        ("here()", "there()"),
        ("</script>", "</script><script>more()</script>"),
        ("</head>", '</head><p onclick="more()">'),
        ("base-uri 'none'", "base-uri 'none'; worker-src blob:"),
    ],
)
def test_a_weaker_policy_is_found(old: str, new: str) -> None:
    assert old in PAGE
    assert wrong_policy(Page(PAGE)) == []
    assert wrong_policy(Page(PAGE.replace(old, new, 1))) != []


def test_the_search_knows_every_page(site: Site) -> None:
    (index,) = (site.folder / "assets" / "chunks").glob("@localSearchIndexroot.*.js")
    found = set(re.findall(rf'"{re.escape(site.base)}([\w/-]*(?:\.html)?)#', index.read_text(encoding="utf-8")))
    files = {f"{path}index.html" if path == "" or path.endswith("/") else path for path in found}
    with_headings = {path for path, page in site.pages.items() if page.anchors}
    assert files == with_headings


def test_styles_name_only_files_that_are_there(site: Site) -> None:
    styles = sorted(site.folder.rglob("*.css"))
    named = {url for style in styles for url in re.findall(r"url\(([^)]+)\)", style.read_text(encoding="utf-8"))}
    files = {url.strip("\"'") for url in named if not url.strip("\"'").startswith("data:")}
    assert files
    assert [url for url in files if not (site.folder / url.removeprefix(site.base)).is_file()] == []
