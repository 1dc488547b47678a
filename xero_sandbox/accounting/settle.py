"""Payments, allocations and voids: the moves that change what is due (docs/xero.md C)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xero_sandbox.accounting.document_rules import status_problems
from xero_sandbox.accounting.errors import Invalid
from xero_sandbox.accounting.model import Allocation, Document, Payment
from xero_sandbox.accounting.notify import document_changed
from xero_sandbox.accounting.organisation import Organisation
from xero_sandbox.clock import to_ms
from xero_sandbox.state import World, new_id

NOT_AUTHORISED = "Payments can only be made against Authorised documents"
TOO_MUCH = "Payment amount exceeds the amount outstanding on this document"
PAID_OFF = "The invoice you are trying to allocate to has already been paid off"
TOO_MUCH_CREDIT = "Credit Note cannot be allocated as amount is greater than amount outstanding"


def pay(world: World, organisation: Organisation, document: Document, *,
        amount: Decimal, day: date, account_code: str, reference: str = "") -> Payment:  # fmt: skip
    if document.status != "AUTHORISED":
        raise Invalid(NOT_AUTHORISED)
    if not Decimal(0) < amount <= document.amount_due:
        raise Invalid(TOO_MUCH)
    payment = Payment(new_id(), document.item_id, document.kind, day, amount, account_code, reference)
    document.payments = [*document.payments, payment]
    document.amount_paid += amount
    organisation.books.payments.put(payment, to_ms(world.clock.now()))
    settle(world, organisation, document, day)
    return payment


def unpay(world: World, organisation: Organisation, payment: Payment) -> None:
    """Delete a payment: the document is due again."""
    document = organisation.books.document(payment.document_id)
    if document is None or payment.status == "DELETED":
        raise Invalid("This payment has already been deleted.")
    payment.status = "DELETED"
    document.amount_paid -= payment.amount
    organisation.books.payments.put(payment, to_ms(world.clock.now()))
    settle(world, organisation, document, None)


def allocate(world: World, organisation: Organisation, note: Document, invoice: Document, *,
             amount: Decimal, day: date) -> Allocation:  # fmt: skip
    if note.status != "AUTHORISED":
        raise Invalid("Only AUTHORISED credit notes can be allocated.")
    if invoice.status == "PAID":
        raise Invalid(PAID_OFF)
    if not Decimal(0) < amount <= min(note.amount_due, invoice.amount_due) or invoice.status != "AUTHORISED":
        raise Invalid(TOO_MUCH_CREDIT)
    made = Allocation(new_id(), note.item_id, invoice.item_id, amount, day)
    for document in (note, invoice):
        document.allocations = [*document.allocations, made]
        document.amount_credited += amount
        settle(world, organisation, document, day)
    return made


def unallocate(world: World, organisation: Organisation, note: Document, allocation: Allocation) -> None:
    invoice = organisation.books.invoices.by_id[allocation.invoice_id]
    for document in (note, invoice):
        document.allocations = [one for one in document.allocations if one is not allocation]
        document.amount_credited -= allocation.amount
        settle(world, organisation, document, None)


def settle(world: World, organisation: Organisation, document: Document, day: date | None) -> None:
    """PAID when nothing is due, AUTHORISED again when something is; stamped either way."""
    document.status = "AUTHORISED" if document.amount_due else "PAID"
    document.fully_paid_on = day if document.status == "PAID" else None
    organisation.books.ledger(document.kind).put(document, to_ms(world.clock.now()))
    if world.switches["payment_fires_invoice_webhook"]:
        document_changed(world, organisation, document, "UPDATE")


def void(world: World, organisation: Organisation, document: Document) -> None:
    """Void what is approved, delete what is not, as the one menu entry in Xero does."""
    after = "VOIDED" if document.status in ("AUTHORISED", "PAID") else "DELETED"
    if problems := status_problems(document.status, after, document):
        raise Invalid(*problems)
    document.status = after
    organisation.books.ledger(document.kind).put(document, to_ms(world.clock.now()))
    document_changed(world, organisation, document, "UPDATE")
