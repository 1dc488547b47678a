"""What a browser posts from the form of a document."""

from typing import Any, Protocol

from released.billing.models import Document
from tests.factories.cast import Cast

Posted = dict[str, Any]


def row(place: int, **fields: Any) -> Posted:
    """One line as typed."""
    given = {
        "key": "",
        "description": "Rent, Flat 4",
        "account_code": "200",
        "tax_type": "EXEMPTOUTPUT",
        "quantity": "1",
        "unit_amount": "1,250.00",
        "discount_rate": "",
    } | fields
    return {f"lines-{place}-{name}": value for name, value in given.items()}


def form(cast: Cast, *rows: Posted, **fields: Any) -> Posted:
    """The whole form: one line, a contact named anew, and a button, unless told otherwise."""
    posted = {
        "contact": "",
        "new_contact": "Aisha Rahman",
        "date": "2026-09-14",
        "due_date": "2026-09-28",
        "reference": "HV4 Sep rent",
        "tenancy": "",
        "line_amount_types": "Exclusive",
        "revision": "",
        "lines-TOTAL_FORMS": str(max(len(rows), 1)),
        "lines-INITIAL_FORMS": "0",
        "step": "save",
    } | fields
    for given in rows or (row(0),):
        posted |= given
    return posted


def form_of(document: Document, **fields: Any) -> Posted:
    """The form of a stored document as the page shows it, with some of it typed over."""
    lines = list(document.line_items.all())
    posted: Posted = {
        "contact": document.contact_id,
        "new_contact": "",
        "date": document.date.isoformat(),
        "due_date": document.due_date.isoformat() if document.due_date else "",
        "reference": document.reference,
        "tenancy": "",
        "line_amount_types": document.line_amount_types,
        "revision": document.revision,
        "lines-TOTAL_FORMS": str(len(lines)),
        "lines-INITIAL_FORMS": str(len(lines)),
        "step": "save",
    }
    for place, line in enumerate(lines):
        posted |= row(
            place,
            key=str(line.key),
            description=line.description,
            account_code=line.account_code,
            tax_type=line.tax_type,
            quantity=str(line.quantity),
            unit_amount=str(line.unit_amount),
        )
    return posted | fields


class Answer(Protocol):
    """Whatever a client got."""

    @property
    def content(self) -> bytes: ...


def words(response: Answer) -> str:
    """The page's text, in one line."""
    return " ".join(response.content.decode().split())
