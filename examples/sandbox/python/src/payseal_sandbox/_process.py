"""A running program, which never outlives the process that started it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence

from ._errors import SandboxError
from ._program import program

READY = "payseal-sandbox listening on "
# Requests under way have five seconds to end.
STOP_SECONDS = 10.0


class Process:
    """The program, from its first line on standard output to its end."""

    url: str
    """Where it listens."""

    def __init__(self, words: Sequence[str]) -> None:
        command = [str(program()), "--end-with-parent", *words]
        self._log = _Log()
        try:
            # Standard input tells the program to end: the system closes it even if this process is killed.
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log.writer, encoding="utf-8"
            )
        except OSError as error:
            self._log.close()
            raise SandboxError(f"the sandbox cannot be started: {error}") from error
        finally:
            os.close(self._log.writer)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith(READY):
            self.stop()
            raise SandboxError(f"the sandbox did not start; it said:\n{self.log()}")
        self.url = line[len(READY) :].strip()

    @property
    def id(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    @property
    def logged(self) -> int:
        """How many bytes it has logged so far."""
        return len(self._log.read())

    def log(self, after: int = 0) -> str:
        """What it has logged after so many bytes."""
        return self._log.read()[after:].decode("utf-8", "replace")

    def stop(self) -> None:
        """Asks it to end, insists if it does not, and waits for it."""
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        if os.name == "posix":
            # A process that was forked from this one may hold standard input open.
            process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        self._log.close()


class _Log:
    """A file for a log: unlike a pipe it needs no reader, and has what was logged before a request was answered."""

    writer: int
    """What the program writes to; to be closed here once it has it."""

    def __init__(self) -> None:
        self.writer, self._name = tempfile.mkstemp(prefix="payseal-sandbox-", suffix=".log")
        self._file = open(self._name, "rb")  # noqa: SIM115 (closed with the process)
        self._rest = b""
        if os.name == "posix":
            # Nothing is left even if this process is killed.
            os.unlink(self._name)

    def read(self) -> bytes:
        """All that was logged."""
        if self._file.closed:
            return self._rest
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Keeps what was logged, without the file."""
        if not self._file.closed:
            self._rest = self.read()
            self._file.close()
            if os.name != "posix":
                os.unlink(self._name)
