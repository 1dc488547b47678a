"""Stretches of time by which the list is filtered. Pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS_BACK = 18
RECENT = {"this-month": 0, "last-3-months": 2, "last-12-months": 11}


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both included."""

    first: datetime.date
    last: datetime.date


def choices(today: datetime.date) -> list[tuple[str, str]]:
    """What can be chosen today: recent stretches, then month by month."""
    recent = [
        ("this-month", "This month"),
        ("last-month", "Last month"),
        ("last-3-months", "Last 3 months"),
        ("last-12-months", "Last 12 months"),
    ]
    return recent + [(f"{day:%Y-%m}", f"{day:%B %Y}") for day in _months(today)]


def period_of(value: str, today: datetime.date) -> Period:
    """The period of a chosen value. Raises ValueError for what was never offered."""
    this = today.replace(day=1)
    if value in RECENT:
        return Period(_shift(this, -RECENT[value]), _end(this))
    if value == "last-month":
        return Period(_shift(this, -1), _end(_shift(this, -1)))
    first = datetime.date.fromisoformat(f"{value}-01")
    return Period(first, _end(first))


def _months(today: datetime.date) -> Iterator[datetime.date]:
    return (_shift(today.replace(day=1), -back) for back in range(MONTHS_BACK))


def _shift(first: datetime.date, months: int) -> datetime.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return datetime.date(year, month + 1, 1)


def _end(first: datetime.date) -> datetime.date:
    return _shift(first, 1) - datetime.timedelta(days=1)
