"""Random sequences of work, faults and crashes on both sides, and an oracle that judges how they end.

`python -m bench.stateful [SEQUENCES] [--workers 2] [--first SEED] [--chaos]`. Each worker process brings its
own PostgreSQL, Valkey and sandbox and plays every so many-th seed. Ends with how often each fault struck and
each path was taken; exit status 1 when a sequence ended wrong, when a problem or conflict was not owed, or,
from a thousand sequences on, when a fault or path was never hit.
`--seed SEED` plays one sequence and prints its steps.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from demo.signals import exit_on_sigterm

ENOUGH_FOR_EVERYTHING = 1000


def main() -> int:
    given = _given()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outs = [Path(folder, str(number)) for number in range(given.workers)]
        played = [subprocess.Popen(_command(given, number, out)) for number, out in enumerate(outs)]
        try:
            ends = [process.wait() for process in played]
        finally:
            for process in played:
                process.terminate()
        told = [json.loads(out.read_text()) for out, end in zip(outs, ends, strict=True) if not end]
    return _judge(given, told, time.monotonic() - began)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sequences", type=int, nargs="?", default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--chaos", action="store_true", help="processes killed or suspended at every point")
    parser.add_argument("--seed", type=int, help="play this one and print its steps")
    given = parser.parse_args()
    if given.seed is not None:
        given.first, given.sequences, given.workers = given.seed, 1, 1
    return given


def _command(given: argparse.Namespace, number: int, out: Path) -> list[str]:
    seeds = (given.first + number, given.first + given.sequences, given.workers)
    sort = "chaos" if given.chaos else "books"
    show = "aloud" if given.seed is not None else "silent"
    return [sys.executable, "-m", "bench.stateful_worker", *map(str, seeds), sort, show, str(out)]


def _judge(given: argparse.Namespace, told: list[dict[str, object]], seconds: float) -> int:
    from bench.stateful_worker import stand, tally_of  # noqa: PLC0415 - its models need the settings

    stand()
    tally = tally_of(told)
    print(tally.told(chaos=given.chaos))
    last = given.first + given.sequences - 1
    print(f"seeds {given.first} to {last}, {seconds / 60:.1f} minutes, {given.workers} workers at once")
    is_whole = len(told) == given.workers and tally.sequences == given.sequences
    is_enough = given.chaos or given.sequences >= ENOUGH_FOR_EVERYTHING
    never = tally.never(chaos=given.chaos) if is_enough and given.sequences > 1 else []
    print(f"wrong: {len(tally.wrong)}, not owed: {tally.not_owed.total()}, never hit: {len(never)}")
    return int(bool(tally.wrong or tally.not_owed or never or not is_whole))


if __name__ == "__main__":
    exit_on_sigterm()
    sys.exit(main())
