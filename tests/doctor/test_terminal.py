"""The command at a terminal: the secret is asked for and not shown, the body is pasted."""

from __future__ import annotations

import hmac
import os
import pty
import select
import signal
import time
from pathlib import Path

import pytest
from commands import COMMANDS, environment

SECRET = "sandbox-secret"
BODY = '{"to":"WMZ","amount":1.00,"type":"Invoice","status":"Payed","invoiceid":5,"uniqueid":"125"}'
SIGNATURE = hmac.digest(SECRET.encode(), BODY.encode(), "sha512").hex()
PROMPT, PASTE = "Secret (not shown): ", "Paste the body, then press Ctrl-D twice"
SECONDS = 30


class Terminal:
    """A command at a terminal of its own."""

    def __init__(self, language: str, arguments: list[str], folder: Path, variables: dict[str, str]) -> None:
        self.shown = ""
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            # A shell's job in the background ignores it, and hands that on; a person's terminal does not.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.chdir(folder)
            command = [*COMMANDS[language], *arguments]
            os.execvpe(command[0], command, environment(variables))

    def wait_for(self, text: str) -> None:
        """Reads until the terminal shows a text."""
        deadline = time.monotonic() + SECONDS
        while text not in self.shown:
            assert time.monotonic() < deadline, self.shown
            assert self._read(), self.shown

    def type(self, text: str) -> None:
        os.write(self.descriptor, text.encode())

    def arguments(self) -> bytes:
        """What other users of the machine see of the command."""
        return Path(f"/proc/{self.process}/cmdline").read_bytes()

    def end(self) -> int:
        """The exit code, once everything is read."""
        while self._read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    def _read(self) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], SECONDS)
        if not ready:
            os.kill(self.process, signal.SIGKILL)
        try:
            read = os.read(self.descriptor, 4096)
        except OSError:  # What Linux says when the other end is closed.
            return False
        self.shown += read.decode()
        return read != b""


@pytest.mark.parametrize("language", COMMANDS)
def test_the_secret_is_asked_for_and_not_shown(language: str, tmp_path: Path) -> None:
    (tmp_path / "body").write_text(BODY)
    terminal = Terminal(language, ["diagnose", "--body", "body", "--signature", SIGNATURE], tmp_path, {})
    terminal.wait_for(PROMPT)
    terminal.type(f"{SECRET}\r")

    assert terminal.end() == 0
    assert "valid: the signature matches the body" in terminal.shown
    assert SECRET not in terminal.shown


@pytest.mark.parametrize("language", COMMANDS)
def test_a_typing_error_in_the_secret_can_be_taken_back(language: str, tmp_path: Path) -> None:
    (tmp_path / "body").write_text(BODY)
    terminal = Terminal(language, ["diagnose", "--body", "body", "--signature", SIGNATURE], tmp_path, {})
    terminal.wait_for(PROMPT)
    terminal.type(f"{SECRET}xy\x7f\x7f\r")

    assert terminal.end() == 0


@pytest.mark.parametrize("language", COMMANDS)
def test_the_body_is_pasted(language: str, tmp_path: Path) -> None:
    terminal = Terminal(language, ["diagnose", "--signature", SIGNATURE], tmp_path, {})
    terminal.wait_for(PROMPT)
    terminal.type(f"{SECRET}\r")
    terminal.wait_for(PASTE)
    assert SECRET.encode() not in terminal.arguments()
    terminal.type(f"{BODY}\x04\x04")

    assert terminal.end() == 0
    assert "valid: the signature matches the body" in terminal.shown
    assert SECRET not in terminal.shown


@pytest.mark.parametrize("language", COMMANDS)
def test_the_secret_of_the_environment_is_not_asked_for(language: str, tmp_path: Path) -> None:
    (tmp_path / "body").write_text(BODY)
    arguments = ["diagnose", "--body", "body", "--signature", SIGNATURE]
    terminal = Terminal(language, arguments, tmp_path, {"PAYSEAL_SECRET": SECRET})

    assert terminal.end() == 0
    assert terminal.shown.splitlines() == ["valid: the signature matches the body"]


@pytest.mark.parametrize("language", COMMANDS)
def test_an_empty_secret_is_refused(language: str, tmp_path: Path) -> None:
    terminal = Terminal(language, ["sign-callback"], tmp_path, {})
    terminal.wait_for(PROMPT)
    terminal.type("\r")

    assert terminal.end() == 2
    assert "payseal: the secret is empty" in terminal.shown


@pytest.mark.parametrize("language", COMMANDS)
def test_the_prompt_can_be_left(language: str, tmp_path: Path) -> None:
    terminal = Terminal(language, ["sign-callback"], tmp_path, {})
    terminal.wait_for(PROMPT)
    terminal.type("secr\x03")

    assert terminal.end() == 130
    assert "secr" not in terminal.shown.replace(PROMPT, "")
    assert "Traceback" not in terminal.shown
