"""A worker process of its own, forked, that kills or suspends itself at a named point of a protocol.

Forked and not started anew, because a fresh Django takes seconds and there are many points. It
opens its own database connection; the parent's is left alone (psycopg2 never closes one of another process).
"""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection as database

from integrations.xero import steps

SECONDS = 60


class StruckWorker:
    """Runs `act` in a child; at the `nth` passing of `point` the child sends itself `signal_number`, once.

    `sleeps`: by how many seconds its own clocks have gone on when it is woken.
    """

    def __init__(
        self, act: Callable[[], str], point: str, signal_number: int, *, nth: int = 1, sleeps: float = 0.0
    ) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _be_the_child(act, _strike_at(point, signal_number, nth, sleeps), write)
        os.close(write)

    def killed(self) -> bool:
        """Wait for its end; True if the signal ended it."""
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def is_suspended(self) -> bool:
        """Wait until it stands still (True), or has ended without reaching the point (False)."""
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            return True
        self.pid = 0
        return False

    def wait_until_suspended(self) -> None:
        assert self.is_suspended(), "it ended without reaching the point"

    def wake(self) -> str:
        """Go on; what `act` came to."""
        os.kill(self.pid, signal.SIGCONT)
        return self.said()

    def said(self) -> str:
        """What `act` came to, once it has; empty if it failed (its traceback is on standard error)."""
        readable, _, _ = select.select([self._read], [], [], SECONDS)
        assert readable, "it did not go on"
        return os.read(self._read, 100_000).decode()

    def end(self) -> None:
        os.close(self._read)
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def _strike_at(point: str, signal_number: int, nth: int, sleeps: float) -> steps.Listener:
    left = [nth]

    def strike(reached: str) -> None:
        if reached != point or not left[0]:
            return
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal_number)
            _sleep_off(sleeps)

    return strike


def _sleep_off(seconds: float) -> None:
    """The clocks of this process go on by so much at once."""
    if seconds:
        monotonic, of_clock = time.monotonic, time.clock_gettime
        shifted: Any = {"monotonic": lambda: monotonic() + seconds}
        shifted["clock_gettime"] = lambda which: of_clock(which) + seconds
        vars(time).update(shifted)


def _be_the_child(act: Callable[[], str], strike: steps.Listener, write: int) -> None:
    try:
        inherited, database.connection = database.connection, None
        steps.listen(strike)
        os.write(write, act().encode())
        del inherited
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        os._exit(0)
