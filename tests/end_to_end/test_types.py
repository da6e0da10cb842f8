"""The Node example passes TypeScript's strict checks, with the types of the packed package."""

from __future__ import annotations

import subprocess

from examples.demo.places import NODE, NPM_PACKAGE

MODULES = NPM_PACKAGE / "node_modules"


def test_the_node_example() -> None:
    compiler = MODULES / "typescript" / "bin" / "tsc"
    command = ["node", str(compiler), "--project", str(NODE), "--typeRoots", str(MODULES / "@types")]
    checked = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert checked.returncode == 0, checked.stdout
