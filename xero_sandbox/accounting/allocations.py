"""Using a credit note or an overpayment on invoices: a second call (docs/xero.md C)."""

from __future__ import annotations

from typing import Any

from xero_sandbox.accounting.batch import Batch, write_all
from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.documents import find
from xero_sandbox.accounting.envelope import Answer
from xero_sandbox.accounting.errors import NotFound
from xero_sandbox.accounting.fields_in import date_of, decimal_of
from xero_sandbox.accounting.model import ZERO, Allocation
from xero_sandbox.accounting.render_document import allocation_json
from xero_sandbox.accounting.settle import allocate, unallocate
from xero_sandbox.http import encode


def write_allocations(call: Call, plural: str, item_id: str) -> Answer:
    note = find(call, plural, item_id)

    def one(row: dict[str, Any]) -> bytes:
        invoice = call.books.invoices.get(str((row.get("Invoice") or {}).get("InvoiceID", "")))
        if invoice is None:
            raise NotFound
        amount = decimal_of(row, "Amount", None) or ZERO
        day = date_of(row, "Date", None) or call.now.date()
        made = allocate(call.world, call.organisation, note, invoice, amount=amount, day=day)
        return encode(allocation_json(call.books, made))

    batch = Batch("Allocations", "Allocation", "AllocationID", one, undoable=False)
    return write_all(call, batch, call.elements("Allocations", "Allocation"))


def delete_allocation(call: Call, plural: str, item_id: str, allocation_id: str) -> Answer:
    note = find(call, plural, item_id)
    for made in note.allocations:
        if made.allocation_id == allocation_id.lower():
            unallocate(call.world, call.organisation, note, made)
            if call.world.switches["allocation_delete_body"] == "empty":
                return Answer(204, b"")
            return Answer(200, encode(_deleted(call, made)))
    raise NotFound


def _deleted(call: Call, made: Allocation) -> dict[str, Any]:
    """The documented example is a bare object; what Xero really answers is unsettled."""
    if call.world.switches["allocation_delete_body"] == "documented":
        found = allocation_json(call.books, made)
        invoice = {"InvoiceID": made.invoice_id}
        return {
            "AllocationId": made.allocation_id,
            "Date": found["Date"],
            "Invoice": [invoice],
            "IsDeleted": True,
        }
    return allocation_json(call.books, made) | {"IsDeleted": True}
