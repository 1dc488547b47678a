"""A mail server that says what it is told to, on a real socket, one connection at a time."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HANG_UP, DRIP = "hang up", "drip"


@dataclass
class MailServer:
    """`to_text` is what it answers once the whole mail has come: a reply, HANG_UP or DRIP."""

    to_text: str = "250 taken"
    taken: list[str] = field(default_factory=list)
    port: int = 0

    def talk(self, peer: socket.socket) -> None:
        lines = peer.makefile("r", newline="\r\n", encoding="utf-8")
        self._say(peer, "220 ready")
        for line in lines:
            command = line.strip().upper()
            if command == "DATA":
                self._say(peer, "354 go on")
                if not self._take(peer, "".join(iter(lines.readline, ".\r\n"))):
                    return
            else:
                self._say(peer, "221 bye" if command == "QUIT" else "250 fine")

    def _take(self, peer: socket.socket, text: str) -> bool:
        """Whether the conversation goes on."""
        self.taken.append(text)
        if self.to_text == HANG_UP:
            return False
        if self.to_text == DRIP:
            return self._drip(peer)
        self._say(peer, self.to_text)
        return True

    def _drip(self, peer: socket.socket) -> bool:
        """A byte now and then, each of them well within a limit that counts from the last one."""
        for _ in range(100):
            peer.sendall(b".")
            time.sleep(0.1)
        return False

    def _say(self, peer: socket.socket, reply: str) -> None:
        peer.sendall(f"{reply}\r\n".encode())


@contextmanager
def serving(server: MailServer) -> Iterator[MailServer]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(server, listener), daemon=True)
        thread.start()
        yield server
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=15)


def _serve(server: MailServer, listener: socket.socket) -> None:
    while True:
        try:
            peer, _ = listener.accept()
        except OSError:
            return  # the listener was shut
        with peer:
            try:
                server.talk(peer)
            except OSError:
                continue  # the sender hung up first
