"""Reads the organisation's chart and keeps it. Whatever goes wrong here, the sync goes on without it.

Without a chart, codes are sent as they are and Xero's refusals say the rest, as ever. So no failure
of these calls ends a turn, marks a connection or is reported: only what the turn itself is told by
its gate (its lease, its time) and access that is already known to be lost are passed on.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from integrations.models import Connection
from integrations.xero.errors import (
    AccessLost,
    GrantBusy,
    MissingScope,
    NotFound,
    Throttled,
    Unavailable,
    XeroError,
)
from released.clock import now
from sync.edge import Books
from sync.matching import chart
from sync.matching.chart import Chart, Entry
from sync.matching.waking import Woken, carried, woken
from sync.models import ChartEntry, ChartReading
from sync.models.matching import Sort

logger = logging.getLogger(__name__)
Before = Callable[[], None]
MAY_BE_EMPTY = (Sort.TRACKING_CATEGORY, Sort.TRACKING_OPTION)
SOURCES: tuple[tuple[str, dict[str, str], Callable[[Iterable[Any]], list[Entry]], tuple[Sort, ...]], ...] = (
    ("Accounts", {}, chart.accounts, (Sort.ACCOUNT,)),
    ("TaxRates", {}, chart.tax_types, (Sort.TAX_TYPE,)),
    ("TrackingCategories", {"includeArchived": "true"}, chart.tracking, MAY_BE_EMPTY),
)  # fmt: skip


def read_chart(books: Books, before_call: Before = lambda: None) -> Chart:
    """Three calls at most; none after one that was not answered.

    Raises AccessLost, and what the gate says about the turn itself.
    """
    entries: list[Entry] = []
    sorts: set[str] = set()
    says = ""
    for endpoint, params, read, held in SOURCES:
        before_call()
        try:
            found = read(books.settings(endpoint, params=params))
        except AccessLost:
            raise
        except XeroError as problem:
            says = says or _why(problem)
            logger.info("the chart’s %s could not be read: %s: %s", endpoint, type(problem).__name__, problem)
            if isinstance(problem, Unavailable | Throttled | GrantBusy):
                break
            continue
        if found or held[0] in MAY_BE_EMPTY:
            entries += found
            sorts |= set(held)
    return Chart(tuple(entries), frozenset(sorts), says)


@transaction.atomic
def keep_chart(connection: Connection, read: Chart) -> Woken:
    """Write down what was read; what is there now and was not before, or was archived (`waking`).

    Entries of a sort that could not be read stay as they were.
    """
    moment = now()
    known = {(row.sort, row.key): row for row in ChartEntry.objects.filter(connection=connection)}
    rows = [
        ChartEntry(
            connection=connection,
            sort=entry.sort,
            key=entry.key,
            name=entry.name,
            detail=carried(known.get((entry.sort, entry.key)), entry),
            is_active=entry.is_active,
            seen_at=moment,
        )
        for entry in read.entries
    ]
    ChartEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["connection", "sort", "key"],
        update_fields=["name", "detail", "is_active", "seen_at"],
    )
    _forget_gone(read, known)
    _note(connection, read, moment)
    return woken(known, read.entries)


def reading_of(connection: Connection) -> ChartReading | None:
    return ChartReading.objects.filter(connection=connection).first()


def _forget_gone(read: Chart, known: Mapping[tuple[str, str], ChartEntry]) -> None:
    """Of the sorts that were read as a whole."""
    there = {(entry.sort, entry.key) for entry in read.entries}
    gone = [row.pk for key, row in known.items() if key not in there and row.sort in read.sorts]
    ChartEntry.objects.filter(pk__in=gone).delete()


def _note(connection: Connection, read: Chart, moment: Any) -> None:
    """Sorts that were known before stay known: their entries are still there."""
    before = reading_of(connection)
    sorts: Sequence[str] = sorted(read.sorts | set(before.sorts if before else ()))
    noted: dict[str, Any] = {"tried_at": moment, "sorts": sorts, "says": read.says[:300]}
    if read.sorts:
        noted["read_at"] = moment
    ChartReading.objects.update_or_create(connection=connection, defaults=noted)


def _why(problem: XeroError) -> str:
    """In words for people."""
    if isinstance(problem, MissingScope):
        return "The permission given in Xero does not cover its settings."
    if isinstance(problem, NotFound):
        return "Xero has no such list."
    if isinstance(problem, Throttled):
        return "One of Xero’s limits was reached. It is free again soon."
    return str(problem)
