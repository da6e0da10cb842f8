"""Suggestions for misspelt keyword arguments, on Pythons that do not make them: 3.13 does."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, TypeVar

    _Function = TypeVar("_Function", bound=Callable[..., Any])


def suggesting(function: _Function) -> _Function:
    """Makes a function name the keyword argument that was probably meant."""
    if sys.version_info >= (3, 13):
        return function

    def call(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        except TypeError as error:
            raise _with_suggestion(error, function, keywords) from None

    # What `functools.wraps` does, without importing it.
    for name in ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__"):
        setattr(call, name, getattr(function, name))
    call.__wrapped__ = function  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def _with_suggestion(error: TypeError, function: Callable[..., Any], keywords: dict[str, Any]) -> TypeError:
    code = function.__code__
    known = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    unknown = next((name for name in keywords if name not in known), None)
    if unknown is None:
        return error

    from difflib import get_close_matches

    close = get_close_matches(unknown, known, n=1)
    hint = f". Did you mean {close[0]!r}?" if close else ""
    return TypeError(f"{function.__qualname__}() got an unexpected keyword argument {unknown!r}{hint}")
