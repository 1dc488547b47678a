"""How fast a first sync is beside xero-python merely parsing the same pages, and in how much memory.

`python -m bench.pull [DOCUMENTS] [LINES]`. Brings its own servers and sandbox. The worker is a process of
its own (`bench.pull_worker`), which takes turns until everything is pulled and compared, and then once more
with nothing changed. Times are processor seconds of that process, so neither PostgreSQL's nor the sandbox's.
Half of the pages are parsed by the SDK before, half after.
"""

import sys

from bench.stage import LARGE, stage


def main(documents: int = 100_000, lines: int = 3) -> int:
    with stage() as sandbox:
        from bench.pull_play import play  # noqa: PLC0415 - its models need the settings

        return play(sandbox, LARGE, documents, lines)


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
