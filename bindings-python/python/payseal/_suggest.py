"""Suggestions for misspelt keyword arguments, on Pythons that do not make them: 3.13 does."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Callable, TypeVar

    _Function = TypeVar("_Function", bound=Callable[..., Any])


def suggesting(function: _Function) -> _Function:
    """Makes a function name the keyword argument that was probably meant."""
    # Python's own hints do not find `base_url` for `baseURL`.
    if sys.version_info >= (3, 13) and function.__name__ != "__init__":
        return function

    def call(*arguments: Any, **keywords: Any) -> Any:
        try:
            return function(*arguments, **keywords)
        except TypeError as error:
            raise _with_suggestion(error, function, list(keywords)) from None
        finally:
            # Frames show up in reports, where a password is known by the name of its variable.
            del arguments, keywords

    # What `functools.wraps` does, without importing it.
    for name in ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__"):
        setattr(call, name, getattr(function, name))
    call.__wrapped__ = function  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def _with_suggestion(error: TypeError, function: Callable[..., Any], given: list[str]) -> TypeError:
    code = function.__code__
    known = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    unknown = next((name for name in given if name not in known), None)
    if unknown is None:
        return error
    hint = did_you_mean(unknown, known)
    name = function.__qualname__.replace(".__init__", "")
    return TypeError(f"{name}() got an unexpected keyword argument {unknown!r}{hint}")


def did_you_mean(unknown: str, known: Sequence[str]) -> str:
    """The end of a message about an unknown name: the known one that is most like it, if any is."""
    from difflib import get_close_matches

    # `baseURL` is how other languages write `base_url`.
    plain = {name.replace("_", "").lower(): name for name in known}
    close = get_close_matches(unknown.replace("_", "").lower(), plain, n=1)
    return f". Did you mean {plain[close[0]]!r}?" if close else ""
