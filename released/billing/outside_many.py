"""Whole pages of documents that exist in the books elsewhere and are to exist here.

`released.billing.outside` writes single ones. These are written by COPY, since a first sync may bring a
hundred thousand of them. The caller's transaction holds all of it: a page is here whole or not at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from released.billing.history import SAYS_AT_MOST
from released.billing.models import Document, DocumentEvent, LineItem, Settlement
from released.billing.numbering import take_numbers
from released.billing.outside import OutsideDocument
from released.clock import now
from released.copying import as_json, copy_rows, take_ids
from released.portfolio.models import Company

COLUMNS: Final = (
    "contact_id", "status", "date", "due_date", "reference", "currency", "line_amount_types",
    "subtotal", "total_tax", "total", "amount_paid", "amount_credited", "amount_due",
)  # fmt: skip
OWN: Final = (
    "id", "uid", "company_id", "kind", "local_number", "number", "created_at", "changed_at",
    "revision", "shared_revision",
)  # fmt: skip
OF_LINES: Final = (
    "document_id", "position", "key", "description", "quantity", "unit_amount", "discount_rate",
    "account_code", "tax_type", "tracking", "line_amount", "tax_amount",
)  # fmt: skip
OF_SETTLEMENTS: Final = ("document_id", "sort", "source_id", "date", "amount", "reference")
OF_EVENTS: Final = ("document_id", "at", "what", "says", "detail")
Row = tuple[Any, ...]


def create_documents(company: Company, given: Sequence[OutsideDocument], *, says: str) -> list[int]:
    """Their ids, in the same order. Both sides agree to them from the start; each has a local number too.

    `columns` of each must name exactly COLUMNS.
    """
    ids, numbers, moment = take_ids(Document, len(given)), take_numbers(company, len(given)), now()
    both_agree = (moment, moment, 1, 1)
    copy_rows(
        Document,
        OWN + COLUMNS,
        (
            (
                pk, one.uid or uuid4(), company.pk, one.kind, number, one.number or number, *both_agree,
                *_in_order(one.columns),
            )
            for pk, number, one in zip(ids, numbers, given, strict=True)
        ),
    )  # fmt: skip
    pairs = list(zip(ids, given, strict=True))
    copy_rows(LineItem, OF_LINES, (row for pk, one in pairs for row in _lines(pk, one)))
    copy_rows(Settlement, OF_SETTLEMENTS, (row for pk, one in pairs for row in _settlements(pk, one)))
    event = (moment, "taken over", says[:SAYS_AT_MOST], "{}")
    copy_rows(DocumentEvent, OF_EVENTS, ((pk, *event) for pk in ids))
    return ids


def _in_order(columns: Mapping[str, Any]) -> Row:
    return tuple(columns[name] for name in COLUMNS)


def _lines(document_id: int, one: OutsideDocument) -> Iterator[Row]:
    for position, line in enumerate(one.lines):
        tracking = [{"category": category, "option": option} for category, option in line.tracking]
        yield (
            document_id, position, line.key, line.description, line.quantity, line.unit_amount,
            line.discount_rate, line.account_code, line.tax_type, as_json(tracking) if tracking else "[]",
            line.line_amount, line.tax_amount,
        )  # fmt: skip


def _settlements(document_id: int, one: OutsideDocument) -> Iterator[Row]:
    for found in one.settlements:
        yield document_id, found.sort, found.source_id, found.date, found.amount, found.reference
