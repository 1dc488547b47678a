"""The worker of `bench.pull`: takes turns of one connection, and tells after each page how far it is.

Each line is a JSON object: kind of run, point reached, documents read so far, processor seconds of this
process since its work began, and its peak memory in MB.
"""

import json
import re
import sys
import time
from pathlib import Path

import django

POINTS = ("pull.page.committed", "pull.completed.committed", "compare.noted.committed")


def main(connection_id: int) -> None:
    """A first sync, and a second one for which everything is read again."""
    django.setup()
    from bench.pull_turns import begin_again, run_of, turns  # noqa: PLC0415 - its models need the settings
    from integrations.xero import steps  # noqa: PLC0415
    from released.celery import calm_collector  # noqa: PLC0415

    calm_collector()
    began = time.process_time()

    def tell(point: str) -> None:
        if point in POINTS:
            spent = time.process_time() - began
            print(
                json.dumps(run_of(connection_id) | {"at": point, "seconds": spent, "peak": peak_mb()}),
                flush=True,
            )

    with steps.listening(tell):
        turns(connection_id)
        begin_again(connection_id)
        turns(connection_id)


def peak_mb() -> float:
    """The most memory this process has held at once."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main(int(sys.argv[1]))
