"""Our kinds in Xero's words: endpoint, Type, and the names of id and number."""

from dataclasses import dataclass
from typing import Final

from released.billing.models.kinds import Kind


@dataclass(frozen=True, slots=True)
class Form:
    """How Xero spells one sort of document."""

    endpoint: str
    type: str
    id_name: str
    number_name: str


def _invoice(xero_type: str) -> Form:
    return Form("Invoices", xero_type, "InvoiceID", "InvoiceNumber")


def _credit(xero_type: str) -> Form:
    return Form("CreditNotes", xero_type, "CreditNoteID", "CreditNoteNumber")


FORMS: Final[dict[Kind, Form]] = {
    Kind.INVOICE: _invoice("ACCREC"),
    Kind.BILL: _invoice("ACCPAY"),
    Kind.CREDIT_NOTE: _credit("ACCRECCREDIT"),
    Kind.SUPPLIER_CREDIT: _credit("ACCPAYCREDIT"),
}
KINDS: Final[dict[str, Kind]] = {form.type: kind for kind, form in FORMS.items()}


def kinds_at(endpoint: str) -> tuple[Kind, ...]:
    """The kinds that live at an endpoint."""
    return tuple(kind for kind, form in FORMS.items() if form.endpoint == endpoint)
