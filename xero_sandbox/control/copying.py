"""Somebody presses Copy in Xero: a document like another, of which no app knows."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.kinds import kind_of
from xero_sandbox.accounting.notify import document_changed
from xero_sandbox.accounting.numbering import claim_number, next_number
from xero_sandbox.clock import to_ms
from xero_sandbox.control.actions import edit_document
from xero_sandbox.control.find import document_of
from xero_sandbox.state import World, new_id

ZERO = Decimal(0)


def copy_document(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    """A copy of `document`, approved, unpaid and with a number of its own; `set` as for edit-document."""
    organisation, source = document_of(world, asked)
    made = deepcopy(source)
    made.item_id, made.status, made.url, made.created_by = new_id(), "AUTHORISED", None, None
    made.payments, made.allocations, made.history, made.rendered = [], [], [], {}
    made.amount_paid, made.amount_credited, made.fully_paid_on = ZERO, ZERO, None
    for line in made.lines:
        line.line_id = new_id()
    kind = kind_of(made.kind)
    if made.is_sale:
        made.number = next_number(organisation.books, kind)
        claim_number(organisation.books, kind, made, None)
    organisation.books.ledger(made.kind).put(made, to_ms(world.clock.now()))
    document_changed(world, organisation, made, "CREATE")
    return edit_document(world, asked | {"document": made.item_id})
