"""Mistakes that people make with callbacks, each made for real: what arrives of a signed callback is saved."""

from __future__ import annotations

import json
import subprocess
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Callable, NamedTuple

import payseal
from commands import ROOT

HERE = Path(__file__).parent
KEY, SECRET = "sandbox-key", "sandbox-secret"
FRAMEWORKS = ROOT / "target" / "venv-frameworks-newest" / "bin" / "python"
GATEWAY = payseal.Bitloga(KEY, SECRET)
CALLBACK = GATEWAY.sign_callback(to="WMZ", amount="1.00", purse="Z123456789012", invoiceid=5, uniqueid="125")
IN_LINES = GATEWAY.sign_callback_body('{\n  "to": "WMZ",\n  "amount": 1.00\n}')


class Arrived(NamedTuple):
    """What the person who asks has: two files, and what they take for their key and their secret."""

    body: Path
    headers: Path
    key: str = KEY
    secret: str = SECRET


class World(NamedTuple):
    """The programs that a callback goes through."""

    folder: Path
    express: str
    proxy: str
    flask: str
    fastapi: str

    def sent(self, url: str, name: str) -> Arrived:
        """What a shop saves of a callback that is posted to an address."""
        request = urllib.request.Request(f"{url}?name={name}", CALLBACK.body, dict(CALLBACK.headers))
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200
        return self.saved(name)

    def by_hand(self, name: str, commands: str, signed: payseal.SignedCallback = CALLBACK) -> Arrived:
        """What is left by commands of a shell, which find the body in `received` and the signed message in `signed`."""
        (self.folder / "received").write_bytes(signed.body)
        (self.folder / f"{name}.body").write_bytes(signed.body)
        (self.folder / f"{name}.headers").write_text(json.dumps(dict(signed.headers)), encoding="utf-8")
        message = {"body": signed.body.decode(), "headers": dict(signed.headers)}
        (self.folder / "signed").write_text(json.dumps(message), encoding="utf-8")
        subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=self.folder, check=True, timeout=60)
        return self.saved(name)

    def saved(self, name: str) -> Arrived:
        return Arrived(self.folder / f"{name}.body", self.folder / f"{name}.headers")


class Mistake(NamedTuple):
    """A mistake, how it is made, and the cause that is to be told."""

    what: str
    make: Callable[[World], Arrived]
    cause: str


MISTAKES = (
    Mistake("none", lambda world: world.sent(f"{world.express}/raw", "none"), "valid"),
    Mistake(
        "Express: express.json(), then JSON.stringify(req.body)",
        lambda world: world.sent(f"{world.express}/parses-first", "express"),
        "body_rewritten",
    ),
    Mistake(
        "Express: express.json(), then the stream is read again",
        lambda world: world.sent(f"{world.express}/reads-twice", "twice"),
        "body_empty",
    ),
    Mistake(
        "Flask: json.dumps(request.get_json())",
        lambda world: world.sent(f"{world.flask}/parses-first", "flask"),
        "body_rewritten",
    ),
    Mistake(
        "Flask: str(request.get_data())",
        lambda world: world.sent(f"{world.flask}/prints-bytes", "printed"),
        "body_printed",
    ),
    Mistake(
        "FastAPI: a parameter of type dict, then json.dumps",
        lambda world: world.sent(f"{world.fastapi}/parses-first", "fastapi"),
        "body_rewritten",
    ),
    Mistake(
        "a proxy parses JSON and writes it anew",
        lambda world: world.sent(f"{world.proxy}/writes-json-anew/raw", "anew"),
        "body_rewritten",
    ),
    Mistake(
        "a proxy compresses the body",
        lambda world: world.sent(f"{world.proxy}/compresses/wire", "gzip"),
        "body_compressed",
    ),
    Mistake(
        "a proxy drops headers it does not know",
        lambda world: world.sent(f"{world.proxy}/drops-headers/raw", "dropped"),
        "signature_missing",
    ),
    Mistake(
        "a proxy signs, too",
        lambda world: world.sent(f"{world.proxy}/signs-too/raw", "several"),
        "signature_ambiguous",
    ),
    Mistake(
        "AWS Lambda: event.body although isBase64Encoded",
        lambda world: world.by_hand("lambda", f"node '{HERE / 'lambda_event.mjs'}' signed lambda"),
        "body_base64",
    ),
    Mistake(
        "a here-document of the shell, which ends with a line break",
        lambda world: world.by_hand("here", f"cat >here.body <<'END'\n{CALLBACK.body.decode()}\nEND"),
        "body_wrapped",
    ),
    Mistake(
        "an editor saves with a byte order mark",
        lambda world: world.by_hand("mark", r"{ printf '\xef\xbb\xbf'; cat received; } >mark.body"),
        "body_wrapped",
    ),
    Mistake(
        "an editor saves lines with CRLF",
        lambda world: world.by_hand("crlf", r"sed 's/$/\r/' received | head -c -1 >crlf.body", IN_LINES),
        "line_breaks_changed",
    ),
    Mistake(
        "the signature is copied with its quotes",
        lambda world: world.by_hand("quotes", r"""sed -E 's/"([0-9a-f]{128})"/"\\"\1\\""/' -i quotes.headers"""),
        "signature_wrapped",
    ),
    Mistake(
        "API key and secret are swapped",
        lambda world: world.sent(f"{world.express}/raw", "swapped")._replace(key=SECRET, secret=KEY),
        "keys_swapped",
    ),
    Mistake(
        "the secret is another one's",
        lambda world: world.sent(f"{world.express}/raw", "another")._replace(secret="production-secret"),
        "other",
    ),
)


@contextmanager
def program(command: Sequence[str | Path]) -> Iterator[str]:
    """Runs a server, which prints its port. Gives its address."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """Runs every program."""
    shops: list[str | Path] = [FRAMEWORKS, HERE / "python_shops.py"]
    with (
        program(["node", "express_shop.mjs", folder]) as express,
        program(["node", "proxy.mjs", express]) as proxy,
        program([*shops, "flask", folder]) as flask,
        program([*shops, "fastapi", folder]) as fastapi,
    ):
        yield World(folder, express, proxy, flask, fastapi)
