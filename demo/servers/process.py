"""One server process: started apart from our terminal, watched until it answers, stopped for certain."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from demo.servers.owner import Owner

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 10
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class ServerDidNotStart(RuntimeError):
    """A server did not start; the message ends with its own last words."""


@dataclass(frozen=True)
class Server:
    """What to run, as whom, and how to ask it to stop."""

    argv: Sequence[str]
    log: Path
    stop_with: signal.Signals
    owner: Owner = field(default_factory=Owner)
    stdin: str = ""


@contextmanager
def running(server: Server, *, answers: Callable[[], bool], seconds: float = 30) -> Iterator[None]:
    """Run the server for the length of the block. Raises ServerDidNotStart when it does not answer."""
    process = _start(server)
    try:
        _wait(process, server, answers=answers, deadline=time.monotonic() + seconds)
        yield
    finally:
        _stop(process, server)


def _start(server: Server) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C must reach us alone, so that workers stop before their servers."""
    with server.log.open("ab") as log:
        process = subprocess.Popen(
            server.argv,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            preexec_fn=lambda: _die_with_parent(server.stop_with),
            **server.owner.popen(),
        )
    assert process.stdin is not None
    try:
        process.stdin.write(server.stdin.encode())
        process.stdin.close()
    except BrokenPipeError:
        process.wait()  # it has ended already: its log says why, and _wait reports it
    return process


def _die_with_parent(stop_with: signal.Signals) -> None:
    """Even a killed launcher leaves no server behind (on Linux)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, stop_with)


def _wait(
    process: subprocess.Popen[bytes], server: Server, *, answers: Callable[[], bool], deadline: float
) -> None:
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ServerDidNotStart(f"{server.argv[0]} did not start.\n{tail(server.log)}")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes], server: Server) -> None:
    if process.poll() is None:
        process.send_signal(server.stop_with)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
