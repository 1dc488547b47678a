"""Connections that obey a `Deadline` from the first look-up of the name, and know what has left us.

urllib3's own connection classes, without its pools: nothing below us can retry or redirect.
"""

import queue
import socket
import ssl
import threading
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection

from integrations.xero.deadline import Deadline

NODELAY = (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class TooLate(OSError):
    """The deadline passed before a connection stood."""


class _Watched:
    """Mixed into both connection classes. `may_have_left`: a byte of this request may be on its way."""

    deadline: Deadline
    may_have_left = False

    def _new_conn(self) -> socket.socket:
        sock = dial(self.host, self.port, self.deadline)  # type: ignore[attr-defined]
        self.deadline.watch(sock)
        return sock

    def send(self, data: Any) -> None:
        if self.sock is None:  # type: ignore[attr-defined]
            self.connect()  # type: ignore[attr-defined]
        if self.deadline.is_over:
            raise TooLate("the time was over before anything was sent")
        self.may_have_left = True
        super().send(data)  # type: ignore[misc]


class PlainConnection(_Watched, HTTPConnection):
    """http, for a sandbox on the same machine."""


class SecureConnection(_Watched, HTTPSConnection):
    """https, certificate and host name checked."""


Connection = PlainConnection | SecureConnection


def connection_to(url: str, deadline: Deadline) -> Connection:
    """A connection to the url's host, not yet dialled."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    made: Connection
    if parts.scheme == "https":
        made = SecureConnection(host, parts.port or 443, timeout=deadline.left(), ssl_context=_tls())
    else:
        made = PlainConnection(host, parts.port or 80, timeout=deadline.left())
    made.deadline = deadline
    return made


def dial(host: str, port: int, deadline: Deadline) -> socket.socket:
    """Try each address of the host in turn, all within the one deadline."""
    problem: OSError = TooLate("the name could not be looked up in time")
    for family, kind, protocol, _, address in _look_up(host, port, deadline):
        if deadline.is_over:
            raise TooLate("no address answered in time")
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(deadline.left() or 0.001)
            sock.setsockopt(*NODELAY)
            sock.connect(address)
        except OSError as refusal:
            sock.close()
            problem = refusal
        else:
            return sock
    raise problem


def _look_up(host: str, port: int, deadline: Deadline) -> list[Any]:
    """In a thread of its own, because the system's resolver takes no time limit."""
    answers: queue.Queue[list[Any] | OSError] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as problem:
            answers.put(problem)
        except UnicodeError:  # a name that can't be asked for
            answers.put(OSError("no such name"))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty as problem:
        raise TooLate("the name could not be looked up in time") from problem
    if isinstance(answer, OSError):
        raise answer
    return answer


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """The system's authorities and Mozilla's: a slim image may bring none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
