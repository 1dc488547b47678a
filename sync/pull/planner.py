"""Where a pull goes on after a page: advancing by stamps, not by page numbers. Pure.

Rows are ordered by their stamp, and an edit moves a row to the end. Page numbers over such an
order skip rows for good: ten edits on page 1 make ten other rows vanish from page 2. So the next
call asks from the last stamp less one second (it is unknown whether Xero's boundary is > or >=).
Only a second that holds more than a page is read by page numbers, and then read again from its
last page to its first, because rows only ever move towards lower pages (docs/protocols.md 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

SECOND = timedelta(seconds=1)
OVERLAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Spot:
    """The next page to read. `since` None: from the start. While reading back, where to go on afterwards."""

    since: datetime | None = None
    page: int = 1
    is_back: bool = False
    then_since: datetime | None = None
    then_ends: bool = False


def begin(high_water: datetime | None, *, overlap: timedelta = OVERLAP) -> Spot:
    """The first page of a pull; the overlap is for a completed one only, an unfinished one resumes."""
    return Spot(since=None if high_water is None else whole(high_water - overlap))


@dataclass(frozen=True, slots=True)
class Told:
    """Xero's counts of the list that a page is from; None where it gave none."""

    rows: int | None = None
    pages: int | None = None


NOT_TOLD = Told()


def is_last(number: int, size: int, page_size: int, told: Told) -> bool:
    """Whether nothing follows page `number`, which has `size` rows.

    Fewer rows than asked for end a list only if Xero's own counts agree: it may give smaller pages than it
    is asked for. Of the pages before this one each had as many rows at least. Counts of fewer rows than
    there are say nothing.
    """
    if not size or size >= page_size:
        return not size
    if told.rows is None or told.rows < size:
        return told.pages is None or number >= told.pages
    if number == 1:
        return told.rows == size
    return told.rows <= number * size or (told.pages is not None and number >= told.pages)


def step(
    spot: Spot, stamps: Sequence[datetime], size: int, page_size: int, told: Told = NOT_TOLD
) -> Spot | None:
    """The spot after this page, or None when the list has ended. `size` counts unreadable rows too."""
    if spot.is_back:
        return _further_back(spot)
    if is_last(spot.page, size, page_size, told):
        return None if spot.page == 1 else _turn_back(spot, then_since=None, then_ends=True)
    since = whole(max(stamps)) - SECOND if stamps else None
    if since is None or (spot.since is not None and since <= spot.since):
        return replace(spot, page=spot.page + 1)
    return Spot(since=since) if spot.page == 1 else _turn_back(spot, then_since=since, then_ends=False)


def whole(moment: datetime) -> datetime:
    """To the second, which is all that If-Modified-Since carries."""
    return moment.replace(microsecond=0)


def _turn_back(spot: Spot, *, then_since: datetime | None, then_ends: bool) -> Spot:
    return Spot(spot.since, spot.page - 1, True, then_since, then_ends)


def _further_back(spot: Spot) -> Spot | None:
    if spot.page > 1:
        return replace(spot, page=spot.page - 1)
    return None if spot.then_ends else Spot(since=spot.then_since)
