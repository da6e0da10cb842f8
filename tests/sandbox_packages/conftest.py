"""Projects of users, in empty folders outside the repository: the packages come from the files that were built."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import HERE, PACKAGES, ROOT, only, path_without_rust, run

sys.path.insert(0, str(ROOT / "tests" / "readme"))
import registries

EXAMPLES = ROOT / "examples"
# The tests of a user, which run in a project of theirs.
collect_ignore = ["python"]


@dataclass(frozen=True)
class Project:
    """A folder in which something was installed."""

    folder: Path
    path: str

    def run(self, *command: str | Path, status: int = 0, **environment: str) -> str:
        """Runs a command of the project, as in a terminal of its user."""
        return run(*command, folder=self.folder, status=status, PATH=self.path, VIRTUAL_ENV="", **environment)

    def write(self, name: str, text: str) -> Path:
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    return path_without_rust(tmp_path_factory.mktemp("path") / "bin")


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory, path: str) -> Project:
    """A shop with FastAPI, and the tests of its user."""
    folder = tmp_path_factory.mktemp("python")
    run(sys.executable, "-m", "venv", "venv", folder=folder)
    project = Project(folder, f"{folder / 'venv' / 'bin'}:{path}")
    wheels = [only(ROOT / "bindings-python" / "dist", "*.whl"), only(PACKAGES, "*.whl")]
    project.run(
        "pip", "install", "--quiet", "--disable-pip-version-check", *wheels,
        "--requirement", HERE / "requirements.txt",
    )  # fmt: skip
    shops = EXAMPLES / "python-frameworks"
    for source in (shops / "fastapi_shop.py", shops / "shop.py", *(HERE / "python").glob("*.py")):
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "ledger").mkdir()
    for source in (shops / "ledger").glob("*.py"):
        (folder / "ledger" / source.name).write_bytes(source.read_bytes())
    return project


@pytest.fixture(scope="session")
def registry() -> Iterator[str]:
    """npm's registry as it will be: the package people install, and one for each platform."""
    (main,) = (each for each in PACKAGES.glob("*.tgz") if b"optionalDependencies" in registries.manifest_of(each))
    (program,) = (each for each in PACKAGES.glob("*.tgz") if each != main)
    files = {**registries.npm(main), **registries.npm(program)}
    here = json.loads(registries.manifest_of(program))
    for name, version in json.loads(registries.manifest_of(main))["optionalDependencies"].items():
        system, cpu = name.rpartition("sandbox-")[2].split("-")
        # What is for another platform is described only: nobody may ask for it.
        other = {"name": name, "version": version, "os": [system], "cpu": [cpu], "dist": {"tarball": "{address}/none"}}
        if name != here["name"]:
            files.update(registries.npm_package(other))
    with registries.serving(files) as address:
        yield address


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory, path: str, registry: str) -> Project:
    """A shop with Express, and the tests of its user."""
    project = Project(tmp_path_factory.mktemp("node"), path)
    shop = EXAMPLES / "javascript-frameworks" / "express"
    described = json.loads((shop / "package.json").read_text(encoding="utf-8"))
    described["dependencies"]["payseal"] = f"file:{only(ROOT / 'bindings-wasm' / 'dist', '*.tgz')}"
    project.write("package.json", json.dumps(described))
    quiet = ("--no-audit", "--no-fund", "--loglevel=error")
    project.run("npm", "install", *quiet)
    project.run("npm", "install", *quiet, "payseal-sandbox", npm_config_registry=registry)
    project.write("server.js", (shop / "server.js").read_text(encoding="utf-8"))
    for source in (HERE / "node").iterdir():
        project.write(source.name, source.read_text(encoding="utf-8"))
    return project
