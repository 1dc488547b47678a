"""Waiting for something that the background does, with a limit."""

import time
from collections.abc import Callable
from typing import TypeVar

from demo.tour.page import Unseen

T = TypeVar("T")


def wait_for(
    look: Callable[[], T | None], *, within: float, what: str, every: float = 1.0
) -> tuple[T, float]:
    """What `look` finds in the end, and after how many seconds. Raises Unseen when that takes too long."""
    began = time.monotonic()
    while True:
        found = look()
        took = time.monotonic() - began
        if found is not None:
            return found, took
        if took > within:
            raise Unseen(f"{what}: not within {within:.0f} s")
        time.sleep(every)
