"""Payments, allocations and voids as a person makes them in Xero."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.model import Document, Line
from xero_sandbox.accounting.notify import document_changed
from xero_sandbox.accounting.settle import allocate, pay, unallocate, unpay, void
from xero_sandbox.accounting.totals import cents
from xero_sandbox.clock import to_ms
from xero_sandbox.control.find import contact_of, document_of, missing, organisation_of
from xero_sandbox.state import World, new_id

Answer = dict[str, Any]


def record_payment(world: World, asked: Answer) -> Answer:
    """Without an amount, all that is due."""
    organisation, document = document_of(world, asked)
    account_code = str(asked.get("account") or "090")
    amount, day = _amount(asked, document.amount_due), _day(world, asked)
    payment = pay(world, organisation, document, amount=amount, day=day, account_code=account_code)
    found = {"payment_id": payment.item_id, "status": document.status}
    return found | {"amount_due": document.amount_due}


def delete_payment(world: World, asked: Answer) -> Answer:
    organisation = organisation_of(world, asked)
    payment = organisation.books.payments.get(str(asked.get("payment", "")))
    if payment is None:
        raise missing("No such payment.")
    unpay(world, organisation, payment)
    return {"payment_id": payment.item_id, "status": payment.status}


def allocate_credit(world: World, asked: Answer) -> Answer:
    """Use a credit note (`document`) on an invoice (`invoice`); without an amount, as much as fits."""
    organisation, note = document_of(world, asked)
    _, invoice = document_of(world, asked | {"document": asked.get("invoice", "")})
    amount = _amount(asked, min(note.amount_due, invoice.amount_due))
    made = allocate(world, organisation, note, invoice, amount=amount, day=_day(world, asked))
    return {"allocation_id": made.allocation_id, "amount": made.amount}


def record_overpayment(world: World, asked: Answer) -> Answer:
    """A bank receipt beyond what was due (`type` SPEND-OVERPAYMENT for one that was paid out)."""
    organisation = organisation_of(world, asked)
    contact, day = contact_of(organisation, asked), _day(world, asked)
    kind = str(asked.get("type") or "RECEIVE-OVERPAYMENT")
    made = Document(new_id(), "Overpayments", kind, contact.item_id, date=day, status="AUTHORISED")
    made.sub_total = made.total = _amount(asked, Decimal(0))
    made.lines = [
        Line(new_id(), "Overpayment", Decimal(1), made.total, "610", "NONE", line_amount=made.total)
    ]
    organisation.books.overpayments.put(made, to_ms(world.clock.now()))
    document_changed(world, organisation, made, "CREATE")
    return {"id": made.item_id, "total": made.total}


def remove_allocation(world: World, asked: Answer) -> Answer:
    organisation, note = document_of(world, asked)
    for made in note.allocations:
        if made.allocation_id == asked.get("allocation"):
            owner = organisation.books.document(made.credit_note_id)
            unallocate(world, organisation, owner or note, made)
            return {"allocation_id": made.allocation_id}
    raise missing("No such allocation.")


def void_document(world: World, asked: Answer) -> Answer:
    organisation, document = document_of(world, asked)
    void(world, organisation, document)
    return {"id": document.item_id, "status": document.status}


def _amount(asked: Answer, otherwise: Decimal) -> Decimal:
    return cents(Decimal(str(asked["amount"]))) if asked.get("amount") is not None else otherwise


def _day(world: World, asked: Answer) -> date:
    return date.fromisoformat(asked["date"]) if asked.get("date") else world.clock.now().date()
