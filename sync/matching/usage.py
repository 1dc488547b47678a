"""Which account codes, tax types and tracking the documents of a company use, and in how many of them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Func, JSONField, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

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


def sharable(bond: Connection) -> QuerySet[Document]:
    """Approved documents that the connection shares, or will once its date is confirmed."""
    return approved(bond).filter(in_range(range_of(bond)), link__excluded_at__isnull=True)


def approved(bond: Connection) -> QuerySet[Document]:
    return Document.objects.filter(company=bond.company_id).exclude(status__in=NOT_SENT)


def usage_of(documents: QuerySet[Document], *, counted: bool = True) -> dict[Word, Used]:
    """{(sort, ours): …}. One pass over the lines; three more if the documents are to be counted."""
    lines = LineItem.objects.filter(document__in=documents.order_by().values("pk")).order_by()
    sides = _sides(lines)
    counts = _counts(lines, sides) if counted else {}
    return {word: Used(counts.get(word, 0), frozenset(found)) for word, found in sides.items()}


def _sides(lines: QuerySet[LineItem]) -> dict[Word, set[str]]:
    found: dict[Word, set[str]] = {}
    rows = lines.values_list("account_code", "tax_type", "tracking", "document__kind").distinct()
    for account, tax_type, tracking, kind in rows:
        side = INCOME if Kind(kind).is_income else EXPENSE
        for word in _words(account, tax_type, tracking):
            found.setdefault(word, set()).add(side)
    return found


def _words(account: str, tax_type: str, tracking: Iterable[Mapping[str, Any]]) -> Iterator[Word]:
    if account:
        yield Sort.ACCOUNT, account
    if tax_type:
        yield Sort.TAX_TYPE, tax_type
    for held in tracking:
        category, option = str(held.get("category") or ""), str(held.get("option") or "")
        if category and option:
            yield Sort.TRACKING_CATEGORY, category
            yield Sort.TRACKING_OPTION, option_key(category, option)


def _counts(lines: QuerySet[LineItem], used: Iterable[Word]) -> dict[Word, int]:
    found: dict[Word, int] = {}
    sorts = {sort for sort, _ in used}
    for sort, column in ((Sort.ACCOUNT, "account_code"), (Sort.TAX_TYPE, "tax_type")):
        if sort in sorts:
            found |= {(sort, word): count for word, count in _documents(lines.annotate(word=F(column)))}
    if Sort.TRACKING_OPTION in sorts:
        pair: Func = Func(F("tracking"), function="jsonb_array_elements", output_field=JSONField())
        pairs = lines.exclude(tracking=[]).annotate(pair=pair)
        category = KeyTextTransform("category", "pair")
        for name, count in _documents(pairs.annotate(word=category)):
            found[Sort.TRACKING_CATEGORY, name] = count
        for text, count in _documents(pairs.annotate(word=Cast("pair", TextField()))):
            held = json.loads(text)
            key = option_key(str(held.get("category")), str(held.get("option")))
            found[Sort.TRACKING_OPTION, key] = count
    return found


def _documents(lines: QuerySet[Any]) -> list[tuple[str, int]]:
    """(word, in how many documents) of lines with a `word`. COUNT(DISTINCT …) would sort every line."""
    inner, given = lines.values("word", "document_id").distinct().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, COUNT(*) FROM ({inner}) AS used GROUP BY word", given)  # noqa: S608
        return [(word, count) for word, count in cursor.fetchall() if word]
