"""Items kept in Xero's default order (stamp, then id) at all times.

The order is maintained on every write instead of sorted on every read: a page of 1,000 out of 200,000
documents is then a slice, which is what lets the sandbox feed a client faster than it can read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar


class Stamped(Protocol):
    item_id: str
    updated_ms: int
    rendered: dict[str, bytes]


T = TypeVar("T", bound=Stamped)


class Ledger(Generic[T]):
    def __init__(self) -> None:
        self.by_id: dict[str, T] = {}
        self._order: list[tuple[int, str]] = []
        self.generation = 0
        self.last_filtered: tuple[Any, list[Any]] | None = None

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[T]:
        return (self.by_id[item_id] for _, item_id in self._order)

    def get(self, item_id: str) -> T | None:
        return self.by_id.get(item_id.lower())

    def put(self, item: T, stamp_ms: int) -> None:
        """Add an item, or move a changed one to its new stamp."""
        if item.item_id in self.by_id:
            place = bisect_left(self._order, (item.updated_ms, item.item_id))
            del self._order[place]
        item.updated_ms = stamp_ms
        self.by_id[item.item_id] = item
        insort(self._order, (stamp_ms, item.item_id))
        self.changed(item)

    def put_many(self, items: Iterable[T]) -> None:
        """Seed: the items carry their stamps already; one sort for all of them."""
        for item in items:
            self.by_id[item.item_id] = item
            self._order.append((item.updated_ms, item.item_id))
        self._order.sort()
        self.generation += 1

    def changed(self, item: T) -> None:
        """Forget how it looked. Without `put`, this is an edit that Xero does not stamp (docs/xero.md C)."""
        item.rendered.clear()
        self.generation += 1

    def forget_rendered(self) -> None:
        for item in self.by_id.values():
            item.rendered.clear()
        self.generation += 1

    def copy_state(self) -> tuple[dict[str, T], list[tuple[int, str]]]:
        return dict(self.by_id), list(self._order)

    def restore_state(self, state: tuple[dict[str, T], list[tuple[int, str]]]) -> None:
        """The stamp of an item lives in it and in the order, so it is put back from the order."""
        self.by_id, self._order = state
        for stamp, item_id in self._order:
            self.by_id[item_id].updated_ms = stamp
        self.generation += 1

    def since(self, stamp_ms: int | None, *, inclusive: bool = True) -> int:
        """The place of the first item changed at or after the stamp; 0 without a stamp."""
        if stamp_ms is None:
            return 0
        if inclusive:
            return bisect_left(self._order, (stamp_ms, ""))
        return bisect_right(self._order, (stamp_ms + 999, "~"))

    def slice(self, start: int, stop: int) -> list[T]:
        return [self.by_id[item_id] for _, item_id in self._order[start:stop]]


AnyLedger = Ledger[Any]
