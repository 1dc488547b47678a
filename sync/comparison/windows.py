"""How many days are compared at once: until about two pages of documents are together.

So the comparison of a large company is as light on memory as that of a small one, and as short a step
of a turn. More pages in one step would spare few calls.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from released.billing.models import Document
from sync.conditions import STAY_HERE
from sync.scope import Scope

ABOUT = 1900


@dataclass(frozen=True, slots=True)
class Window:
    """From `start`, up to `end` or without end."""

    start: date
    end: date | None


def next_window(scope: Scope, start: date) -> Window:
    """By our own counts, since what is here is what Xero has but for differences."""
    rows = Document.objects.filter(company=scope.company, date__gte=start).exclude(status__in=STAY_HERE)
    beyond = rows.order_by("date").values_list("date", flat=True)[ABOUT : ABOUT + 1].first()
    if beyond is None:
        return Window(start, None)
    return Window(start, max(beyond, start + timedelta(days=1)))
