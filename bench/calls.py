"""How many calls a sync costs, how fast a pull is, and whether a large company delays a small one.

`python -m bench.calls [DOCUMENTS] [LINES]`. Brings its own servers and sandbox. Pulls so many invoices,
creates so many, and pulls them a second time while another company sends single invoices.
"""

import os
import sys
from contextlib import ExitStack

import django

from demo.servers import postgres, valkey
from tests.environment import FIXED


def main(documents: int = 1000, lines: int = 3) -> int:
    with ExitStack() as servers:
        os.environ.update(FIXED | {"LOG_LEVEL": "WARNING", "DEBUG": "0"})
        os.environ["DATABASE_URL"] = servers.enter_context(postgres(durable=False))
        os.environ["REDIS_URL"] = servers.enter_context(valkey())
        django.setup()
        from bench.calls_play import play  # noqa: PLC0415 - its models need the settings

        for said in play(documents, lines, servers):
            print(said, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
