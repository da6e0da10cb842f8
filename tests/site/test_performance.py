"""The figures that the page about performance shows first are those of the report of `make bench`."""

from __future__ import annotations

import html
import re

import test_documents
from built import Site


def test_the_summary_has_the_figures_of_the_report(site: Site) -> None:
    first = site.pages["performance.html"].text.split("<table")[1].split("</table>")[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in first.split("<tr")[1:]]
    shown = [tuple(html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in row) for row in rows if row]
    assert shown == test_documents.summary()
    assert [html.unescape(head) for head in re.findall(r"<th>(.*?)</th>", first)] == test_documents.heads()


def test_the_summary_says_where_payseal_is_not_faster(site: Site) -> None:
    after = site.pages["performance.html"].text.split("</table>")[1].split("Unknown fields")[0]
    shown = dict(html.unescape(item).split(": ", 1) for item in re.findall(r"<li>(.*?)</li>", after))
    languages = list(test_documents.CONTENDERS)
    slower = {
        language: "; ".join(row[0] for row in test_documents.summary() if float(row[at]) >= 1)
        for at, language in enumerate(languages, start=1)
    }
    assert shown == {language: bodies for language, bodies in slower.items() if bodies}
