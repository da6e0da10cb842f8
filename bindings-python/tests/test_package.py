"""The package itself: its documentation runs, its imports stay light, its names are all there."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
import types
from typing import Any

import payseal
import pytest


def documented() -> dict[str, Any]:
    """Every public function and method, the native ones included, by its name."""
    found: dict[str, Any] = {"payseal": payseal}
    for name in payseal.__all__:
        value = getattr(payseal, name)
        found[name] = value
        if isinstance(value, type):
            for base in value.__mro__:
                if base.__module__.startswith("payseal"):
                    found.update(
                        {f"{name}.{key}": member for key, member in vars(base).items() if not key.startswith("_")}
                    )
    return found


DOCUMENTED = documented()
CALLABLE = {
    name: value
    for name, value in DOCUMENTED.items()
    if isinstance(value, (types.FunctionType, types.MethodDescriptorType, types.BuiltinFunctionType))
    and not name.endswith((".to_dict", ".message"))
    and not hasattr(dict, name.rpartition(".")[2])
}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_doctests(name: str) -> None:
    documentation = inspect.getdoc(DOCUMENTED[name]) or ""
    test = doctest.DocTestParser().get_doctest(documentation, {}, name, None, 0)
    failed, _ = doctest.DocTestRunner().run(test)
    assert failed == 0


@pytest.mark.parametrize("name", CALLABLE)
def test_functions_are_documented(name: str) -> None:
    function = CALLABLE[name]
    documentation = inspect.getdoc(function) or ""
    assert ">>> " in documentation
    parameters = [parameter for parameter in inspect.signature(function).parameters if parameter != "self"]
    for parameter in parameters:
        assert f"    {parameter}: " in documentation
    assert "Returns:" in documentation or "Raises:" in documentation
    if parameters:
        assert "Raises:" in documentation


def test_there_are_functions_to_document() -> None:
    assert {"Bitloga.create_invoice", "Bitloga.verify_callback", "Call.parse", "unique_id"} <= set(CALLABLE)
    assert len(CALLABLE) > 20


def test_all_names_are_there() -> None:
    assert sorted(payseal.__all__) == sorted(set(payseal.__all__))
    assert set(payseal.__all__) <= set(dir(payseal))
    for name in payseal.__all__:
        assert getattr(payseal, name).__module__.partition(".")[0] == "payseal"
    with pytest.raises(AttributeError):
        payseal.something  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize(
    "heavy", ["typing", "dataclasses", "collections", "decimal", "enum", "re", "functools", "json"]
)
def test_import_is_light(heavy: str) -> None:
    script = f"import sys; before = set(sys.modules); import payseal; print({heavy!r} in set(sys.modules) - before)"
    assert run(script) == "False"


def test_keyword_arguments_show_in_signatures() -> None:
    signature = inspect.signature(payseal.Bitloga.create_invoice)
    assert list(signature.parameters)[:4] == ["self", "uniqueid", "paysys", "amount"]
    assert signature.parameters["uniqueid"].kind is inspect.Parameter.KEYWORD_ONLY
    assert list(inspect.signature(payseal.Bitloga).parameters)[:2] == ["api_key", "api_secret"]
    by_name = inspect.signature(payseal.ApiForCrypto).parameters["base_url"]
    assert by_name.kind is inspect.Parameter.KEYWORD_ONLY


def run(script: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-I", "-c", script]
    return subprocess.run(command, check=True, encoding="utf-8", stdout=subprocess.PIPE).stdout.strip()
