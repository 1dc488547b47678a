"""The processes of `bench.upheaval` that fall over: PostgreSQL, which keeps its data, and the workers."""

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from demo.ports import free_port
from demo.processes import PROMPT, WORKER
from demo.servers import postgres


class Database:
    """A PostgreSQL that syncs to disk, on one port and one folder for all its lives."""

    def __init__(self, data: Path) -> None:
        self._data, self._port, self._life = data, free_port(), ExitStack()

    def start(self) -> str:
        """Its address."""
        return self._life.enter_context(postgres(self._data, durable=True, port=self._port))

    def stop(self) -> None:
        self._life.close()

    def crash(self) -> None:
        """Stopped in the middle of everything, without writing down what memory held."""
        note = self._data / "postmaster.pid"
        os.kill(int(note.read_text().splitlines()[0]), signal.SIGQUIT)
        while note.exists():
            time.sleep(0.05)
        self.stop()


class Workers:
    """The workers and beat as an operator starts them."""

    def __init__(self, schedule: Path) -> None:
        beat = ("--schedule", str(schedule), "--pidfile", "", "--loglevel", "WARNING")
        self._commands = (("worker", *WORKER), ("worker", *PROMPT), ("beat", *beat))
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        celery = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "released"]
        self._processes = [
            subprocess.Popen([*celery, *command], start_new_session=True) for command in self._commands
        ]

    def kill(self) -> None:
        """All of them and their children, at once."""
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
        for process in self._processes:
            process.wait()
        self._processes = []
