"""Our document or contact as canonical fields."""

from collections.abc import Sequence
from uuid import UUID

from released.billing.models import Document, LineItem, Status
from released.portfolio.models import Contact
from sync.canonical import NOT_THERE, ContactFields, DocumentFields, Line, Lines, text


def document_fields(
    document: Document, lines: Sequence[LineItem], contact_xero_id: UUID | None
) -> DocumentFields:
    return DocumentFields(
        contact=str(contact_xero_id) if contact_xero_id else f"{NOT_THERE}{document.contact_id}",
        date=document.date,
        due_date=None if document.sort.is_credit else document.due_date,
        reference=text(document.reference),
        lines=Lines(document.line_amount_types, document.currency, tuple(_line(line) for line in lines)),
        is_alive=document.status not in (Status.VOIDED, Status.DELETED),
    )


def contact_fields(contact: Contact) -> ContactFields:
    return ContactFields(name=text(contact.name), email=text(contact.email))


def _line(line: LineItem) -> Line:
    return Line(
        description=text(line.description),
        quantity=line.quantity,
        unit_amount=line.unit_amount,
        discount_rate=line.discount_rate or None,
        account_code=line.account_code,
        tax_type=line.tax_type,
        tracking=tuple(sorted((pair["category"], pair["option"]) for pair in line.tracking)),
    )
