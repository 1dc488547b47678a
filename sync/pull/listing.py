"""How lists are asked for: in the order that the planner relies on, ended documents included."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from released.clock.database import database_now
from sync.edge import PageShape
from sync.pull.planner import Spot, Told, step
from sync.wire.values import stamp_of

PAGE_SIZE = 1000
SKEW = timedelta(minutes=1)  # between Xero's machines; far less than what a pull overlaps with the one before
ORDER = "UpdatedDateUTC ASC"
EVERY_STATUS = "DRAFT,SUBMITTED,AUTHORISED,PAID,VOIDED,DELETED"


def dated(start: date, end: date | None) -> str:
    """Documents of these days in Xero's grammar (docs/xero.md C)."""
    words = f"Date >= DateTime({start.year},{start.month:02},{start.day:02})"
    if end is not None:
        words += f" AND Date < DateTime({end.year},{end.month:02},{end.day:02})"
    return words


def stamps_of(page: PageShape) -> list[datetime]:
    """Of the rows that have one. One that lies ahead of the answer is a mistake, and leads nowhere.

    Its row is taken all the same, each time anew, for it is listed last until that time has come. Were it
    to move a place, nothing that changes until then would ever be read.
    """
    latest = (page.answered_at or database_now()) + SKEW
    return [stamp for stamp in map(stamp_of, page.records) if stamp is not None and stamp <= latest]


def spot_after(
    spot: Spot, page: PageShape, page_size: int, stamps: Sequence[datetime] | None = None
) -> Spot | None:
    """Where a list goes on, or None when it has ended. `stamps`: the page's, where the caller has them."""
    known = stamps_of(page) if stamps is None else stamps
    return step(spot, known, len(page.records), page_size, told_by(page))


def told_by(page: PageShape) -> Told:
    """Xero's own counts."""
    return Told(page.item_count, page.page_count)
