"""What lost access means for a company: documents and money that wait, and what is due soon.

Kept on the open episode, so that banner and mail read one row. Refreshed by beat and by workers.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum

from integrations.models import Connection, Episode
from released.billing.models import Kind
from released.clock import now, today
from sync.standing import waiting

SOON = timedelta(days=7)
REFRESH_EVERY = timedelta(seconds=10)
INCOME = tuple(kind for kind in Kind if kind.is_income)
CREDITS = tuple(kind for kind in Kind if kind.is_credit)
MOST = 200


def refresh_effect(connection: Connection) -> None:
    """Of the open episode of lost access, if there is one."""
    episodes = Episode.objects.filter(connection=connection, kind=Episode.Kind.LOST, closed_at=None)
    if episodes.exists():
        episodes.update(**measure(connection), effect_at=now())


def refresh_effects() -> None:
    """Of every open episode that was not looked at lately, the oldest look first."""
    stale = Q(effect_at__isnull=True) | Q(effect_at__lt=now() - REFRESH_EVERY)
    rows = Episode.objects.filter(stale, kind=Episode.Kind.LOST, closed_at=None).order_by("effect_at")
    for episode in rows.select_related("connection__company")[:MOST]:
        refresh_effect(episode.connection)


def measure(connection: Connection) -> dict[str, Any]:
    """Columns of Episode. Credit notes count against the money of their side.

    The money is that of documents in the company's own currency: nothing is converted, and nothing
    else is added to it.
    """
    rows = waiting([connection.company])
    day = today()
    counted = rows.aggregate(
        waiting=Count("pk"), due_soon=Count("pk", filter=Q(due_date__gte=day, due_date__lte=day + SOON))
    )
    income, expenses = Q(kind__in=INCOME), ~Q(kind__in=INCOME)
    credit = Q(kind__in=CREDITS)
    sums = rows.filter(currency=F("company__currency")).aggregate(
        income=Sum("total", filter=income & ~credit),
        income_credit=Sum("total", filter=income & credit),
        expenses=Sum("total", filter=expenses & ~credit),
        expenses_credit=Sum("total", filter=expenses & credit),
    )
    money = {name: value or Decimal(0) for name, value in sums.items()}
    return counted | {
        "waiting_income": money["income"] - money["income_credit"],
        "waiting_expenses": money["expenses"] - money["expenses_credit"],
    }
