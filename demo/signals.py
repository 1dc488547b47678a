"""SIGTERM ends a command like Ctrl-C does: through its `with` blocks, so that no server is left behind."""

import signal
import sys
from types import FrameType


def exit_on_sigterm() -> None:
    signal.signal(signal.SIGTERM, _exit)


def _exit(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
