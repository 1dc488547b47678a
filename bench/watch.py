"""From Disconnect App in Xero to the banner, with ten thousand connections; what the watch costs meanwhile.

`python -m bench.watch [TRIALS] [CONNECTIONS]`. Brings its own servers and sandbox. Beat is a loop that rings
every WATCH_EVERY seconds; at a random moment one connection is removed in Xero, and a signed-in
administrator's page is asked four times a second until it carries the banner. Bytes are those on the wire.
"""

import os
import sys
from contextlib import ExitStack

import django

from demo.servers import postgres, valkey
from tests.environment import FIXED


def main(trials: int = 10, connections: int = 10_000) -> int:
    with ExitStack() as servers:
        os.environ.update(FIXED | {"LOG_LEVEL": "WARNING"})
        os.environ["DATABASE_URL"] = servers.enter_context(postgres(durable=False))
        os.environ["REDIS_URL"] = servers.enter_context(valkey())
        django.setup()
        from bench.watch_trials import play  # noqa: PLC0415 - its models need the settings

        count = play(trials, connections, servers)
    print(count.told())
    return 0 if count.is_good else 1


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
