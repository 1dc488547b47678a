"""Endpoints of invoices and credit notes (docs/xero.md C)."""

from __future__ import annotations

from typing import Any

from xero_sandbox.accounting.batch import Batch, write_all
from xero_sandbox.accounting.call import Call
from xero_sandbox.accounting.document_filters import document_filters
from xero_sandbox.accounting.document_rules import rate_warnings
from xero_sandbox.accounting.envelope import Answer, envelope
from xero_sandbox.accounting.errors import NotFound
from xero_sandbox.accounting.fields import document_fields
from xero_sandbox.accounting.kinds import Kind, kind_of
from xero_sandbox.accounting.listing import Listing, show
from xero_sandbox.accounting.model import Document
from xero_sandbox.accounting.numbering import find_by_number
from xero_sandbox.accounting.render_document import rendered
from xero_sandbox.accounting.write_document import write


def list_documents(call: Call, plural: str) -> Answer:
    kind, books = kind_of(plural), call.books
    summary = kind.plural == "Invoices" and call.flag("summaryOnly")
    four = call.query.get("unitdp") == "4"

    def render(document: Document, paged: bool) -> bytes:
        shape = "summary" if summary else "page" if paged else "list"
        return rendered(books, document, shape, four_places=four)

    ledger = books.ledger(plural)
    return show(
        call, Listing(plural, ledger, document_fields(books), document_filters(call), render, summary)
    )


def get_document(call: Call, plural: str, item_id: str) -> Answer:
    document = find(call, plural, item_id)
    return envelope(call, plural, [_full(call, document)])


def write_documents(call: Call, plural: str) -> Answer:
    kind = kind_of(plural)
    return write_all(call, _batch(call, kind, None), call.elements(kind.plural, kind.noun))


def write_one_document(call: Call, plural: str, item_id: str) -> Answer:
    document, kind = find(call, plural, item_id), kind_of(plural)
    rows = call.elements(kind.plural, kind.noun)[:1]
    return write_all(call, _batch(call, kind, document.item_id), rows)


def find(call: Call, plural: str, item_id: str) -> Document:
    """By id or, for both kinds, by number."""
    found = call.books.ledger(plural).get(item_id) or find_by_number(call.books, kind_of(plural), item_id)
    if found is None:
        raise NotFound
    return found


def _batch(call: Call, kind: Kind, item_id: str | None) -> Batch:
    def one(row: dict[str, Any]) -> bytes:
        return _full(call, write(call, kind, row, item_id=item_id))

    def warn(row: dict[str, Any]) -> list[str]:
        return rate_warnings(call.organisation.currency, row)

    return Batch(kind.plural, kind.noun, kind.id_field, one, warn)


def _full(call: Call, document: Document) -> bytes:
    return rendered(call.books, document, "full", four_places=call.query.get("unitdp") == "4")
