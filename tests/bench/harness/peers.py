"""Installs what payseal is compared with, in folders of its own under target/bench, and payseal as users install it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1]
ROOT = BENCH.parents[1]
HOME = ROOT / "target" / "bench"

NODE = HOME / "node"
VENV = HOME / "venv"
RUST = HOME / "rust"
BOUNDARY = HOME / "boundary"
PYTHON = VENV / "bin" / "python"


def install() -> None:
    """Installs everything that is missing or out of date."""
    HOME.mkdir(parents=True, exist_ok=True)
    _install_node()
    _install_python()
    _build_rust()
    _build_boundary()


def has_openssl_headers() -> bool:
    """Whether the crate `openssl` can be built here."""
    return _succeeds(["pkg-config", "--exists", "openssl"])


def rust_program(name: str) -> Path:
    """A program of the Rust crate."""
    return RUST / "release" / name


def _install_node() -> None:
    """The peers as the lock file says, then the packed package beside them, then the programs that use both."""
    folder, lock = BENCH / "node", BENCH / "node" / "npm-shrinkwrap.json"
    if _is_stale("node", [lock]):
        _say("npm ci")
        shutil.rmtree(NODE, ignore_errors=True)
        NODE.mkdir(parents=True)
        for name in ("package.json", lock.name):
            shutil.copy(folder / name, NODE)
        _run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=NODE)
        _mark_fresh("node", [lock])
    _unpack_package()
    shutil.copytree(folder, NODE, dirs_exist_ok=True)


def _unpack_package() -> None:
    """The npm package as it would be published, which has no dependencies."""
    packed = HOME / "packed"
    shutil.rmtree(packed, ignore_errors=True)
    packed.mkdir()
    arguments = ["--ignore-scripts", "--silent", "--pack-destination", str(packed)]
    _run(["npm", "pack", *arguments], cwd=ROOT / "bindings-wasm", stdout=subprocess.DEVNULL)
    target = NODE / "node_modules" / "payseal"
    shutil.rmtree(target, ignore_errors=True)
    with tarfile.open(next(packed.glob("*.tgz"))) as archive:
        archive.extractall(packed)
    shutil.move(str(packed / "package"), target)


def _install_python() -> None:
    requirements = BENCH / "python" / "requirements.txt"
    if _is_stale("python", [requirements]):
        _say("peers from PyPI")
        _run([sys.executable, "-m", "venv", "--clear", str(VENV)])
        _pip("--requirement", str(requirements))
        _mark_fresh("python", [requirements])
    wheels = [str(wheel) for wheel in (ROOT / "bindings-python" / "dist").glob("*.whl")]
    _pip("--force-reinstall", "--no-deps", *wheels)


def _pip(*arguments: str) -> None:
    _run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments])


def _build_rust() -> None:
    if not rust_program("payseal-bench").exists():
        _say("crates; this takes a minute or two")
    features = ["--features", "openssl"] if has_openssl_headers() else []
    manifest = BENCH / "rust" / "Cargo.toml"
    command = ["cargo", "build", "--quiet", "--release", "--locked", "--manifest-path", str(manifest), *features]
    _run(command, env={**os.environ, "CARGO_TARGET_DIR": str(RUST)})


def _build_boundary() -> None:
    """The core with the boundaries of other packages: compiled, wrapped and optimised as ours is."""
    if not (BOUNDARY / "debug").exists():
        _say("wasm-bindgen's generator; this takes a minute or two")
    manifest = ["--quiet", "--locked", "--manifest-path", str(BENCH / "boundary" / "Cargo.toml")]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(BOUNDARY)}
    for_module = {**environment, "RUSTFLAGS": "-Ctarget-feature=+simd128"}
    target = "wasm32-unknown-unknown"
    _run(["cargo", "build", "--release", "--lib", "--target", target, *manifest], env=for_module)
    module = BOUNDARY / target / "release" / "payseal_bench_boundary.wasm"
    folder = NODE / "boundary"
    _run(["cargo", "run", *manifest, "--", str(module), str(folder)], env=environment)
    optimised = folder / "boundary_bg.wasm"
    program = ROOT / "bindings-wasm" / "node_modules" / "binaryen" / "bin" / "wasm-opt"
    _run(["node", str(program), "-O3", str(optimised), "--output", str(optimised)])
    # The glue is a script, in a folder of modules.
    (folder / "package.json").write_text('{"type":"commonjs"}', encoding="utf-8")


def _is_stale(name: str, sources: Sequence[Path]) -> bool:
    stamp = HOME / f"{name}.stamp"
    return not stamp.exists() or stamp.read_text(encoding="utf-8") != _checksum(sources)


def _mark_fresh(name: str, sources: Sequence[Path]) -> None:
    (HOME / f"{name}.stamp").write_text(_checksum(sources), encoding="utf-8")


def _checksum(sources: Sequence[Path]) -> str:
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _say(what: str) -> None:
    print(f"bench: installing {what}", file=sys.stderr, flush=True)


def _succeeds(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _run(command: Sequence[str], **arguments: object) -> None:
    subprocess.run(command, check=True, **arguments)  # type: ignore[call-overload]
