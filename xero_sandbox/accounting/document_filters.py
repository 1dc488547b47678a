"""The parameters that narrow a list of documents (docs/xero.md C); nearly all are for invoices only."""

from __future__ import annotations

from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.model import Document
from xero_sandbox.accounting.where import Predicate


def document_filters(call: Call) -> list[Predicate]:
    filters: list[Predicate] = []
    if "/" not in call.path and call.path.lower() == "invoices":
        filters = _by_csv(call)
        if call.flag("createdByMyApp"):
            filters.append(lambda one: one.created_by == call.grant.client_id)
        if term := call.query.get("searchTerm", "").lower():
            filters.append(lambda one: term in one.number.lower() or term in one.reference.lower())
    asks_for_status = "status" in call.query.get("where", "").lower()
    if not call.world.switches["lists_deleted_and_voided"] and not asks_for_status:
        wanted = {status.upper() for status in call.csv("Statuses")}
        filters.append(lambda one: one.status not in {"DELETED", "VOIDED"} - wanted)
    return filters


def _by_csv(call: Call) -> list[Predicate]:
    getters = {
        "IDs": lambda one: one.item_id,
        "InvoiceNumbers": lambda one: one.number.lower(),
        "ContactIDs": lambda one: one.contact_id,
        "Statuses": lambda one: one.status.lower(),
    }
    found: list[Predicate] = []
    for name, get in getters.items():
        wanted = {value.lower() for value in call.csv(name)}
        if wanted:
            found.append(lambda one, get=get, wanted=wanted: get(one) in wanted)  # type: ignore[misc]
    return found


def is_live(document: Document) -> bool:
    return document.status not in ("DELETED", "VOIDED")
