"""The stateful property test over many sequences: `python -m bench.stateful [SEQUENCES]`.

Random edits on both sides, lost access, lost answers, crashes and moved clocks, on real PostgreSQL and the
sandbox process. Ends with how often each fault struck and each path was taken.
"""

import os
import sys

import pytest

ROOM = "tests/integration/sync/stateful"


def main(sequences: int = 2000) -> int:
    os.environ["STATEFUL_SEQUENCES"] = str(sequences)
    return int(pytest.main(["-q", "-s", "-x", "--tb=short", "--show-capture=no", ROOM]))


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
