"""Which accounts, tax rates and tracking can be used again since the chart was last read. Pure.

An account may be archived and restored between two readings, both of which saw it active. So a
refusal marks it with the stamp that it bore (`refused`), and a new stamp after that means that
somebody did something about it. Without the mark, what Xero refuses for good would be tried again
after every reading.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sync.matching.chart import Entry
from sync.models import ChartEntry

Key = tuple[str, str]
Woken = frozenset[Key]


def woken(before: Mapping[Key, ChartEntry], read: Iterable[Entry]) -> Woken:
    """(sort, key) of what is active now, and was not there, not active, or refused and has changed since."""
    return frozenset(
        (entry.sort, entry.key)
        for entry in read
        if entry.is_active and _is_new(before.get((entry.sort, entry.key)), entry)
    )


def _is_new(before: ChartEntry | None, entry: Entry) -> bool:
    if before is None or not before.is_active:
        return True
    return "refused" in before.detail and _changed(before.detail["refused"], entry)


def _changed(refused: str, entry: Entry) -> bool:
    """A Xero that gives no stamps is taken at its word that the account is active."""
    stamp = entry.detail.get("updated") or ""
    return not stamp or stamp != refused


def carried(before: ChartEntry | None, entry: Entry) -> dict[str, Any]:
    """The entry's detail, with the mark of a refusal for as long as it has not changed since."""
    refused = before.detail.get("refused") if before else None
    if refused is None or _changed(refused, entry):
        return entry.detail
    return entry.detail | {"refused": refused}
