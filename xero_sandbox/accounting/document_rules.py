"""What Xero refuses in an invoice or credit note: pure functions of the document (docs/xero.md C)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.lines import line_problems
from xero_sandbox.accounting.model import Document
from xero_sandbox.accounting.organisation import Organisation

MOVES: dict[str, set[str]] = {
    "": {"DRAFT", "SUBMITTED", "AUTHORISED"},
    "DRAFT": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
    "SUBMITTED": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
    "AUTHORISED": {"AUTHORISED", "VOIDED"},
    "PAID": {"PAID"},
}
NOT_VALID = "{noun} not of valid status for modification"
HAS_PAYMENTS = "This document cannot be edited as it has a payment or credit note allocated to it."
CANNOT_VOID = (
    "The status VOIDED cannot be applied to the invoice "
    "because it has payments or credit notes allocated to it."
)


def noun_of(document: Document) -> str:
    return "Invoice" if document.kind == "Invoices" else "Credit note"


def status_problems(before: str, after: str, document: Document) -> list[str]:
    """A move that Xero does not know; SUBMITTED and AUTHORISED may not be deleted alike."""
    if after == "VOIDED" and before in ("AUTHORISED", "PAID") and is_settled(document):
        return [CANNOT_VOID]
    if after in MOVES.get(before, set()):
        return []
    return [NOT_VALID.format(noun=noun_of(document))]


def is_settled(document: Document) -> bool:
    return bool(document.amount_paid or document.amount_credited)


def content_problems(organisation: Organisation, document: Document) -> list[str]:
    approved = document.status in ("AUTHORISED", "PAID")
    problems = []
    if not document.lines and approved:
        problems.append("One or more line items must be specified")
    if document.currency not in organisation.currencies:
        problems.append(f"Organisation is not subscribed to currency {document.currency}")
    if document.kind == "Invoices" and document.due_date is None and approved:
        problems.append("The DueDate must be specified for an approved document.")
    if document.url and "xero" in document.url.lower():
        problems.append("Url must not contain the word xero")
    if document.total < Decimal(0):
        problems.append(f"The {noun_of(document)} total must not be negative.")
    for line in document.lines:
        problems += line_problems(organisation.books, document, line, approved=approved)
    return list(dict.fromkeys(problems))


def rate_warnings(base_currency: str, row: dict[str, Any]) -> list[str]:
    """Since April 2026 an odd CurrencyRate is warned about and accepted; this one is odd beyond doubt."""
    rate, currency = row.get("CurrencyRate"), row.get("CurrencyCode") or base_currency
    if rate is None or currency != base_currency or Decimal(str(rate)) == 1:
        return []
    return [f"The currency rate {rate} is unusual for {currency}."]
