"""Fifty worker processes on one expired grant, round after round; in every other round one is killed.

`python -m bench.vault [ROUNDS] [WORKERS]`. Brings its own servers and sandbox. After a kill beat
heals, and then nobody uses the grant for 31 minutes of Xero's time. Counts refresh calls in a
round, false deaths and stranded grants; exit status 1 if there is a death, a stranded grant, or
more than one refresh in a round without a kill.
"""

import os
import sys
import time
from contextlib import ExitStack

import django

from demo.servers import postgres, valkey
from tests.environment import FIXED


def main(rounds: int = 200, workers: int = 50) -> int:
    with ExitStack() as servers:
        os.environ.update(FIXED)
        os.environ["DATABASE_URL"] = servers.enter_context(postgres(durable=False))
        os.environ["REDIS_URL"] = servers.enter_context(valkey())
        django.setup()
        from bench.vault_rounds import play  # noqa: PLC0415 - its models need the settings

        began = time.perf_counter()
        count = play(rounds, workers, servers)
    print(f"{rounds} rounds of {workers} workers, {time.perf_counter() - began:.0f} s")
    print(f"refresh calls in a round: {dict(sorted(count.refreshes.items()))}")
    print(f"killed {count.kills}, false deaths {count.deaths}, stranded {count.stranded}")
    return 0 if count.is_good else 1


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
