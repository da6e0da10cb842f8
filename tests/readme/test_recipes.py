"""The tables of docs/recipes: how each framework hands over the raw body, and what each mistake with it gives."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import payseal
import pytest
from conftest import ROOT, run

PAGE = ROOT / "docs" / "recipes" / "index.md"
ROW = re.compile(r"^\| (.+?) \| `(\w+)` \| (?:`(\w+)` )?\|$", re.MULTILINE)

FRAMEWORKS = re.compile(r"^\| (\[.+?) \| (.+?) \| .+ \|$", re.MULTILINE)
LINKS = re.compile(r"\]\((\w+\.md)#([\w-]+)\)")
SNIPPET = re.compile(r"^<<< (\S+?)#(\w+)", re.MULTILINE)
# Its endpoint is on another page, which is followed word for word.
AXUM = ROOT / "docs" / "start" / "rust.md"

GATEWAY = payseal.Bitloga("sandbox-key", "sandbox-secret")
SIGNED = GATEWAY.sign_callback(to="WMZ", amount="1.00", name="Zoë", invoiceid=5, uniqueid="125")


async def _read() -> bytes:
    return SIGNED.body


PYTHON: dict[str, Callable[[], object]] = {
    "what a parser made of the body": lambda: json.loads(SIGNED.body),
    "that, written anew as JSON": lambda: json.dumps(json.loads(SIGNED.body)),
    "a promise or a coroutine: `await` is missing": _read,
    "nothing, since something has read the body before": lambda: b"",
    "the base64 of the body": lambda: base64.b64encode(SIGNED.body),
    "the body, still compressed": lambda: gzip.compress(SIGNED.body),
    "the body as Latin-1 and back as UTF-8": lambda: SIGNED.body.decode("latin-1"),
    "the body with a line break at its end": lambda: SIGNED.body + b"\n",
}

JAVASCRIPT = """
import { gzipSync } from "node:zlib";
import { Bitloga } from "payseal";

const gateway = new Bitloga({ apiKey: "sandbox-key", apiSecret: "sandbox-secret" });
const { body, headers } = gateway.signCallback({ to: "WMZ", amount: "1.00", name: "Zoë", invoiceid: 5, uniqueid: "125" });
const given = {
  "what a parser made of the body": JSON.parse(body),
  "that, written anew as JSON": JSON.stringify(JSON.parse(body)),
  "a promise or a coroutine: `await` is missing": new Request("http://localhost", { method: "POST", body }).text(),
  "nothing, since something has read the body before": "",
  "the base64 of the body": Buffer.from(body).toString("base64"),
  "the body, still compressed": gzipSync(body),
  "the body as Latin-1 and back as UTF-8": Buffer.from(body).toString("latin1"),
  "the body with a line break at its end": `${body}\\n`,
};
for (const [what, wrong] of Object.entries(given)) {
  try {
    gateway.verifyCallback(wrong, headers);
  } catch ({ code }) {
    const cause = code === "signature_mismatch" ? gateway.diagnose(wrong, headers).cause : "";
    console.log(JSON.stringify([what, code, cause]));
  }
}
"""


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, str, str]]:
    section = PAGE.read_text(encoding="utf-8").split("\n## What happens otherwise\n")[1].split("\n## ")[0]
    return [(what, code, cause) for what, code, cause in ROW.findall(section)]


def test_traps_in_python(rows: list[tuple[str, str, str]]) -> None:
    assert rows == [(what, *told(make())) for what, make in PYTHON.items()]


def told(body: object) -> tuple[str, str]:
    """The code of the error for a body, and the cause that `diagnose` tells."""
    try:
        with pytest.raises(payseal.PaysealError) as refused:
            GATEWAY.verify_callback(body, SIGNED.headers)  # type: ignore[arg-type]
        if refused.value.code != "signature_mismatch":
            return refused.value.code, ""
        return refused.value.code, GATEWAY.diagnose(body, SIGNED.headers).cause  # type: ignore[arg-type]
    finally:
        if asyncio.iscoroutine(body):
            body.close()


def test_traps_in_javascript(rows: list[tuple[str, str, str]], node_project: Path) -> None:
    (node_project / "traps.mjs").write_text(JAVASCRIPT, encoding="utf-8")
    assert rows == [tuple(json.loads(line)) for line in run(["node", "traps.mjs"], node_project)]


def endpoints() -> list[tuple[str, str, str]]:
    """Each framework in the table of all: the link to its section, how it has the raw body, and its endpoint."""
    table = PAGE.read_text(encoding="utf-8").split("\n## By framework\n")[1].split("\n## ")[0]
    found = FRAMEWORKS.findall(table)
    return [
        (f"{page}#{anchor}", how, endpoint(page, anchor))
        for names, how in found
        for page, anchor in LINKS.findall(names)
    ]


def anchor_of(section: str) -> str:
    """The anchor of the heading that a section begins with, as GitHub makes it."""
    return re.sub(r"[^\w -]", "", section.split("\n")[0].lower()).replace(" ", "-")


def endpoint(page: str, anchor: str) -> str:
    """What the section of a framework includes."""
    text = (PAGE.parent / page).read_text(encoding="utf-8")
    sections = {anchor_of(part): part for part in text.split("\n## ")}
    found = SNIPPET.search(sections[anchor])
    source = (PAGE.parent / found[1]).resolve() if found else AXUM
    return source.read_text(encoding="utf-8")


@pytest.mark.parametrize(("link", "how", "code"), endpoints(), ids=[link for link, _, _ in endpoints()])
def test_the_table_of_frameworks_is_that_of_their_endpoints(link: str, how: str, code: str) -> None:
    spans = re.findall(r"`(.+?)`", how)
    assert spans
    assert [span for span in spans if span not in code] == [], link


def test_every_endpoint_is_in_the_table() -> None:
    pages = {page: (PAGE.parent / page).read_text(encoding="utf-8") for page in ("javascript.md", "python.md")}
    sections = [(page, part) for page, text in pages.items() for part in text.split("\n## ")[1:]]
    included = {f"{page}#{anchor_of(part)}" for page, part in sections if SNIPPET.search(part)}
    assert {link for link, _, _ in endpoints()} == included | {"rust.md#axum"}
