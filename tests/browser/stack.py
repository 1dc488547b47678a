"""The whole product as people run it: `bin/demo` with ports, servers and a run folder of its own.

Real web, worker, beat, sandbox Xero and mail catcher. Only the pace is quicker than in an office, by settings
that any installation may choose (docs/configuration.md).
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.environment import demo_environment
from demo.places import ROOT
from demo.ports import VARIABLES, Ports, free_port
from demo.ready import answers
from demo.servers import postgres, valkey
from tests.environment import FIXED

PACE = {"WATCH_EVERY": "3", "NOTICE_GATHER_SECONDS": "1"}
SERVERS = {"DATABASE_URL", "REDIS_URL"}
STARTS_WITHIN, STOPS_WITHIN = 180, 30


@dataclass(frozen=True)
class Stack:
    """Where everything listens, and the environment of an operator's shell."""

    site: str
    xero: str
    mails: str
    environment: dict[str, str]

    def manage(self, *command: str) -> str:
        """An operator's command; what it said. It must succeed."""
        argv = [sys.executable, "manage.py", *command]
        done = subprocess.run(argv, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout


@contextmanager
def running_stack(run_dir: Path) -> Iterator[Stack]:
    """Started afresh, stopped by SIGTERM; when it does not start, the end of its log says why."""
    ports = Ports(**{name: free_port() for name in VARIABLES})
    with postgres(durable=False) as database_url, valkey() as redis_url:
        shell = our_own_shell(run_dir, ports) | {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        with launched(shell, run_dir.with_suffix(".log"), site=f"http://localhost:{ports.web}"):
            yield Stack(
                site=f"http://localhost:{ports.web}",
                xero=f"http://localhost:{ports.xero}",
                mails=f"http://localhost:{ports.mail}",
                environment=demo_environment(
                    shell, run_dir=run_dir, ports=ports, database_url=database_url, redis_url=redis_url
                ),
            )


def our_own_shell(run_dir: Path, ports: Ports) -> dict[str, str]:
    """Without what a test run fixes for itself: the stack chooses its settings as a demo does."""
    outer = {name: value for name, value in os.environ.items() if name not in {*FIXED, *SERVERS}}
    chosen = {variable: str(getattr(ports, name)) for name, variable in VARIABLES.items()}
    return outer | chosen | PACE | {"RELEASED_RUN_DIR": str(run_dir)}


@contextmanager
def launched(shell: dict[str, str], log: Path, *, site: str) -> Iterator[None]:
    command = [sys.executable, "-m", "demo.run", "--fresh"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=shell, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_until_ready(process, log, site=site)
            yield
        finally:
            process.terminate()
            process.wait(STOPS_WITHIN)


def wait_until_ready(process: subprocess.Popen[bytes], log: Path, *, site: str) -> None:
    """Ready is when the demo has told people where to sign in: every process answers by then."""
    until = time.monotonic() + STARTS_WITHIN
    while "Sign in with the password" not in log.read_text(errors="replace"):
        ended = process.poll() is not None or time.monotonic() > until
        assert not ended, f"the stack did not start:\n{log.read_text(errors='replace')[-3000:]}"
        time.sleep(0.2)
    assert answers(f"{site}/readyz")
