"""Payments on documents: made, listed and deleted (docs/xero.md C)."""

from __future__ import annotations

from typing import Any

from xero_sandbox.accounting.batch import Batch, write_all
from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.envelope import Answer, envelope
from xero_sandbox.accounting.errors import Invalid, NotFound
from xero_sandbox.accounting.fields import PAYMENT_FIELDS
from xero_sandbox.accounting.fields_in import date_of, decimal_of, text_of
from xero_sandbox.accounting.listing import Listing, show
from xero_sandbox.accounting.model import ZERO, Account, Document, Payment
from xero_sandbox.accounting.render_payment import rendered_payment
from xero_sandbox.accounting.settle import pay, unpay


def list_payments(call: Call) -> Answer:
    def render(payment: Payment, paged: bool) -> bytes:
        return rendered_payment(call.books, payment)

    return show(call, Listing("Payments", call.books.payments, PAYMENT_FIELDS, (), render))


def get_payment(call: Call, payment_id: str) -> Answer:
    return envelope(call, "Payments", [rendered_payment(call.books, _known(call, payment_id))])


def write_payments(call: Call) -> Answer:
    batch = Batch("Payments", "Payment", "PaymentID", lambda row: _write(call, row), undoable=False)
    return write_all(call, batch, call.elements("Payments", "Payment"))


def delete_payment(call: Call, payment_id: str) -> Answer:
    """POST {"Status": "DELETED"} is the only change that a payment knows."""
    payment = _known(call, payment_id)

    def one(row: dict[str, Any]) -> bytes:
        if row.get("Status") != "DELETED":
            raise Invalid("Only the status of a payment can be changed, to DELETED.")
        unpay(call.world, call.organisation, payment)
        return rendered_payment(call.books, payment)

    batch = Batch("Payments", "Payment", "PaymentID", one)
    return write_all(call, batch, call.elements("Payments", "Payment")[:1])


def _write(call: Call, row: dict[str, Any]) -> bytes:
    document, account = _document(call, row), _account(call, row.get("Account") or {})
    payment = pay(
        call.world,
        call.organisation,
        document,
        amount=decimal_of(row, "Amount", None) or ZERO,
        day=date_of(row, "Date", None) or call.now.date(),
        account_code=account.code,
        reference=text_of(row, "Reference", "") or "",
    )
    return rendered_payment(call.books, payment)


def _document(call: Call, row: dict[str, Any]) -> Document:
    for name, id_field in (("Invoice", "InvoiceID"), ("CreditNote", "CreditNoteID")):
        if given := row.get(name):
            found = call.books.document(str(given.get(id_field, "")))
            if found is None:
                raise NotFound
            return found
    raise Invalid("A payment must name an Invoice or a CreditNote.")


def _account(call: Call, given: dict[str, Any]) -> Account:
    for account in call.books.accounts.values():
        named = given.get("AccountID") == account.account_id or given.get("Code") == account.code
        if named and account.type == "BANK":
            return account
    raise Invalid("Account could not be found, or does not take payments.")


def _known(call: Call, payment_id: str) -> Payment:
    found = call.books.payments.get(payment_id)
    if found is None:
        raise NotFound
    return found
