"""A long sync in whose middle everything falls over at once, several times: nothing may be lost or doubled.

`python -m bench.upheaval [DOCUMENTS]`: about half of them approved here, the others in Xero. Real Celery
workers and beat as processes of their own, a real Valkey, and a PostgreSQL that syncs to disk. Three times
all workers and beat are killed (SIGKILL), the broker is flushed, and PostgreSQL is stopped as by a crash
(SIGQUIT: no checkpoint) and started on the same data; then everything is started again, and nobody helps.
Exit status 1 unless both sides are equal in the end, with every document in Xero once.
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import django

from bench.upheaval_processes import Database, Workers
from demo.servers import valkey
from demo.servers.places import throwaway
from demo.signals import exit_on_sigterm
from tests.environment import FIXED


def main(documents: int = 5000) -> int:
    with ExitStack() as servers:
        os.environ.update(FIXED | {"LOG_LEVEL": "WARNING", "DEBUG": "0"})
        database = Database(servers.enter_context(throwaway("released-upheaval-")) / "data")
        os.environ["DATABASE_URL"] = database.start()
        servers.callback(database.stop)
        os.environ["REDIS_URL"] = servers.enter_context(valkey())
        django.setup()
        from bench.upheaval_play import Play  # noqa: PLC0415 - its models need the settings

        schedule = Path(servers.enter_context(tempfile.TemporaryDirectory()), "beat")
        workers = Workers(schedule)
        servers.callback(workers.kill)
        return Play(database, workers, servers).run(documents)


if __name__ == "__main__":
    exit_on_sigterm()
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
