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
LEAST = 10  # rows
OWN_SIZE = 100  # rows on a page of Xero's, where it pays no heed to how many are asked for (docs/xero.md C4)


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
    there are say nothing. Where there are no counts, a page of Xero's own size may be one of many.
    """
    if not size or size >= page_size:
        return not size
    if told.rows is None or told.rows < size:
        return number >= told.pages if told.pages is not None else size % OWN_SIZE > 0
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


def may_resize(spot: Spot | None) -> bool:
    """Whether the next page may be of another size: a later page's number means something else in another."""
    return spot is None or (spot.page == 1 and not spot.is_back)


def over_again(spot: Spot) -> Spot:
    """From the first page of the present stamp, for pages of another size."""
    return Spot(since=spot.since)


def fewer(page_size: int) -> int:
    """How many rows to ask for after a page of so many did not come."""
    return min(page_size, max(page_size // 4, LEAST))


def more(page_size: int) -> int:
    """And after one that came: by a fifth, so that a size that never comes is seldom tried."""
    return page_size + max(page_size // 5, 1)


def whole(moment: datetime) -> datetime:
    """To the second, which is all that If-Modified-Since carries."""
    return moment.replace(microsecond=0)


def _turn_back(spot: Spot, *, then_since: datetime | None, then_ends: bool) -> Spot:
    return Spot(spot.since, spot.page - 1, True, then_since, then_ends)


def _further_back(spot: Spot) -> Spot | None:
    if spot.page > 1:
        return replace(spot, page=spot.page - 1)
    return None if spot.then_ends else Spot(since=spot.then_since)
