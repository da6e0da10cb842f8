"""Where things are, and a path on which there is no Rust."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
PACKAGES = ROOT / "examples" / "sandbox" / "dist"
RUST = ("cargo", "rustc", "rustup")
PATIENCE = 20.0


def only(folder: Path, pattern: str) -> Path:
    (found,) = folder.glob(pattern)
    return found


def path_without_rust(folder: Path) -> str:
    """A path that has what the packages need, and no Rust, even where both are in one folder."""
    folder.mkdir()
    for tool in ("node", "npm", "npx"):
        found = shutil.which(tool)
        assert found, tool
        (folder / tool).symlink_to(Path(found).resolve())
    kept = [each for each in os.environ["PATH"].split(os.pathsep) if not any((Path(each) / it).exists() for it in RUST)]
    path = os.pathsep.join([str(folder), *kept])
    assert [tool for tool in RUST if shutil.which(tool, path=path)] == []
    return path


def run(*command: str | Path, folder: Path, status: int = 0, **environment: str) -> str:
    """Runs a command to its end, and returns all that it printed."""
    finished = subprocess.run(
        list(map(str, command)),
        cwd=folder, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert finished.returncode == status, finished.stdout
    return finished.stdout


def is_running(pid: int) -> bool:
    """Whether a process is there. One that has ended and that nobody has asked about counts as ended."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def assert_gone(pid: int, url: str) -> None:
    """Waits until a sandbox has ended, and sees that its port is free."""
    deadline = time.monotonic() + PATIENCE
    while is_running(pid):
        assert time.monotonic() < deadline, f"process {pid} has not ended"
        time.sleep(0.02)
    with socket.socket() as listener:
        # As servers do: connections that were open a moment ago do not keep the port.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", int(url.rpartition(":")[2])))
