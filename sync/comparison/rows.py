"""One document of each side, and in what they differ. Pure."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from released.billing.models import Kind, Status
from sync.canonical import text
from sync.theirs import TheirDocument

COUNTED = (Status.AUTHORISED, Status.PAID)


@dataclass(frozen=True, slots=True)
class Row:
    """What is compared of a document, whichever side it is from."""

    kind: Kind
    status: str
    date: datetime.date
    due_date: datetime.date | None
    reference: str
    contact: str
    currency: str
    total: Decimal
    amount_due: Decimal

    @property
    def is_counted(self) -> bool:
        return self.status in COUNTED

    @property
    def money(self) -> Decimal:
        """A credit note takes away from its side."""
        return -self.total if self.kind.is_credit else self.total


LABELS = {
    "status": "Status",
    "date": "Date",
    "due_date": "Due date",
    "reference": "Reference",
    "contact": "Contact",
    "currency": "Currency",
    "total": "Total",
    "amount_due": "Amount due",
}


def our_row(values: Mapping[str, Any], contact_xero_id: UUID | None) -> Row:
    """From a document's columns."""
    kind = Kind(values["kind"])
    return Row(
        kind=kind,
        status=values["status"],
        date=values["date"],
        due_date=None if kind.is_credit else values["due_date"],
        reference=text(values["reference"]),
        contact=str(contact_xero_id or ""),
        currency=values["currency"],
        total=values["total"],
        amount_due=values["amount_due"],
    )


def their_row(theirs: TheirDocument) -> Row:
    """`currency` is empty where Xero leaves it out; then nothing is said about it."""
    fields = theirs.fields
    return Row(
        kind=theirs.kind,
        status=theirs.status,
        date=fields.date,
        due_date=fields.due_date,
        reference=fields.reference,
        contact=fields.contact,
        currency=fields.lines.currency,
        total=theirs.amounts.total,
        amount_due=theirs.amounts.amount_due if fields.is_alive else Decimal(0),
    )


def differing(here: Row, there: Row) -> Iterator[tuple[str, Any, Any]]:
    """(what, here, in Xero). Documents that ended on both sides are the same, whatever they held."""
    if not here.is_counted and not there.is_counted:
        return
    for name, label in LABELS.items():
        ours, theirs = getattr(here, name), getattr(there, name)
        if ours != theirs and (name != "currency" or theirs):
            yield label, ours, theirs
