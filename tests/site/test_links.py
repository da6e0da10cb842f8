"""Every link of the site that was built leads somewhere, whatever path the site is served at."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import Site
from conftest import OTHER_BASE

# Who else is pointed to. A new one has to be added here, so that a mistyped one is seen.
HOSTS = {
    "docs.rs",
    "rustup.rs",
    "semver.org",
}


def dead(site: Site) -> list[str]:
    return [each for path in site.pages for each in site.dead(path)]


def test_no_link_is_dead(site: Site) -> None:
    assert sum(len(page.references) for page in site.pages.values()) > 1000
    assert dead(site) == []


def test_no_link_is_dead_where_the_site_has_another_path(site: Site, site_elsewhere: Site) -> None:
    assert set(site_elsewhere.pages) == set(site.pages)
    assert dead(site_elsewhere) == []


def test_links_to_elsewhere_are_known(site: Site) -> None:
    assert site.hosts() - HOSTS == set()
    assert site.hosts()


def test_every_page_is_reached_from_the_first(site: Site) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for reference in site.pages[page].references:
            if reference.tag == "a" and reference.target.startswith(site.base):
                path = reference.target.removeprefix(site.base).split("#")[0]
                waiting.append(f"{path}index.html" if path == "" or path.endswith("/") else path)
    assert set(site.pages) - reached == {"404.html"}


@pytest.mark.parametrize("base", ["/", OTHER_BASE])
@pytest.mark.parametrize(
    ("element", "wrong"),
    [
        ('<a href="{base}other.html">', None),
        ('<a href="{base}other.html#there">', None),
        ('<a href="./other.html#there">', None),
        ('<a href="#here">', None),
        ('<a href="{base}folder/">', None),
        ('<a href="{base}">', None),
        ('<img src="{base}image.png">', None),
        ('<a href="https://example.org/a?b#c">', None),
        ('<a href="https://example.test/repository/blob/main/README.md#install">', None),
        ('<a href="https://example.test/repository/tree/main/examples">', None),
        ('<a href="https://example.test/repository">', None),
        ('<a href="http://127.0.0.1:8787/">', None),
        ('<link rel="icon" href="data:,">', None),
        ('<script src="data:,alert(1)">', "loads nothing from elsewhere"),
        ('<a href="{base}missing.html">', "no such file"),
        ('<a href="{base}other">', "no such file"),
        ('<a href="{base}folder">', "no such file"),
        ('<a href="{base}other.html#missing">', "no such anchor in other.html"),
        ('<a href="#missing">', "no such anchor in index.html"),
        ('<img src="{base}missing.png">', "no such file"),
        ('<script src="{base}missing.js">', "no such file"),
        ('<img src="https://example.org/image.png">', "loads nothing from elsewhere"),
        ('<form action="https://example.org/">', "loads nothing from elsewhere"),
        ('<a href="http://example.org/">', "not an address with https"),
        ('<a href="https://example/">', "not an address with https"),
        ('<a href="javascript:alert(1)">', "not an address with https"),
        ('<a href="https://example.test/repository/blob/main/MISSING.md">', "not in the repository"),
        ('<a href="https://example.test/repository/blob/main/README.md#missing">', "no such heading"),
        ('<a href="https://example.test/repository/issues">', "not a path of the repository"),
    ],
)
def test_a_dead_link_is_found(tmp_path: Path, base: str, element: str, wrong: str | None) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.html").touch()
    (tmp_path / "image.png").touch()
    (tmp_path / "other.html").write_text('<p id="there">')
    (tmp_path / "index.html").write_text(f'<p id="here">{element.format(base=base)}')
    found = list(Site(tmp_path, base, "https://example.test/repository").dead("index.html"))
    assert [wrong in each for each in found] == [True] if wrong else found == []


def test_a_link_to_outside_of_the_path_is_found(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="/index.html">')
    found = list(Site(tmp_path, OTHER_BASE, "https://example.test/repository").dead("index.html"))
    assert found == ["index.html: /index.html: outside of /payseal/"]
