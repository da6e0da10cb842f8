"""The public names of the Python package with their signatures, read from its sources and stubs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Union

# Those that change how a function is called.
SHOWN_MARKS = ("property", "staticmethod", "classmethod", "overload")

Definition = Union[ast.FunctionDef, ast.AsyncFunctionDef]


class Names:
    """What the modules of a package define."""

    def __init__(self, folder: Path) -> None:
        files = sorted(path for pattern in ("*.py", "*.pyi") for path in folder.glob(pattern))
        self._modules = {path.stem: seen_by_checkers(ast.parse(path.read_text("utf-8")).body) for path in files}
        statements = [node for body in self._modules.values() for node in body]
        self._classes = {node.name: node for node in statements if isinstance(node, ast.ClassDef)}

        self._inner = self._classes.keys() - set(self._exported())

    def lines(self) -> Iterator[str]:
        """One line for each public name: first those of `payseal` itself, then those of its public modules."""
        exported = self._exported()
        for name in exported:
            yield from self._named("payseal", name)
        for module, body in self._modules.items():
            if not module.startswith("_"):
                for name in defined(body):
                    if not name.startswith("_") and name not in exported:
                        yield from self._named(f"payseal.{module}", name)

    def _exported(self) -> list[str]:
        for node in self._modules["__init__"]:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                return sorted(ast.literal_eval(node.value))
        raise ValueError("payseal/__init__.py has no __all__")

    def _named(self, module: str, name: str) -> Iterator[str]:
        if name in self._classes:
            yield from self._class(f"{module}.{name}", self._classes[name])
            return
        found = [node for body in self._modules.values() for node in body if name in names_of(node)]
        assert found, f"{module}.{name} is not defined"
        yield from members(module, found[:1])

    def _class(self, path: str, node: ast.ClassDef) -> Iterator[str]:
        public = [ast.unparse(base) for base in node.bases if plain(base) not in self._inner]
        yield f"class {path}({', '.join(public)})"
        yield from members(path, self._body(node))

    def _body(self, node: ast.ClassDef) -> list[ast.stmt]:
        """What a class defines, after what it has from bases that the package does not export."""
        own = seen_by_checkers(node.body)
        names = {name for each in own for name in names_of(each)}
        bases = [self._classes[plain(base)] for base in node.bases if plain(base) in self._inner]
        inherited = [each for base in bases for each in self._body(base) if not names & names_of(each)]
        return inherited + own


def plain(base: ast.expr) -> str:
    """The name of a base without its module and its parameters."""
    return ast.unparse(base).split("[")[0].split(".")[-1]


def seen_by_checkers(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements as type checkers read them: in `if TYPE_CHECKING` the first branch, in other conditions both."""
    found: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.If):
            test = ast.unparse(node.test)
            found += seen_by_checkers(node.body) if test != "not TYPE_CHECKING" else []
            found += seen_by_checkers(node.orelse) if test != "TYPE_CHECKING" else []
        else:
            found.append(node)
    return found


def names_of(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, ast.AnnAssign):
        return {ast.unparse(node.target)}
    if isinstance(node, ast.Assign):
        return {ast.unparse(target) for target in node.targets}
    return set()


def defined(body: list[ast.stmt]) -> list[str]:
    return sorted({name for node in body for name in names_of(node)})


def members(path: str, body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        for name in names_of(node):
            if name == "__init__" or not name.startswith("_"):
                yield described(f"{path}.{name}", node)


def described(path: str, node: ast.stmt) -> str:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return function(path, node)
    if isinstance(node, ast.AnnAssign):
        return f"{path}: {ast.unparse(node.annotation)}"
    if isinstance(node, ast.Assign):
        return f"{path} = {ast.unparse(node.value)}"
    return f"class {path}"


def function(path: str, node: Definition) -> str:
    marks = "".join(f"@{mark} " for mark in map(ast.unparse, node.decorator_list) if mark in SHOWN_MARKS)
    kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    returned = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{marks}{kind} {path}({ast.unparse(node.args)}){returned}"
