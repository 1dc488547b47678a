"""What a person may enter on a document, as one value: compared, described and written as a whole."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from released.billing.models import Document, LineAmountTypes, LineItem
from released.portfolio.models import Contact, Tenancy


@dataclass(frozen=True, kw_only=True)
class LineDraft:
    """One line as entered. `key` is kept through edits, so that the line is recognised elsewhere."""

    description: str
    unit_amount: Decimal
    quantity: Decimal = Decimal(1)
    discount_rate: Decimal | None = None
    account_code: str = ""
    tax_type: str = ""
    tracking: tuple[dict[str, Any], ...] = ()
    key: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, kw_only=True)
class Contents:
    """Everything that is entered, nothing that is reckoned."""

    contact: Contact
    date: datetime.date
    due_date: datetime.date | None = None
    reference: str = ""
    tenancy: Tenancy | None = None
    line_amount_types: LineAmountTypes = LineAmountTypes.EXCLUSIVE
    lines: tuple[LineDraft, ...] = ()


def contents_of(document: Document) -> Contents:
    """What the document holds now."""
    return Contents(
        contact=document.contact,
        date=document.date,
        due_date=document.due_date,
        reference=document.reference,
        tenancy=document.tenancy,
        line_amount_types=LineAmountTypes(document.line_amount_types),
        lines=tuple(draft_of(line) for line in document.line_items.all()),
    )


def draft_of(line: LineItem) -> LineDraft:
    """A stored line as it was entered."""
    return LineDraft(
        key=line.key,
        description=line.description,
        quantity=line.quantity,
        unit_amount=line.unit_amount,
        discount_rate=line.discount_rate or None,
        account_code=line.account_code,
        tax_type=line.tax_type,
        tracking=tuple(line.tracking),
    )
