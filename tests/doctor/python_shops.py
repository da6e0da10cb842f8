"""Shops in Flask and FastAPI that make mistakes: python python_shops.py FRAMEWORK FOLDER

Each route saves what it would verify, and the headers, under the name that the query gives.
"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

FRAMEWORK, FOLDER = sys.argv[1], Path(sys.argv[2])


def save(name: str, body: str, headers: Any) -> str:
    (FOLDER / f"{name}.body").write_text(body, encoding="utf-8")
    (FOLDER / f"{name}.headers").write_text(json.dumps(dict(headers)), encoding="utf-8")
    return "saved"


def serve_flask(listener: socket.socket) -> None:
    from flask import Flask, request
    from werkzeug.serving import make_server

    shop = Flask(__name__)

    @shop.post("/parses-first")
    def parses_first() -> str:
        return save(request.args["name"], json.dumps(request.get_json()), request.headers)

    @shop.post("/prints-bytes")
    def prints_bytes() -> str:
        return save(request.args["name"], str(request.get_data()), request.headers)

    host, port = listener.getsockname()
    make_server(host, port, shop, fd=listener.fileno()).serve_forever()


def serve_fastapi(listener: socket.socket) -> None:
    import uvicorn
    from fastapi import FastAPI, Request

    shop = FastAPI()

    def parses_first(request: Request, callback: dict[str, Any]) -> str:
        return save(request.query_params["name"], json.dumps(callback, separators=(",", ":")), request.headers)

    # FastAPI looks for names of types in the module.
    parses_first.__annotations__ = {"request": Request, "callback": dict, "return": str}
    shop.post("/parses-first")(parses_first)
    uvicorn.Server(uvicorn.Config(shop, log_level="error")).run(sockets=[listener])


with socket.create_server(("127.0.0.1", 0)) as opened:
    print(opened.getsockname()[1], flush=True)
    {"flask": serve_flask, "fastapi": serve_fastapi}[FRAMEWORK](opened)
