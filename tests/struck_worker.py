"""A worker process of its own, forked, that kills or suspends itself at a named point of a protocol.

Forked and not started anew, because a fresh Django takes seconds and there are many points. It
opens its own database connection; the parent's is left alone (psycopg2 never closes one of another process).
"""

import os
import select
import signal
from collections.abc import Callable

from django.db import connection as database

from integrations.xero import steps

SECONDS = 60


class StruckWorker:
    """Runs `act` in a child; at `point` the child sends itself `signal_number`, once."""

    def __init__(self, act: Callable[[], str], point: str, signal_number: int) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _be_the_child(act, point, signal_number, write)
        os.close(write)

    def killed(self) -> bool:
        """Wait for its end; True if the signal ended it."""
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL

    def wait_until_suspended(self) -> None:
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), "it ended without reaching the point"

    def wake(self) -> str:
        """Go on; what `act` came to."""
        os.kill(self.pid, signal.SIGCONT)
        readable, _, _ = select.select([self._read], [], [], SECONDS)
        assert readable, "it did not go on"
        return os.read(self._read, 1000).decode()

    def end(self) -> None:
        os.close(self._read)
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


def _be_the_child(act: Callable[[], str], point: str, signal_number: int, write: int) -> None:
    waiting = [point]

    def strike(reached: str) -> None:
        if reached in waiting:
            waiting.remove(reached)
            os.kill(os.getpid(), signal_number)

    try:
        inherited, database.connection = database.connection, None
        steps.listen(strike)
        os.write(write, act().encode())
        del inherited
    finally:
        os._exit(0)
