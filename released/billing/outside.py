"""How what came from the books elsewhere is written into our documents.

The other door to the rows is `released.billing.recording`, for people. Nothing here asks for a
permission, rings the bell of a change or decides anything: the caller has decided on a certain
revision, and whatever people changed since makes the write a no-op that says so. Every function
belongs into the caller's transaction, together with what the caller notes about the agreement.
Whole pages of new documents are written by `released.billing.outside_many`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F

from released.billing.models import Document, LineItem, Settlement
from released.clock import now


@dataclass(frozen=True, kw_only=True)
class OutsideLine:
    """A line as the books elsewhere hold it, amounts included; `key` is ours."""

    key: UUID
    description: str
    quantity: Decimal
    unit_amount: Decimal
    discount_rate: Decimal | None
    account_code: str
    tax_type: str
    tracking: tuple[tuple[str, str], ...]
    line_amount: Decimal
    tax_amount: Decimal


@dataclass(frozen=True, kw_only=True)
class OutsideSettlement:
    """A payment or credit. `sort` is one of Settlement.Sort."""

    sort: str
    source_id: UUID
    date: date | None
    amount: Decimal
    reference: str


@dataclass(frozen=True, kw_only=True)
class OutsideDocument:
    """A document that exists elsewhere and is to exist here. `columns` are columns of Document by name."""

    kind: str
    number: str
    columns: Mapping[str, Any]
    lines: tuple[OutsideLine, ...]
    settlements: tuple[OutsideSettlement, ...]
    uid: UUID | None = None
    """Under which it was known here before, if it was."""


def take_over(
    document: Document,
    *,
    revision: int,
    columns: Mapping[str, Any],
    lines: Sequence[OutsideLine] | None,
    agrees: bool,
) -> bool:
    """Write changed columns and, when given, all lines; False if the document moved on from `revision`.

    With `agrees` nothing of ours is left to share, and `shared_revision` moves along in the same
    statement, so that what was taken over is never sent back.
    """
    after = {"revision": revision + 1, "changed_at": now(), **columns}
    after |= {"shared_revision": revision + 1} if agrees else {}
    if not Document.objects.filter(pk=document.pk, revision=revision).update(**after):
        return False
    for name, value in after.items():
        setattr(document, name, value)
    if lines is not None:
        document.line_items.all().delete()
        LineItem.objects.bulk_create(_rows(document, lines))
    return True


def agree(document_id: int, *, revision: int) -> bool:
    """The books elsewhere hold `revision` now; a later one of ours stays pending."""
    rows = Document.objects.filter(pk=document_id, revision__gte=revision, shared_revision__lt=revision)
    return bool(rows.update(shared_revision=revision))


def ask_again(document_id: int) -> None:
    """Make the present content pending: a person chose it over the other side's, or let it be shared anew."""
    Document.objects.filter(pk=document_id).update(revision=F("revision") + 1, changed_at=now())


def note_facts(document: Document, columns: Mapping[str, Any]) -> None:
    """Set what only the books elsewhere know: number, status, totals, amounts due. No change of ours."""
    Document.objects.filter(pk=document.pk).update(**columns)
    for name, value in columns.items():
        setattr(document, name, value)


def note_line_amounts(document: Document, amounts: Mapping[UUID, tuple[Decimal, Decimal]]) -> None:
    """What was reckoned elsewhere for lines that are the same on both sides: {key: (amount, tax)}."""
    rows = list(document.line_items.filter(key__in=amounts))
    for row in rows:
        row.line_amount, row.tax_amount = amounts[row.key]
    LineItem.objects.bulk_update(rows, ["line_amount", "tax_amount"])


def replace_settlements(document: Document, given: Iterable[OutsideSettlement]) -> None:
    """Payments and credits exactly as they are elsewhere."""
    document.settlements.all().delete()
    Settlement.objects.bulk_create(_settlements(document, given))


def _rows(document: Document, lines: Iterable[OutsideLine]) -> list[LineItem]:
    return [
        LineItem(
            document=document,
            position=position,
            key=line.key,
            description=line.description,
            quantity=line.quantity,
            unit_amount=line.unit_amount,
            discount_rate=line.discount_rate,
            account_code=line.account_code,
            tax_type=line.tax_type,
            tracking=[{"category": category, "option": option} for category, option in line.tracking],
            line_amount=line.line_amount,
            tax_amount=line.tax_amount,
        )
        for position, line in enumerate(lines)
    ]


def _settlements(document: Document, given: Iterable[OutsideSettlement]) -> list[Settlement]:
    return [Settlement(document=document, **vars(one)) for one in given]
