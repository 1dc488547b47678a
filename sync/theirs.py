"""Xero's copy of a document or contact as it was read: the canonical fields, and what is Xero's alone."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from released.billing.models.kinds import Kind, Status
from sync.canonical import ContactFields, DocumentFields


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What Xero reckoned for a line, in the order of the document's lines."""

    line_id: str
    line_amount: Decimal
    tax_amount: Decimal


@dataclass(frozen=True, slots=True)
class Settled:
    """A payment or credit that Xero set against the document. `sort` is one of billing's Settlement.Sort."""

    sort: str
    source_id: UUID
    date: date | None
    amount: Decimal
    reference: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """Totals as Xero reckons them; always taken over, never sent."""

    subtotal: Decimal
    total_tax: Decimal
    total: Decimal
    amount_paid: Decimal
    amount_credited: Decimal
    amount_due: Decimal


@dataclass(frozen=True, slots=True)
class TheirDocument:
    """An invoice, bill or credit note in Xero."""

    xero_id: UUID
    kind: Kind
    fields: DocumentFields
    status: Status
    number: str
    contact_name: str
    url: str
    amounts: Amounts
    lines: tuple[LineFacts, ...]
    settlements: tuple[Settled, ...]

    @property
    def is_approved(self) -> bool:
        return self.status in (Status.AUTHORISED, Status.PAID)


@dataclass(frozen=True, slots=True)
class TheirContact:
    """A contact in Xero."""

    xero_id: UUID
    fields: ContactFields
    is_archived: bool
    merged_to: UUID | None = None
    """Into which it was merged there."""
