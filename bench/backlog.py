"""Waiting edits after a reconnection, at sixty calls a minute: how much of the allowance is used.

`python -m bench.backlog [EDITS] [WORKERS] [MINUTES]`. Brings its own servers, sandbox, workers and beat. The
sandbox limits as Xero does. Whole minutes are counted from the first call on, in real time; the goal is 98 %
of what background work may use, and no call refused.
"""

import sys

from bench.stage import stage


def main(edits: int = 10_000, workers: int = 8, minutes: int = 7) -> int:
    with stage() as sandbox:
        from bench.backlog_play import play  # noqa: PLC0415 - its models need the settings

        return play(sandbox, edits, workers, minutes)


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
