"""A server of bytes: it does to each connection, one after the other, exactly what the test says."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

Act = Callable[[socket.socket], None]


class RawServer:
    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._acts: list[Act] = []
        self.accepted = 0
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def does(self, *acts: Act) -> str:
        """Start; the n-th connection meets the n-th act. Gives the address."""
        self._acts = list(acts)
        self._thread.start()
        return self.url

    def stop(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if self._thread.is_alive():
            self._thread.join()

    def _serve(self) -> None:
        for act in self._acts:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.accepted += 1
            with connection, contextlib.suppress(OSError):
                act(connection)

    def drip(self, text: bytes, *, seconds: float = 0.05) -> Act:
        """Byte by byte, for as long as anybody listens."""

        def act(connection: socket.socket) -> None:
            connection.recv(65536)
            for byte in text:
                connection.sendall(bytes([byte]))
                if self._over.wait(seconds):
                    return

        return act

    def silence(self, connection: socket.socket) -> None:
        """Take the request and say nothing until the other side gives up."""
        while connection.recv(65536):
            pass


@pytest.fixture
def server() -> Iterator[RawServer]:
    made = RawServer()
    yield made
    made.stop()


def say(*answers: bytes) -> Act:
    """Answer each request on this connection with the next text, then close it."""

    def act(connection: socket.socket) -> None:
        for answer in answers:
            connection.recv(65536)
            connection.sendall(answer)

    return act


def ok(body: bytes, *headers: bytes) -> bytes:
    head = [b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(head) + b"\r\n\r\n" + body
