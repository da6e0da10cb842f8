"""Registries on the loopback address, each with the one package that was built: npm's, PyPI's and Cargo's.

That of npm can have the packages of a folder `node_modules`, too, in the versions that are there.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CRATES_IO = "https://github.com/rust-lang/crates.io-index"
ARCHIVES = (b"\x1f\x8b", b"PK")
"""How gzip and ZIP begin."""


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[str]:
    """Answers requests for these paths; the texts of files may name the address as `{address}`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = files.get(self.path)
            self.send_response(404 if found is None else 200)
            body = found or b""
            if not body.startswith(ARCHIVES):
                body = body.replace(b"{address}", address.encode())
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


def npm_package(*manifests: Mapping[str, object]) -> dict[str, bytes]:
    """What npm is told about a package, by the manifests of its versions, the latest one last."""
    name, latest = str(manifests[-1]["name"]), str(manifests[-1]["version"])
    versions = {str(manifest["version"]): manifest for manifest in manifests}
    package = {"name": name, "dist-tags": {"latest": latest}, "versions": versions}
    # npm writes the slash of a scope so.
    return {f"/{name.replace('/', '%2f')}": json.dumps(package).encode()}


def npm_installed(modules: Path) -> dict[str, bytes]:
    """What npm asks its registry for to install what is in a folder `node_modules`."""
    files: dict[str, bytes] = {}
    versions: dict[str, list[dict[str, object]]] = {}
    # Those within other packages first: what is on top is the latest.
    for file in sorted(modules.rglob("package.json"), key=lambda file: -len(file.parts)):
        folder = file.parent
        modules_of = folder.parent.parent if folder.parent.name.startswith("@") else folder.parent
        if modules_of.name != "node_modules" or folder.name == "payseal":
            continue
        manifest = json.loads(file.read_text(encoding="utf-8"))
        tarball = _tarball(folder)
        path = f"/files/{manifest['name'].replace('/', '-')}-{manifest['version']}.tgz"
        files[path] = tarball
        manifest["dist"] = {"tarball": f"{{address}}{path}", "shasum": hashlib.sha1(tarball).hexdigest()}
        versions.setdefault(manifest["name"], []).append(manifest)
    for manifests in versions.values():
        files.update(npm_package(*manifests))
    return files


def _tarball(folder: Path) -> bytes:
    """A package as npm packs it, but for compression: it stays on this machine."""

    def without_dependencies(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        return None if "/node_modules" in member.name else member

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=0) as archive:
        archive.add(folder, "package", filter=without_dependencies)
    return packed.getvalue()


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


def package_crate() -> Path:
    """Packs the core for crates.io."""
    target = ROOT / "target" / "package-core"
    command = ["cargo", "package", "--quiet", "--allow-dirty", "--no-verify", "-p", "payseal"]
    subprocess.run([*command, "--target-dir", str(target)], cwd=ROOT, check=True)
    (crate,) = (target / "package").glob("payseal-*.crate")
    return crate


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
