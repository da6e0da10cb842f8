"""What the files of a Rust crate or of a folder of TypeScript import of each other, and the circles among them.

A name that a `mod.rs` or `lib.rs` only hands on counts as an import of the file that declares it.
"""

from __future__ import annotations

import re
from pathlib import Path

Graph = dict[str, set[str]]
"""The files that each file imports."""

USE = re.compile(r"(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);")
PATH = re.compile(r"(?<![\w:$])(?:crate|super|self)(?:::\w+)+")
COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|b?"(?:[^"\\]|\\.)*"', re.DOTALL)
MODULE = re.compile(r"(#\[cfg\(test\)\]\s*)?\bmod\s+\w+\s*\{")
TYPESCRIPT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\./[^"']+)\.js["']""")


def typescript(folder: Path) -> Graph:
    """The imports of a folder's TypeScript modules, of types too."""
    graph: Graph = {}
    for file in sorted(folder.rglob("*.ts")):
        names = TYPESCRIPT.findall(file.read_text(encoding="utf-8"))
        graph[str(file)] = {str(file.parent / name) + ".ts" for name in names} - {str(file)}
    return graph


def rust(source: Path) -> Graph:
    """The imports of a crate's files, by `use` and by paths within the code. Tests within files do not count."""
    return Crate(source).graph()


def circles(graph: Graph) -> list[list[str]]:
    """Each group of files that reach each other."""

    def reachable(start: str) -> set[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            for file in graph.get(waiting.pop(), set()) - found:
                found.add(file)
                waiting.append(file)
        return found

    reached = {file: reachable(file) for file in graph}
    groups = {frozenset(other for other in reached[file] if file in reached.get(other, ())) for file in graph}
    return sorted(sorted(group) for group in groups if len(group) > 1)


class Crate:
    """The modules of a crate, each with its file and the names it imports."""

    def __init__(self, source: Path) -> None:
        self.texts: dict[tuple[str, ...], str] = {}
        self.files: dict[tuple[str, ...], str] = {}
        self.names: dict[tuple[str, ...], dict[str, list[str]]] = {}
        for file in sorted(source.rglob("*.rs")):
            parts = file.relative_to(source).with_suffix("").parts
            module = parts[:-1] if parts[-1] in ("mod", "lib", "main") else parts
            self.files[module] = str(file)
            self.texts[module] = without_tests(COMMENT_OR_TEXT.sub("", file.read_text(encoding="utf-8")))
            self.names[module] = {}
            for _, tree, depth in uses(self.texts[module]):
                if depth == 0:
                    self.names[module].update(leaves(tree))

    def graph(self) -> Graph:
        graph: Graph = {file: set() for file in self.files.values()}
        for module, text in self.texts.items():
            is_face = Path(self.files[module]).name in ("mod.rs", "lib.rs")
            for is_public, tree, depth in uses(text):
                # A module's face hands names on: it does not need them itself.
                if not (is_face and is_public):
                    self.add(graph, module, depth, [path for _, path in leaves(tree)])
            code = USE.sub(lambda found: " " * len(found[0]), text)
            for found in PATH.finditer(code):
                self.add(graph, module, depth_at(text, found.start()), [found[0].split("::")])
        return graph

    def add(self, graph: Graph, module: tuple[str, ...], depth: int, paths: list[list[str]]) -> None:
        for path in paths:
            # Within a module of the same file, the first `super` is that file.
            within = path[min(depth, len(path) - 1) :] if path[0] == "super" and depth else path
            target = self.resolve(module, ["self", *within] if within is not path and within[0] != "super" else within)
            if target is not None and target != module:
                graph[self.files[module]].add(self.files[target])

    def resolve(self, module: tuple[str, ...], path: list[str], steps: int = 0) -> tuple[str, ...] | None:
        """The module that declares what a path names; none outside of the crate."""
        at, rest = module, list(path)
        if rest[0] == "crate":
            at, rest = (), rest[1:]
        elif rest[0] in ("self", "super"):
            while rest and rest[0] in ("self", "super"):
                at, rest = (at[:-1] if rest[0] == "super" else at), rest[1:]
        elif (*at, rest[0]) not in self.files:
            return None
        while rest and (*at, rest[0]) in self.files:
            at, rest = (*at, rest[0]), rest[1:]
        handed_on = self.names[at].get(rest[0]) if rest else None
        if handed_on is not None and steps < 9:
            return self.resolve(at, handed_on, steps + 1) or at
        return at


def without_tests(text: str) -> str:
    found = re.search(r"#\[cfg\(test\)\]\s*mod\s+\w+\s*\{", text)
    return text[: found.start()] if found else text


def depth_at(text: str, place: int) -> int:
    """How many modules of the same file a place is in."""
    return sum(found.start() < place < end_of_block(text, found.end()) for found in MODULE.finditer(text))


def end_of_block(text: str, place: int) -> int:
    depth = 1
    while depth and place < len(text):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        place += 1
    return place


def uses(text: str) -> list[tuple[bool, str, int]]:
    """Each `use`: whether it hands names on, its tree, and how many modules of the file it is in."""
    return [(bool(found[1]), found[2], depth_at(text, found.start())) for found in USE.finditer(text)]


def leaves(tree: str) -> list[tuple[str, list[str]]]:
    """The names that a tree of imports brings, each with its path."""
    tree = tree.strip()
    if "{" in tree:
        stem, _, inner = tree.partition("{")
        before = [part for part in stem.strip().split("::") if part]
        found = []
        for branch in split(inner.rpartition("}")[0]):
            found += [(alias, [*before, *path]) for alias, path in leaves(branch)]
        return [(before[-1] if alias == "self" else alias, path) for alias, path in found]
    path, _, alias = tree.partition(" as ")
    parts = [part for part in path.strip().split("::") if part]
    if len(parts) > 1 and parts[-1] in ("self", "*"):
        parts = parts[:-1]
    return [(alias.strip() or parts[-1], parts)] if parts else []


def split(branches: str) -> list[str]:
    """Branches between commas that are not in braces."""
    parts, depth = [""], 0
    for character in branches:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in parts if part.strip()]
