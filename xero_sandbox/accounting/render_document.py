"""How an invoice or a credit note looks: in a list, in a page, in a summary, by its id (docs/xero.md C).

Absent values are left out, never null. The bytes are kept on the document until it changes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.dates import date_string, iso_stamp, ms_date, ms_stamp
from xero_sandbox.accounting.kinds import kind_of
from xero_sandbox.accounting.model import Allocation, Document, Line, Payment
from xero_sandbox.accounting.organisation import Books
from xero_sandbox.accounting.render_contact import contact_fields, rendered_stub
from xero_sandbox.http import encode

FOUR = Decimal("0.0001")
TWO = Decimal("0.01")


def rendered(books: Books, document: Document, shape: str, *, four_places: bool = False) -> bytes:
    """`shape` is full, page, list or summary."""
    key = f"{shape}4" if four_places else shape
    found = document.rendered.get(key)
    if found is None:
        found = document.rendered[key] = encode(
            document_json(books, document, shape, four_places=four_places)
        )
    return found


def document_json(
    books: Books, document: Document, shape: str, *, four_places: bool = False
) -> dict[str, Any]:
    kind = kind_of(document.kind)
    found: dict[str, Any] = {"Type": document.type, kind.id_field: document.item_id}
    if document.kind != "Overpayments":
        found[kind.number_field] = document.number
    if document.reference or document.kind == "Invoices":
        found["Reference"] = document.reference
    if shape != "summary":
        found |= _settlements(books, document)
    found |= _amounts_due(document) | {"CurrencyRate": Decimal("1.000000"), "HasErrors": False}
    if shape != "summary":
        found["HasAttachments"] = document.has_attachments
    if shape == "full":
        found["Attachments"] = _attachments(books, document)
    contact = books.contacts.by_id[document.contact_id]
    found["Contact"] = contact_fields(contact) if shape == "full" else rendered_stub(contact)
    found |= _dates(document) | {"Status": document.status, "LineAmountTypes": document.line_amount_types}
    if shape in ("full", "page"):
        found["LineItems"] = [_line(books, line, shape, four_places) for line in document.lines]
    elif shape == "list":
        found["LineItems"] = []
    return found | _tail(document)


def _attachments(books: Books, document: Document) -> list[dict[str, Any]]:
    address = f"https://api.xero.com/api.xro/2.0/{document.kind}/{document.item_id}/Attachments"
    kept = books.attachments.get(document.item_id, {})
    return [
        {"AttachmentID": attachment_id, "FileName": name, "Url": f"{address}/{name}",
         "MimeType": content_type, "ContentLength": len(content)}
        for name, (attachment_id, content_type, content) in kept.items()
    ]  # fmt: skip


def _settlements(books: Books, document: Document) -> dict[str, Any]:
    payments = [_payment(one) for one in document.payments if one.status != "DELETED"]
    if document.kind != "Invoices":
        return {
            "Payments": payments,
            "Allocations": [allocation_json(books, one) for one in document.allocations],
        }
    over = [one for one in document.allocations if one.credit_note_id in books.overpayments.by_id]
    notes = [_credit(books, one, "CreditNotes") for one in document.allocations if one not in over]
    overpayments = [_credit(books, one, "Overpayments") for one in over]
    return {"Payments": payments, "CreditNotes": notes, "Prepayments": [], "Overpayments": overpayments}


def _amounts_due(document: Document) -> dict[str, Any]:
    if document.kind != "Invoices":
        return {"RemainingCredit": document.amount_due, "ID": document.item_id}
    return {
        "AmountDue": document.amount_due,
        "AmountPaid": document.amount_paid,
        "AmountCredited": document.amount_credited,
        "IsDiscounted": any(line.discount_rate or line.discount_amount for line in document.lines),
    }


def _dates(document: Document) -> dict[str, Any]:
    pairs = (("Date", document.date), ("DueDate", document.due_date))
    found: dict[str, Any] = {}
    for name, value in pairs:
        if value is not None:
            found |= {f"{name}String": date_string(value), name: ms_date(value)}
    late = (
        ("PlannedPaymentDate", document.planned_payment_date),
        ("ExpectedPaymentDate", document.expected_payment_date),
        ("FullyPaidOnDate", document.fully_paid_on),
    )
    return found | {name: ms_date(value) for name, value in late if value is not None}


def _tail(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = {
        "SubTotal": document.sub_total,
        "TotalTax": document.total_tax,
        "Total": document.total,
        "UpdatedDateUTC": ms_stamp(document.updated_ms),
        "UpdatedDateUTCString": iso_stamp(document.updated_ms),
        "CurrencyCode": document.currency,
    }
    if document.url:
        found["Url"] = document.url
    if document.sent_to_contact:
        found["SentToContact"] = True
    return found


def _line(books: Books, line: Line, shape: str, four_places: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"LineItemID": line.line_id, "TaxAmount": line.tax_amount}
    found["LineAmount"] = line.line_amount
    if line.unit_amount is not None:
        found["UnitAmount"] = line.unit_amount.quantize(FOUR if four_places else TWO)
    if line.quantity is not None:
        found["Quantity"] = line.quantity.quantize(FOUR)
    optional = (
        ("Description", line.description),
        ("TaxType", line.tax_type),
        ("AccountCode", line.account_code),
        ("ItemCode", line.item_code),
        ("DiscountRate", line.discount_rate),
        ("DiscountAmount", line.discount_amount),
    )
    found.update([pair for pair in optional if pair[1] is not None])
    account = books.accounts.get(line.account_code or "")
    if account is not None:
        found["AccountID"] = account.account_id
    found["Tracking"] = [_tracking(books, pair, shape) for pair in line.tracking]
    return found


def _tracking(books: Books, pair: tuple[str, str], shape: str) -> dict[str, Any]:
    category = next(one for one in books.tracking if one.category_id == pair[0])
    option = next(one for one in category.options if one.option_id == pair[1])
    found: dict[str, Any] = {
        "Name": category.name,
        "Option": option.name,
        "TrackingCategoryID": category.category_id,
    }
    if shape == "full":
        return found | {"TrackingOptionID": option.option_id}
    return found | {"Options": []}


def _payment(payment: Payment) -> dict[str, Any]:
    found: dict[str, Any] = {
        "PaymentID": payment.item_id,
        "Date": ms_date(payment.date),
        "Amount": payment.amount,
    }
    found["Reference"] = payment.reference
    return found | {"CurrencyRate": Decimal("1.000000"), "HasAccount": True, "HasValidationErrors": False}


def allocation_json(books: Books, allocation: Allocation) -> dict[str, Any]:
    invoice = books.invoices.by_id[allocation.invoice_id]
    return {
        "AllocationID": allocation.allocation_id,
        "Amount": allocation.amount,
        "Date": ms_date(allocation.date),
        "Invoice": {"InvoiceID": invoice.item_id, "InvoiceNumber": invoice.number, "HasErrors": False},
    }


def _credit(books: Books, allocation: Allocation, plural: str) -> dict[str, Any]:
    kind = kind_of(plural)
    note = books.ledger(plural).by_id[allocation.credit_note_id]
    numbered = {kind.number_field: note.number} if note.number else {}
    return {
        kind.id_field: note.item_id,
        **numbered,
        "ID": note.item_id,
        "HasErrors": False,
        "AppliedAmount": allocation.amount,
        "DateString": date_string(allocation.date),
        "Date": ms_date(allocation.date),
        "LineItems": [],
        "Total": note.total,
    }
