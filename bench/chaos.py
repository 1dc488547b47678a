"""Worker processes killed or suspended at every named point of the protocols, in random sequences of work.

`python -m bench.chaos [SEQUENCES]` is `python -m bench.stateful SEQUENCES --chaos`: the points come round in
turn, killed and suspended, and the same oracle judges. Exit status 1 also when a point was never struck.
"""

import sys

from bench.stateful import main
from demo.signals import exit_on_sigterm

if __name__ == "__main__":
    exit_on_sigterm()
    sys.argv[1:] = [*(sys.argv[1:] or ["200"]), "--chaos"]
    sys.exit(main())
