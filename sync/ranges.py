"""Which changes are shared: those of documents dated on or after the sync-from date. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

BEGINNING = date(1900, 1, 1)  # a first day for what has no first day: Xero's dates start later


@dataclass(frozen=True, slots=True)
class Range:
    """From when on. `None` is the old setting “all time”, which no screen offers any more."""

    start: date | None

    def covers(self, *days: date | None) -> bool:
        """Whether a change is shared: the date last agreed, or a new one, lies in the range.

        A document that leaves the range must still carry that very change over, or the two
        sides would disagree about where it went; so any one of its dates is enough.
        """
        return self.start is None or any(day is not None and day >= self.start for day in days)

    @property
    def first_day(self) -> date:
        return self.start or BEGINNING


@dataclass(frozen=True, slots=True)
class Slice:
    """Documents dated from `start`, and before `end` when there is one."""

    start: date
    end: date | None


def slice_to_read(wanted: Range, covered_from: date | None) -> Slice | None:
    """The part of the range that was never read, or not since it was last left out."""
    if covered_from is None:
        return Slice(wanted.first_day, None)
    return Slice(wanted.first_day, covered_from) if wanted.first_day < covered_from else None


def middle(start: date, end: date | None, today: date) -> date | None:
    """Where to cut days that hold more rows than Xero lists at once; None for a single day.

    Days without an end are cut before the end of next year, beyond which books hold next to nothing.
    """
    last = end or max(date(today.year + 2, 1, 1), start)
    days = (last - start).days
    return start + timedelta(days=days // 2) if days > 1 else None


def still_covered(wanted: Range, covered_from: date | None) -> date | None:
    """What counts as read from now on: days that the range leaves out stop being followed."""
    if covered_from is None:
        return None
    return max(covered_from, wanted.first_day)
