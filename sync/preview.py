"""What a sync-from date would mean: documents and money in and out, waiting, refused."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count as Counted
from django.db.models import F, Q, QuerySet, Sum

from integrations.models import Connection
from released.billing.models import Document, Kind, Status
from sync.conditions import CHANGED, KEPT_OUT, NEVER_THERE, UNFINISHED, awaits_a_person, shared_since


@dataclass(frozen=True)
class Count:
    """Documents, and what those in the company’s currency come to, credit notes taken off. Positive."""

    documents: int
    income: Decimal
    expenses: Decimal


@dataclass(frozen=True)
class RangePreview:
    """`waiting`: in range, latest change not in Xero, and no person has to settle it first;
    `refused_by_lock`: of these, the locked ones.
    """

    in_range: Count
    outside: Count
    waiting: Count
    refused_by_lock: Count
    oldest_open: Document | None
    first_open_day: date | None


def preview(connection: Connection, sync_from: date) -> RangePreview:
    """Five queries, whatever the date."""
    shared = Document.objects.filter(company=connection.company_id).exclude(status=Status.DELETED)
    shared = shared.exclude(UNFINISHED)
    waiting = shared.filter(CHANGED & shared_since(sync_from)).exclude(KEPT_OUT).exclude(NEVER_THERE)
    waiting = waiting.exclude(awaits_a_person())
    first_open = first_open_day(connection)
    return RangePreview(
        in_range=_count(shared.filter(date__gte=sync_from)),
        outside=_count(shared.filter(date__lt=sync_from)),
        waiting=_count(waiting),
        refused_by_lock=_count(waiting.filter(date__lt=first_open) if first_open else waiting.none()),
        oldest_open=_oldest_open(shared),
        first_open_day=first_open,
    )


def first_open_day(connection: Connection) -> date | None:
    """The day after the later of Xero's two lock dates; None when nothing is locked."""
    locks = [day for day in (connection.period_lock_date, connection.end_of_year_lock_date) if day]
    return max(locks) + timedelta(days=1) if locks else None


def _oldest_open(shared: QuerySet[Document]) -> Document | None:
    due = shared.filter(status=Status.AUTHORISED).exclude(amount_due=0)
    return due.select_related("contact").order_by("date", F("pk")).first()


def _count(documents: QuerySet[Document]) -> Count:
    own = Q(currency=F("company__currency"))  # nothing is converted, so nothing else is added to it
    money = Sum("total", filter=own, default=Decimal(0))
    rows = documents.order_by().values_list("kind").annotate(count=Counted("pk", distinct=True), money=money)
    found = [(Kind(kind), count, total) for kind, count, total in rows]
    return Count(
        sum(count for _, count, _ in found),
        sum((total * kind.sign for kind, _, total in found if kind.is_income), Decimal(0)),
        -sum((total * kind.sign for kind, _, total in found if not kind.is_income), Decimal(0)),
    )
