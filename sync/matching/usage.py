"""Which account codes, tax types and tracking the documents of a company use, and in how many of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Func, JSONField, QuerySet

from integrations.models import Connection
from released.billing.models import Document, Kind, LineItem, Status
from sync.matching.chart import option_key
from sync.matching.suggesting import EXPENSE, INCOME
from sync.models.matching import Sort
from sync.pending import in_range
from sync.scope import range_of

Word = tuple[str, str]
NOT_SENT = (Status.DRAFT, Status.SUBMITTED, Status.VOIDED, Status.DELETED)


@dataclass(frozen=True, slots=True)
class Used:
    """By how many documents, and on which sides (income, expense)."""

    documents: int
    sides: frozenset[str]


def sharable(connection: Connection) -> QuerySet[Document]:
    """Approved documents that the connection shares, or will once its date is confirmed."""
    return approved(connection).filter(in_range(range_of(connection)), link__excluded_at__isnull=True)


def approved(connection: Connection) -> QuerySet[Document]:
    return Document.objects.filter(company=connection.company_id).exclude(status__in=NOT_SENT)


def usage_of(documents: QuerySet[Document]) -> dict[Word, Used]:
    """{(sort, ours): …}. Three queries, whatever the number of documents."""
    lines = LineItem.objects.filter(document__in=documents.order_by().values("pk")).order_by()
    found: dict[Word, Used] = {}
    for sort, column in ((Sort.ACCOUNT, "account_code"), (Sort.TAX_TYPE, "tax_type")):
        rows = lines.exclude(**{column: ""}).values_list(column, "document__kind")
        _count(found, ((sort, ours, kind, count) for ours, kind, count in rows.annotate(_documents())))
    _count(found, _tracking(lines))
    return found


def _documents() -> Count:
    return Count("document", distinct=True)


def _tracking(lines: QuerySet[LineItem]) -> Iterable[tuple[str, str, str, int]]:
    """Of each pair its option, and its category."""
    pair: Func = Func(F("tracking"), function="jsonb_array_elements", output_field=JSONField())
    rows = lines.exclude(tracking=[]).annotate(pair=pair).values_list("pair", "document__kind")
    for held, kind, count in rows.annotate(_documents()):
        category, option = str(held.get("category") or ""), str(held.get("option") or "")
        if category and option:
            yield Sort.TRACKING_CATEGORY, category, kind, count
            yield Sort.TRACKING_OPTION, option_key(category, option), kind, count


def _count(found: dict[Word, Used], rows: Iterable[tuple[str, str, str, int]]) -> None:
    for sort, ours, kind, count in rows:
        before = found.get((sort, ours), Used(0, frozenset()))
        side = INCOME if Kind(kind).is_income else EXPENSE
        found[sort, ours] = Used(before.documents + count, before.sides | {side})
