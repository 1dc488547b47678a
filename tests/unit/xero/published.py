"""A web server that publishes an issuer and its keys, as Xero's identity server does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from joserfc.jwk import RSAKey


class Published:
    def __init__(self) -> None:
        self.asked, self.keys_at = 0, ""
        self.others: list[Any] = []  # keys beside ours
        self.missing = ""  # the end of an address at which there is nothing
        self.change_key("one")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def change_key(self, name: str) -> None:
        self.key = RSAKey.generate_key(2048)
        self.name = name

    def answer(self, path: str) -> dict[str, Any]:
        self.asked += 1
        if path.endswith("/jwks"):
            public = self.key.as_dict(private=False)
            named = {"kid": self.name} if self.name else {}
            return {"keys": [*self.others, public | named | {"use": "sig", "alg": "RS256"}]}
        return {"issuer": self.url, "jwks_uri": self.keys_at or f"{self.url}{path}/jwks"}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        published = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps(published.answer(self.path)).encode()
                gone = published.missing and self.path.endswith(published.missing)
                self.send_response(404 if gone else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        return Handler
