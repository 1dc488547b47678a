"""Creating and updating one invoice or credit note (docs/xero.md C).

Works on a copy: what is refused leaves no trace, however far the reading of it came.
"""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import replace
from typing import Any

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.contacts import keep
from xero_sandbox.accounting.document_rules import (
    HAS_PAYMENTS,
    content_problems,
    is_settled,
    status_problems,
)
from xero_sandbox.accounting.errors import Invalid, NotFound
from xero_sandbox.accounting.fields_in import date_of, text_of
from xero_sandbox.accounting.find_contact import contact_for
from xero_sandbox.accounting.kinds import Kind
from xero_sandbox.accounting.lines import replace_lines, retax
from xero_sandbox.accounting.locks import lock_problems
from xero_sandbox.accounting.model import Contact, Document
from xero_sandbox.accounting.notify import document_changed
from xero_sandbox.accounting.numbering import claim_number, find_by_number, next_number, sale_with_number
from xero_sandbox.accounting.totals import total_up
from xero_sandbox.clock import to_ms
from xero_sandbox.state import new_id

SETTLED_FIELDS = {
    "Reference",
    "DueDate",
    "InvoiceNumber",
    "BrandingThemeID",
    "Contact",
    "Url",
    "PlannedPaymentDate",
}
IGNORED = {"InvoiceID", "CreditNoteID", "HasAttachments", "HasErrors", "Type", "Status", "SentToContact"}


def write(call: Call, kind: Kind, row: dict[str, Any], *, item_id: str | None = None) -> Document:
    """Raises Invalid with Xero's texts, NotFound for an id that nobody gave."""
    known = _find(call, kind, row, item_id)
    document = _draft(known) if known else _blank(call, kind, row)
    before = known.status if known else ""
    after = str(row.get("Status") or before or "DRAFT").upper()
    if problems := status_problems(before, after, document):
        raise Invalid(*problems)
    if known and is_settled(known) and not _allowed_when_settled(known, row):
        raise Invalid(HAS_PAYMENTS)
    ended = after in ("VOIDED", "DELETED")
    contact = contact_for(call, document, None if ended else row.get("Contact"))
    if not ended:
        document.contact_id = contact.item_id
        _fill(call, kind, document, row)
    document.status = after
    _check(call, document, known)
    _keep(call, kind, document, known, contact)
    return call.books.ledger(kind.plural).by_id[document.item_id]


def _find(call: Call, kind: Kind, row: dict[str, Any], item_id: str | None) -> Document | None:
    ledger = call.books.ledger(kind.plural)
    wanted = item_id or row.get(kind.id_field)
    if wanted:
        found = ledger.get(str(wanted)) or find_by_number(call.books, kind, str(wanted))
        if found is None:
            raise NotFound
        return found
    number = row.get(kind.number_field)
    if call.method == "POST" and number:
        if call.world.switches["accpay_number_updates"]:
            found = find_by_number(call.books, kind, str(number))
        else:
            found = sale_with_number(call.books, kind, str(number))
        return found if found is not None and row.get("Type", found.type) == found.type else None
    return None


def _draft(known: Document) -> Document:
    """A copy whose lines may be changed without the original noticing."""
    document = copy(known)
    document.lines = deepcopy(known.lines)
    document.rendered = {}
    return document


def _blank(call: Call, kind: Kind, row: dict[str, Any]) -> Document:
    given = str(row.get("Type", "")).upper()
    if given not in kind.types:
        raise Invalid(f"'{row.get('Type', '')}' is not a valid {kind.noun} type.")
    today = call.now.date()
    return Document(
        new_id(), kind.plural, given, "", date=today, currency=call.organisation.currency,
        created_by=call.grant.client_id,
    )  # fmt: skip


def _allowed_when_settled(known: Document, row: dict[str, Any]) -> bool:
    """A paid bill may have its labels and its lines' coding changed; a settled sale may not be edited."""
    asked = {name for name in row if name not in IGNORED}
    return not asked or (known.type == "ACCPAY" and asked <= SETTLED_FIELDS | {"LineItems"})


def _fill(call: Call, kind: Kind, document: Document, row: dict[str, Any]) -> None:
    document.reference = text_of(row, "Reference", document.reference) or ""
    document.date = date_of(row, "Date", document.date) or document.date
    document.due_date = date_of(row, "DueDate", document.due_date)
    document.planned_payment_date = date_of(row, "PlannedPaymentDate", document.planned_payment_date)
    document.expected_payment_date = date_of(row, "ExpectedPaymentDate", document.expected_payment_date)
    document.url = text_of(row, "Url", document.url) or None
    document.currency = text_of(row, "CurrencyCode", None) or document.currency
    document.sent_to_contact = bool(row.get("SentToContact", document.sent_to_contact))
    types = document.line_amount_types
    document.line_amount_types = text_of(row, "LineAmountTypes", None) or types
    if isinstance(row.get("LineItems"), list):
        replace_lines(call.books, document, row["LineItems"])
    elif types != document.line_amount_types:
        retax(call.books, document)
    total_up(document)
    document.number = text_of(row, kind.number_field, document.number) or ""


def _check(call: Call, document: Document, known: Document | None) -> None:
    problems = (
        [] if document.status in ("VOIDED", "DELETED") else content_problems(call.organisation, document)
    )
    problems += lock_problems(call, document, known)
    if known and is_settled(known) and document.total != known.total:
        problems.append(HAS_PAYMENTS)
    if problems:
        raise Invalid(*problems)


def _keep_contact(call: Call, contact: Contact, document: Document) -> None:
    """A contact of a sale is a customer from then on, that of a bill a supplier; Xero does not stamp that."""
    known = call.books.contacts.get(contact.item_id)
    changed = replace(
        contact,
        is_customer=contact.is_customer or document.is_sale,
        is_supplier=contact.is_supplier or not document.is_sale,
        rendered={},
    )
    if known is contact:
        call.books.contacts.by_id[contact.item_id] = changed
    else:
        keep(call, changed, known)


def _keep(call: Call, kind: Kind, document: Document, known: Document | None, contact: Contact) -> None:
    if (not document.number and document.is_sale) or (not document.number and kind.prefix == "CN"):
        document.number = next_number(call.books, kind)
    claim_number(call.books, kind, document, known)
    if document.status == "AUTHORISED" and not document.total and document.lines:
        document.status, document.fully_paid_on = "PAID", document.date
    _keep_contact(call, contact, document)
    call.books.ledger(kind.plural).put(document, to_ms(call.now))
    document_changed(call.world, call.organisation, document, "UPDATE" if known else "CREATE")
