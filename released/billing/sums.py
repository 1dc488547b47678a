"""What the documents that are shown come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from released.billing.models import Document, Kind, Status


@dataclass(frozen=True)
class Sums:
    """One currency's income or expenses: how many documents, their total, what is still due."""

    is_income: bool
    currency: str
    count: int
    total: Decimal
    due: Decimal


@dataclass(frozen=True)
class KindSums:
    """What the database answers for one kind in one currency, without signs."""

    kind: Kind
    currency: str
    count: int
    total: Decimal
    due: Decimal


def sums_of(documents: QuerySet[Document]) -> list[Sums]:
    """Income and expenses in each currency; what was voided or deleted counts for nothing. One query."""
    rows = (
        documents.exclude(status__in=[Status.VOIDED, Status.DELETED])
        .order_by()
        .values_list("kind", "currency")
        .annotate(n=Count("pk"), all=Sum("total"), open=Sum("amount_due"))
    )
    return fold(KindSums(Kind(kind), currency, n, total, due) for kind, currency, n, total, due in rows)


def fold(rows: Iterable[KindSums]) -> list[Sums]:
    """Invoices less credit notes are income, supplier credits less bills are expenses. Pure."""
    sides: dict[tuple[str, bool], Sums] = {}
    for row in rows:
        side = (row.currency, row.kind.is_income)
        known = sides.get(side) or Sums(row.kind.is_income, row.currency, 0, Decimal(0), Decimal(0))
        sides[side] = Sums(
            known.is_income,
            known.currency,
            known.count + row.count,
            known.total + row.kind.sign * row.total,
            known.due + row.kind.sign * row.due,
        )
    return [sides[side] for side in sorted(sides, key=lambda side: (side[0], not side[1]))]
