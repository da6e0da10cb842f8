"""Runs the section "Install" of README.md word for word, in empty projects, and uses what it installed.

The packages of the first block come from registries on the loopback address: what is published would be there. Those of
the second come from this repository.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from pathlib import Path

import pytest
import registries

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
IS_THE_READMES_MACHINE = platform.system() == "Linux" and platform.machine() == "x86_64"

JAVASCRIPT = """
import { Bitloga } from "payseal";
const bitloga = new Bitloga({ apiKey: "key", apiSecret: "secret" });
const { body, headers } = bitloga.signCallback(
  { to: "WMZ", amount: "1.00", purse: "Z123456789012", invoiceid: 5, uniqueid: "125" });
console.log(bitloga.verifyCallback(body, headers).event_id);
"""
PYTHON = """
from payseal import Bitloga
bitloga = Bitloga("key", "secret")
request = bitloga.sign_callback(to="WMZ", amount="1.00", invoiceid=5, uniqueid="125")
print(bitloga.verify_callback(request.body, request.headers).event_id)
"""
RUST = """
use payseal::{Bitloga, Secret, bitloga::CallbackFields};

fn main() -> Result<(), payseal::Error> {
    let bitloga = Bitloga::new("key", Secret::new("secret")?);
    let fields = CallbackFields::new("WMZ", "1.00".parse()?, "Z123456789012", 5, "125");
    let received = bitloga.sign_callback(&fields)?;
    println!("{}", bitloga.verify_callback(&received.body, received.signature())?.event_id);
    Ok(())
}
"""


def commands() -> tuple[dict[str, str], dict[str, str]]:
    """The commands of both blocks, by the program they call."""
    section = README.split("\n## Install\n")[1].split("\n## ")[0]
    published, built = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)

    def by_program(block: str) -> dict[str, str]:
        lines = [line.split("  #")[0].strip() for line in block.splitlines()]
        return {line.split()[0]: line for line in lines}

    return by_program(published), by_program(built)


PUBLISHED, BUILT = commands()


def run(command: str, folder: Path, **environment: str) -> str:
    finished = subprocess.run(
        ["bash", "-c", command],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, f"{command}\n{finished.stdout}{finished.stderr}"
    return finished.stdout


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """What the first command of the second block leaves."""
    assert run(BUILT["make"], ROOT, PAYSEAL=str(ROOT)).count("error") == 0


def use_from_javascript(command: str, folder: Path, **environment: str) -> None:
    run(command, folder, PAYSEAL=str(ROOT), npm_config_audit="false", **environment)
    (folder / "main.mjs").write_text(JAVASCRIPT, encoding="utf-8")
    assert run("node main.mjs", folder) == "Invoice:5:Payed\n"


def use_from_python(command: str, folder: Path, **environment: str) -> None:
    run(f"{sys.executable} -m venv venv", folder)
    path = f"{folder}/venv/bin{os.pathsep}{os.environ['PATH']}"
    run(command, folder, PAYSEAL=str(ROOT), PATH=path, VIRTUAL_ENV="", **environment)
    (folder / "main.py").write_text(PYTHON, encoding="utf-8")
    assert run("python main.py", folder, PATH=path) == "Invoice:5:Payed\n"


def use_from_rust(command: str, folder: Path, **environment: str) -> None:
    run("cargo init --quiet --vcs none --name program", folder)
    # Dependencies in the versions that this repository tests.
    (folder / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())
    run(command, folder, PAYSEAL=str(ROOT), **environment)
    (folder / "src" / "main.rs").write_text(RUST, encoding="utf-8")
    target = str(ROOT / "target" / "readme")
    assert run("cargo run --quiet", folder, CARGO_TARGET_DIR=target, **environment) == "Invoice:5:Payed\n"


def test_javascript_from_this_repository(tmp_path: Path) -> None:
    use_from_javascript(BUILT["npm"], tmp_path)


def test_python_from_this_repository(tmp_path: Path) -> None:
    command = BUILT["pip"]
    if not IS_THE_READMES_MACHINE:
        command = re.sub(r"/payseal-[\w.-]+\.whl", "/*.whl", command)
    use_from_python(command, tmp_path)


def test_rust_from_this_repository(tmp_path: Path) -> None:
    use_from_rust(BUILT["cargo"], tmp_path)


def test_javascript_from_a_registry(tmp_path: Path) -> None:
    (tarball,) = (ROOT / "bindings-wasm" / "dist").glob("*.tgz")
    with registries.serving(registries.npm(tarball)) as address:
        use_from_javascript(PUBLISHED["npm"], tmp_path, npm_config_registry=address)


def test_python_from_an_index(tmp_path: Path) -> None:
    (wheel,) = (ROOT / "bindings-python" / "dist").glob("*.whl")
    with registries.serving(registries.pypi(wheel)) as address:
        use_from_python(PUBLISHED["pip"], tmp_path, PIP_INDEX_URL=f"{address}/simple/")


def test_rust_from_a_registry(tmp_path: Path) -> None:
    crate = registries.package_crate()
    with registries.serving(registries.cargo(crate, ROOT / "core" / "Cargo.toml")) as address:
        # The one part of this command that a published crate does not need.
        command = f"{PUBLISHED['cargo']} --registry loopback"
        use_from_rust(command, tmp_path, CARGO_REGISTRIES_LOOPBACK_INDEX=f"sparse+{address}/")
