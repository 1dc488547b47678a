"""A single invoice's way to Xero while another company's first sync pulls a hundred thousand.

`python -m bench.beside [DOCUMENTS] [SINGLES]`. Brings its own servers, sandbox, workers and beat. Each single
invoice is timed from its commit until both sides agree, some seconds after the one before.
"""

import sys

from bench.stage import stage


def main(documents: int = 100_000, singles: int = 30) -> int:
    with stage() as sandbox:
        from bench.beside_play import play  # noqa: PLC0415 - its models need the settings

        return play(sandbox, documents, singles)


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
