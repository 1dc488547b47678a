"""Named points of the protocols, so that a test can stop, crash or suspend a process exactly there.

In production nothing listens and `reach` does nothing. A chaos process installs a listener, which
then kills or suspends it at the point it is after (docs/protocols.md, Vault).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str], None]
_listeners: list[Listener] = []


def reach(point: str) -> None:
    """Say that this point is reached, e.g. "vault.answered"."""
    for listener in tuple(_listeners):
        listener(point)


def listen(listener: Listener) -> None:
    """Call `listener` at every point, for the rest of this process."""
    _listeners.append(listener)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call `listener` at every point inside the block, in every thread."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
