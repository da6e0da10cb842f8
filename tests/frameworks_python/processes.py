"""Starts real servers on free ports of the loopback address, in temporary folders, and ends them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable

import psycopg
import redis

ROOT = Path(__file__).resolve().parents[2]
BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"

STARTING = 30.0
"""How many seconds a server may take to start."""


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str],
    folder: Path,
    is_ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
    user: int | None = None,
    patience: float = 15,
) -> Iterator[None]:
    """Runs a server in a folder for as long as the block lasts; what it prints stays in the folder.

    One that does not end by itself within its seconds of patience is killed.
    """
    log = folder / "server.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # With its workers it is one group, which is ended as one.
            **_as_user(user),
        )
    try:
        wait_until(
            lambda: is_ready() or process.poll() is not None,
            lambda: f"{command[0]} did not start:\n{log.read_text()}",
        )
        assert process.poll() is None, f"{command[0]} ended at once:\n{log.read_text()}"
        yield
    finally:
        process.send_signal(signal.SIGINT)  # For PostgreSQL: disconnect clients and end.
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until(condition: Callable[[], bool], complaint: Callable[[], str], seconds: float = STARTING) -> None:
    """Waits for a condition, and complains if it does not come true."""
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, complaint()
        time.sleep(0.02)


def is_listening(port: int) -> bool:
    """Whether somebody accepts connections."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def sandbox() -> Iterator[str]:
    """The sandbox, which repeats a callback soon after it was refused; yields its address."""
    port = free_port()
    command = [str(BUILT / "payseal-sandbox"), "--port", str(port), "--pause-scale", "0.05"]
    with _folder(None) as folder, running(command, folder, lambda: is_listening(port)):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server with an empty database; yields its URL."""
    programs = _postgresql_programs()
    user = _unprivileged_user("postgres")
    port = free_port()
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"

    def is_ready() -> bool:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    with _folder(user) as folder:
        data = str(folder / "data")
        initdb = [str(programs / "initdb"), "--pgdata", data, "--username=postgres", "--auth=trust", "--no-sync"]
        subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL, **_as_user(user))
        server = [str(programs / "postgres"), "-D", data, "-p", str(port), "-k", str(folder), "-F"]
        with running(server, folder, is_ready, user=user):
            yield url


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis server that keeps what it is told; yields its URL."""
    program = shutil.which("redis-server")
    assert program, "redis-server is missing: run tests/setup.sh databases"
    user = _unprivileged_user("redis")
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"

    def is_ready() -> bool:
        try:
            return bool(redis.Redis.from_url(url).ping())
        except redis.ConnectionError:
            return False

    with _folder(user) as folder:
        keeping = ["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"]
        command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", "", *keeping]
        with running(command, folder, is_ready, user=user):
            yield url


APACHE = """
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog {folder}/server.log
{user}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule wsgi_module {modules}/mod_wsgi.so
ServerLimit 1
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
WSGISocketPrefix {folder}/wsgi
WSGIPythonPath {folder}
WSGIRestrictEmbedded Off
{applications}
"""
"""One process of Apache, so that applications meet in it."""


@contextmanager
def apache(applications: str, fill: Callable[[Path], None]) -> Iterator[tuple[str, Path]]:
    """Apache with mod_wsgi in one process, and a folder that was filled before; yields its URL and its log.

    In `applications`, its directives, `{folder}` is that folder, from which Python imports.
    """
    program, modules = shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin"), Path("/usr/lib/apache2/modules")
    assert program and (modules / "mod_wsgi.so").exists(), "mod_wsgi is missing: run tests/setup.sh apache"
    user = _unprivileged_user("www-data")
    port = free_port()
    with _folder(user) as folder:
        fill(folder)
        settings = APACHE.format(
            folder=folder,
            port=port,
            modules=modules,
            user="User www-data\nGroup www-data" if user is not None else "",
            applications=applications.format(folder=folder),
        )
        (folder / "apache.conf").write_text(settings, encoding="utf-8")
        command = [program, "-f", str(folder / "apache.conf"), "-D", "FOREGROUND"]
        with running(command, folder, lambda: is_listening(port)):
            yield f"http://127.0.0.1:{port}", folder / "server.log"


def _postgresql_programs() -> Path:
    """Where the programs of PostgreSQL's server are: Debian does not put them on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    anywhere = shutil.which("initdb")
    assert found or anywhere, "PostgreSQL is missing: run tests/setup.sh databases"
    return (found[-1] if found else Path(str(anywhere))).parent


def _unprivileged_user(name: str) -> int | None:
    """Who runs a database: PostgreSQL refuses to be run by root."""
    return pwd.getpwnam(name).pw_uid if os.geteuid() == 0 else None


def _as_user(user: int | None) -> dict[str, Any]:
    """What `subprocess` needs to be told to run something as somebody else."""
    if user is None:
        return {}
    return {"user": user, "group": pwd.getpwuid(user).pw_gid, "extra_groups": []}


@contextmanager
def _folder(user: int | None) -> Iterator[Path]:
    """A temporary folder that belongs to a user."""
    with tempfile.TemporaryDirectory(prefix="payseal-") as name:
        if user is not None:
            os.chown(name, user, -1)
        yield Path(name)
