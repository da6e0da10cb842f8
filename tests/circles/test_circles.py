"""No file imports another that imports it, over whatever many others."""

from __future__ import annotations

from pathlib import Path

import pytest

from .imports import Graph, circles, rust, typescript

ROOT = Path(__file__).resolve().parents[2]

# Circles that are left to untie, each by its files. One that is gone is deleted here.
KNOWN = {
    "bindings-wasm": ["exchange.rs inputs.rs reply.rs"],
}

GRAPHS = {
    "core": lambda: rust(ROOT / "core/src"),
    "bindings-wasm": lambda: rust(ROOT / "bindings-wasm/src"),
    "bindings-wasm/js": lambda: typescript(ROOT / "bindings-wasm/js"),
    "bindings-python": lambda: rust(ROOT / "bindings-python/src"),
}


@pytest.mark.parametrize("place", GRAPHS)
def test_there_are_no_circles(place: str) -> None:
    graph = GRAPHS[place]()
    assert sum(map(len, graph.values())) > 5
    found = [" ".join(Path(file).name for file in circle) for circle in circles(graph)]
    assert found == KNOWN.get(place, []), ties(graph)


def ties(graph: Graph) -> str:
    """What to look at: each import within a circle."""
    found = [
        f"{short(file)} -> {short(other)}"
        for circle in circles(graph)
        for file in circle
        for other in sorted(graph[file])
        if other in circle
    ]
    return "\n" + "\n".join(found)


def short(file: str) -> str:
    return str(Path(file).relative_to(ROOT))


def test_a_circle_of_a_crate_is_found(tmp_path: Path) -> None:
    files = {
        "lib.rs": "mod a;\nmod b;\nmod c;\npub use c::Third;",
        "a.rs": "use crate::b::{self, Second};\npub struct First;",
        "b/mod.rs": "mod inner;\npub use inner::Second;",
        "b/inner.rs": "use crate::Third;\npub struct Second(Third);",
        "c.rs": "pub struct Third; fn third() -> super::a::First { loop {} }",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    found = [[str(Path(file).relative_to(tmp_path)) for file in circle] for circle in circles(rust(tmp_path))]
    assert found == [["a.rs", "b/inner.rs", "c.rs"]]


def test_tests_and_names_that_are_handed_on_are_not_circles(tmp_path: Path) -> None:
    (tmp_path / "lib.rs").write_text("mod a;\npub use a::First;\npub struct Whole;")
    (tmp_path / "a.rs").write_text(
        "// use crate::First;\npub struct First(crate::Whole);\n#[cfg(test)]\nmod tests { use crate::First; }"
    )
    assert circles(rust(tmp_path)) == []


def test_a_circle_of_modules_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text('import { b } from "./b.js";\nexport const a = b;')
    (tmp_path / "b.ts").write_text('import type { A } from "./a.js";\nexport const b = 1;')
    assert [len(circle) for circle in circles(typescript(tmp_path))] == [2]
