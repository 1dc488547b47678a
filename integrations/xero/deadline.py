"""A total deadline for one exchange of bytes, whatever the other side does.

A socket's own timeout starts anew with every byte, so a server that drips headers or a body could
hold a worker, and the grant's row lock with it, for ever. A watchdog therefore shuts the
connection down at the deadline. It holds a duplicate of the socket: TLS takes the original over
during its handshake, and shutting the duplicate ends the connection all the same.
"""

import os
import socket
import threading
import time

_clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def elapsed_clock() -> float:
    """Seconds that only ever go forward, also while the machine sleeps (where the system tells)."""
    return time.clock_gettime(_clock)


class Deadline:
    """Runs from its making. Not shared between exchanges."""

    def __init__(self, seconds: float) -> None:
        self._until = elapsed_clock() + seconds
        self._lock = threading.Lock()
        self._watched: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def left(self) -> float:
        """Seconds left; never below zero."""
        return max(0.0, self._until - elapsed_clock())

    @property
    def is_over(self) -> bool:
        return self.left() <= 0

    def watch(self, sock: socket.socket) -> None:
        """Shut this connection down when the time is over."""
        with self._lock:
            self._release()
            self._watched = socket.socket(fileno=os.dup(sock.fileno()))
        if self.is_over:
            self._shut()

    def end(self) -> None:
        """The exchange is over, well or badly: stop watching."""
        self._timer.cancel()
        with self._lock:
            self._release()

    def _shut(self) -> None:
        with self._lock:
            if self._watched is None:
                return
            try:
                self._watched.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # already closed: there is nothing left to wait for

    def _release(self) -> None:
        if self._watched is not None:
            self._watched.close()
            self._watched = None
