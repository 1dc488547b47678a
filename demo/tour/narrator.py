"""Tells the story: a line before each step, what was seen after it, and how long it took."""

import time
from collections.abc import Callable
from textwrap import fill

WIDTH = 100


class Narrator:
    """Counts the steps; nothing is said of a step that did not happen."""

    def __init__(self) -> None:
        self._steps, self._began = 0, time.monotonic()

    def chapter(self, title: str) -> None:
        print(f"\n{title}\n{'-' * len(title)}", flush=True)

    def step(self, title: str, play: Callable[[], list[str]]) -> None:
        """Play one step and tell what it saw; what it did not see is raised."""
        self._steps += 1
        print(f"\n{self._steps:2}. {title}", flush=True)
        began = time.monotonic()
        for seen in play():
            print(fill(seen, WIDTH, initial_indent="    saw: ", subsequent_indent="         "), flush=True)
        print(f"    {time.monotonic() - began:.1f} s", flush=True)

    def end(self) -> None:
        took = time.monotonic() - self._began
        print(f"\nThe whole story was seen: {self._steps} steps in {took:.0f} s.", flush=True)

    def broken(self, why: str) -> None:
        print(f"\n    NOT SEEN in step {self._steps}: {why}", flush=True)
