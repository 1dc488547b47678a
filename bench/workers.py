"""The workers and the beat of a real installation, as processes, for as long as a `with` block lasts."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from demo.processes import PROMPT, WORKER, beat

CELERY = (sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "-A", "released")


@contextmanager
def workers(count: int) -> Iterator[None]:
    """`count` for everything, the usual ones for what people wait for, and the beat."""
    serving = list(WORKER)
    serving[serving.index("-c") + 1] = str(count)
    with ExitStack() as stack:
        run_dir = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for arguments in (("worker", *serving), ("worker", *PROMPT), ("beat", *beat(run_dir))):
            stack.enter_context(process([*CELERY, *arguments]))
        yield


@contextmanager
def process(command: list[str]) -> Iterator[None]:
    with subprocess.Popen(command) as running:
        try:
            yield
        finally:
            running.terminate()
