"""Real servers for the whole test run, up before Django reads its settings.

Loaded by `-p tests.plugin`, because a conftest comes too late: pytest-django reads the settings first. Under
xdist the controller starts the servers and its workers inherit the addresses; each worker then takes a
database of its own on both (pytest-django names PostgreSQL's, the number below Valkey's).
"""

import os
import signal
from collections.abc import Generator
from contextlib import ExitStack

import pytest

from demo.servers import postgres, valkey
from tests.environment import FIXED

_servers = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    os.environ.update(FIXED)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["REDIS_URL"] = own_database(os.environ["REDIS_URL"], worker)
    else:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        start_servers()
    return (yield)


def start_servers() -> None:
    """Only what the environment does not name."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _servers.enter_context(postgres(durable=False))
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = _servers.enter_context(valkey())


def own_database(url: str, worker: str) -> str:
    """The same server's next database for each xdist worker: gw0 takes 1, gw1 takes 2."""
    server, _, _ = url.rpartition("/")
    return f"{server}/{int(worker.removeprefix('gw')) + 1}"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _servers.close()
