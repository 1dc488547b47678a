"""How many days are compared at once: whole months, until about a page of documents is together."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from released.billing.models import Document
from sync.conditions import STAY_HERE
from sync.scope import Scope

ABOUT = 900


@dataclass(frozen=True, slots=True)
class Window:
    """From `start`, up to `end` or without end."""

    start: date
    end: date | None


def next_window(scope: Scope, start: date) -> Window:
    """By our own counts, since what is here is what Xero has but for differences."""
    rows = Document.objects.filter(company=scope.company, date__gte=start).exclude(status__in=STAY_HERE)
    by_month = rows.annotate(month=TruncMonth("date")).values("month").annotate(count=Count("pk"))
    together = 0
    for row in by_month.order_by("month"):
        if together and together + row["count"] > ABOUT and row["month"] > start:
            return Window(start, row["month"])
        together += row["count"]
    return Window(start, None)
