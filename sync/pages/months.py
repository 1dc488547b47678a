"""Documents by month as a small picture: what a sync-from date takes in and what not. `draw` is pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMonth

from released.billing.models import Document, Status
from released.portfolio.models import Company
from released.web.words import count_text, day_text, month_text

STEP, BAR, FLOOR, TALLEST = 20, 16, 100, 84
FEWEST, MOST = 18, 60


@dataclass(frozen=True)
class Months:
    """Paths of an SVG; `start_at` and `lock_at` are where the two lines stand, None outside the picture."""

    width: int
    inside: str
    outside: str
    start_at: float | None
    lock_at: float | None
    first: date
    last: date
    says: str


def counts(company: Company) -> dict[date, int]:
    """Documents by the first day of their month."""
    living = Document.objects.filter(company=company).exclude(status=Status.DELETED)
    rows = living.annotate(month=TruncMonth("date")).order_by("month").values_list("month")
    return dict(rows.annotate(Count("pk")))


def draw(by_month: Mapping[date, int], start: date, today: date, lock: date | None) -> Months | None:
    """None when there is nothing to draw."""
    if not by_month:
        return None
    months = _months(min(*by_month, start.replace(day=1)), max(*by_month, today.replace(day=1)))
    most = max(by_month.get(month, 0) for month in months) or 1
    inside, outside = "", ""
    for position, month in enumerate(months):
        path = _bar(position, by_month.get(month, 0) / most)
        if month >= start.replace(day=1):
            inside += path
        else:
            outside += path
    until = lock + timedelta(days=1) if lock else None
    return Months(
        width=len(months) * STEP, inside=inside, outside=outside,
        start_at=_at(start, months), lock_at=_at(until, months) if until else None,
        first=months[0], last=months[-1], says=_says(by_month, start, months, lock),
    )  # fmt: skip


def _months(first: date, last: date) -> list[date]:
    found = [last]
    while (found[0] > first or len(found) < FEWEST) and len(found) < MOST:
        found.insert(0, (found[0] - timedelta(days=1)).replace(day=1))
    return found


def _bar(position: int, share: float) -> str:
    height = max(2, round(TALLEST * share)) if share else 0
    return f"M{position * STEP + 2} {FLOOR - height}h{BAR}V{FLOOR}h-{BAR}z" if height else ""


def _at(day: date, months: list[date]) -> float | None:
    month = day.replace(day=1)
    if month not in months:
        return None
    return months.index(month) * STEP + STEP * (day.day - 1) / 31


def _says(by_month: Mapping[date, int], start: date, months: list[date], lock: date | None) -> str:
    before = sum(count for month, count in by_month.items() if month < start.replace(day=1))
    after = sum(by_month.values()) - before
    locked = f" Xero is locked up to {day_text(lock)}." if lock else ""
    return (
        f"Documents by month, {month_text(months[0])} to {month_text(months[-1])}: "
        f"{count_text(before, 'document')} before {day_text(start)}, {after:,} from then on.{locked}"
    )
