"""Registries on the loopback address, each with the one package that was built: npm's, PyPI's and Cargo's."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CRATES_IO = "https://github.com/rust-lang/crates.io-index"


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[str]:
    """Answers requests for these paths; the texts of files may name the address as `{address}`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = files.get(self.path)
            self.send_response(404 if found is None else 200)
            body = b"" if found is None else found.replace(b"{address}", address.encode())
            self.send_header("Content-Type", "text/html" if self.path.startswith("/simple/") else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield address
        finally:
            server.shutdown()


def npm(tarball: Path) -> dict[str, bytes]:
    """What npm asks its registry for."""
    content = tarball.read_bytes()
    dist = {"tarball": "{address}/" + tarball.name, "shasum": hashlib.sha1(content).hexdigest()}
    return {**npm_package({**json.loads(manifest_of(tarball)), "dist": dist}), f"/{tarball.name}": content}


def npm_package(manifest: Mapping[str, object]) -> dict[str, bytes]:
    """What npm is told about a package with one version."""
    name, version = str(manifest["name"]), str(manifest["version"])
    package = {"name": name, "dist-tags": {"latest": version}, "versions": {version: manifest}}
    # npm writes the slash of a scope so.
    return {f"/{name.replace('/', '%2f')}": json.dumps(package).encode()}


def manifest_of(tarball: Path) -> bytes:
    """The package.json in a tarball."""
    with tarfile.open(tarball) as archive:
        manifest = archive.extractfile("package/package.json")
        assert manifest is not None
        return manifest.read()


def pypi(wheel: Path) -> dict[str, bytes]:
    """What pip asks an index for."""
    link = f'<!DOCTYPE html><html><body><a href="{{address}}/files/{wheel.name}">{wheel.name}</a></body></html>'
    return {"/simple/payseal/": link.encode(), f"/files/{wheel.name}": wheel.read_bytes()}


def cargo(crate: Path, manifest: Path) -> dict[str, bytes]:
    """What Cargo asks a sparse index for; dependencies come from crates.io."""
    described = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1", "--manifest-path", str(manifest)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    package = next(each for each in json.loads(described.stdout)["packages"] if each["name"] == "payseal")
    entry = {
        "name": "payseal",
        "vers": package["version"],
        "deps": [_dependency(each) for each in package["dependencies"] if each["kind"] != "dev"],
        "cksum": hashlib.sha256(crate.read_bytes()).hexdigest(),
        "features": {},
        "features2": package["features"],
        "v": 2,
        "rust_version": package["rust_version"],
    }
    return {
        "/config.json": b'{"dl":"{address}/crates/{crate}/{version}"}',
        "/pa/ys/payseal": json.dumps(entry).encode(),
        f"/crates/payseal/{package['version']}": crate.read_bytes(),
    }


def _dependency(declared: dict[str, object]) -> dict[str, object]:
    return {
        "name": declared["name"],
        "req": declared["req"],
        "features": declared["features"],
        "optional": declared["optional"],
        "default_features": declared["uses_default_features"],
        "target": declared["target"],
        "kind": declared["kind"] or "normal",
        "registry": CRATES_IO,
    }
