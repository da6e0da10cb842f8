"""What users can name is what the lists in the repository say: a change of it is seen in review."""

from __future__ import annotations

import re
from pathlib import Path

import payseal
import payseal.types
import pytest

from public_api import lists
from public_api.lists import ROOT
from public_api.python_names import Names

LISTED = (ROOT / "bindings-python" / "public-api.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", lists.LISTS)
def test_a_list_is_current(name: str) -> None:
    try:
        changed = lists.check(name)
    except lists.NewerFormat as reason:
        pytest.skip(str(reason))
    assert not changed, f"public names have changed; if that is meant: `make public-api`, and CHANGELOG.md\n{changed}"


@pytest.mark.parametrize("name", payseal.__all__)
def test_pythons_list_has_what_the_package_has(name: str) -> None:
    """The list is read from sources; this looks at the package itself."""
    value = getattr(payseal, name)
    assert re.search(rf"(^class |def )payseal\.{name}\(", LISTED, re.MULTILINE)
    if not isinstance(value, type):
        return
    lineage = [each for each in value.__mro__ if each.__module__.startswith("payseal")]
    found = {attribute for each in lineage for attribute in vars(each) if not attribute.startswith("_")}
    listed = {
        attribute
        for each in lineage
        for attribute in re.findall(rf"\bpayseal\.{each.__name__}\.(\w+)", LISTED)
        if not attribute.startswith("_")
    }
    assert found - listed == set()


def test_a_renamed_method_is_shown_with_both_names() -> None:
    changed = lists.difference("list", "def a.old()\ndef a.same()\n", "def a.new()\ndef a.same()\n")
    assert changed.splitlines()[-2:] == ["-def a.old()", "+def a.new()"]
    assert lists.difference("list", "same\n", "same\n") == ""


def test_private_names_are_not_listed(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text('__all__ = ["Shown"]\n')
    (tmp_path / "_hidden.py").write_text(
        "class Base:\n    def kept(self) -> int: ...\n    def _own(self) -> int: ...\n"
        "class Shown(Base):\n    if TYPE_CHECKING:\n        field: int\n    async def called(self, a: str = 'b') -> None: ...\n"
    )
    assert list(Names(tmp_path).lines()) == [
        "class payseal.Shown()",
        "def payseal.Shown.kept(self) -> int",
        "payseal.Shown.field: int",
        "async def payseal.Shown.called(self, a: str='b') -> None",
    ]
