"""Valkey (the Redis protocol) on a loopback port, keeping nothing: a broker is a doorbell, never a memory."""

import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from demo.ports import free_port
from demo.servers.places import throwaway, valkey_program
from demo.servers.process import Server, running

DATABASES = 64  # one per process of a parallel test run, with room


@contextmanager
def valkey(*, program: Path | None = None) -> Iterator[str]:
    """Yield the URL of an empty server. `program` may name the system's redis-server instead."""
    port, password = free_port(), secrets.token_urlsafe(24)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    with throwaway("released-valkey-") as folder:
        server = Server(
            argv=[str(program or valkey_program()), "-"],
            log=folder / "valkey.log",
            stop_with=signal.SIGTERM,
            stdin=_configuration(port=port, password=password, folder=folder),
        )
        with running(server, answers=lambda: _answers(url)):
            yield url


def _configuration(*, port: int, password: str, folder: Path) -> str:
    """Handed over on standard input, because a process list shows every user the arguments."""
    lines = {
        "bind": "127.0.0.1",
        "port": port,
        "requirepass": password,
        "databases": DATABASES,
        "save": '""',
        "appendonly": "no",
        "daemonize": "no",
        "dir": folder,
    }
    return "".join(f"{key} {value}\n" for key, value in lines.items())


def _answers(url: str) -> bool:
    client = redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0))
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
    finally:
        client.close()
