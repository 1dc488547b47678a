"""An endpoint of somebody's app that receives webhooks, and waiting for what it gets."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from tests.integration.xero_sandbox.driver import Sandbox

KEY = "webhook-key"


class Receiver(ThreadingHTTPServer):
    """Right about signatures unless told to be careless."""

    careless = False
    failing = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.got: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/webhooks"

    @property
    def events(self) -> list[dict[str, Any]]:
        return [event for body in self.got for event in body["events"]]

    def status_for(self, raw: bytes, signature: str) -> int:
        expected = base64.b64encode(hmac.new(KEY.encode(), raw, hashlib.sha256).digest()).decode()
        if signature != expected and not self.careless:
            return 401
        if self.failing and json.loads(raw)["events"]:
            self.failing -= 1
            return 500
        self.got.append(json.loads(raw))
        return 200


class Door(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.server.status_for(raw, self.headers["x-xero-signature"]))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The base class's name for it; nothing is logged."""


@contextmanager
def receiving() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def eventually(check: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not check():
        assert time.monotonic() < until
        time.sleep(0.02)


def listen(sandbox: Sandbox, receiver: Receiver, **options: Any) -> None:
    sandbox.control("webhooks", url=receiver.address, key=KEY, **options)
    eventually(lambda: status(sandbox) in ("OK", "REFUSED"))


def status(sandbox: Sandbox) -> str:
    return str(sandbox.get("/sandbox/api/webhooks").json()["status"])
