"""Reads both sides of a window."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from released.billing.models import Document
from sync.comparison.rows import Row, our_row
from sync.comparison.windows import Window
from sync.conditions import STAY_HERE
from sync.models import DeliveryItem, DocumentLink
from sync.pull.known import contact_ids
from sync.pull.listing import EVERY_STATUS, ORDER, PAGE_SIZE, dated
from sync.pull.planner import Spot, step
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord, stamp_of
from sync.work import Work

SOURCES: dict[str, dict[str, str]] = {
    "Invoices": {"summaryOnly": "true", "Statuses": EVERY_STATUS},
    "CreditNotes": {},
}


@dataclass
class Ours:
    """Our documents of a window by id, with what is compared of them."""

    documents: dict[int, Document] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    by_xero_id: dict[UUID, int] = field(default_factory=dict)


def read_theirs(work: Work, window: Window) -> dict[UUID, TheirDocument]:
    """Without lines; one call for each thousand invoices. What is unreadable is set aside by the pull."""
    found: dict[UUID, TheirDocument] = {}
    for endpoint, params in SOURCES.items():
        for record in _records(work, endpoint, window, params):
            try:
                theirs = read_document(record)
            except (UnreadableRecord, AttributeError):
                continue
            found[theirs.xero_id] = theirs
    return found


def _records(work: Work, endpoint: str, window: Window, params: dict[str, str]) -> Iterator[Any]:
    spot: Spot | None = Spot()
    while spot is not None:
        work.before_call()
        page = work.books.list(
            endpoint,
            modified_since=spot.since,
            page=spot.page,
            page_size=PAGE_SIZE,
            where=dated(window.start, window.end),
            order=ORDER,
            params=params,
        )
        yield from page.records
        stamps = [stamp for stamp in map(stamp_of, page.records) if stamp is not None]
        spot = step(spot, stamps, len(page.records), PAGE_SIZE)


def read_ours(work: Work, window: Window) -> Ours:
    """All that are approved or ended, but for excluded ones and those whose delivery is open."""
    scope = work.scope
    rows = Document.objects.filter(company=scope.company, date__gte=window.start)
    rows = rows.filter(date__lt=window.end) if window.end else rows
    return ours_of(work, rows.values_list("pk", flat=True))


def ours_of(work: Work, wanted: Any) -> Ours:
    rows = Document.objects.filter(pk__in=wanted).exclude(status__in=STAY_HERE)
    rows = rows.filter(link__excluded_at__isnull=True).select_related("link", "link__problem")
    open_ones = DeliveryItem.objects.filter(is_open=True, document__isnull=False).values("document")
    documents = list(rows.exclude(pk__in=open_ones))
    contacts = contact_ids(work.scope, {document.contact_id for document in documents})
    found = Ours()
    for document in documents:
        found.documents[document.pk] = document
        found.rows[document.pk] = our_row(document, contacts.get(document.contact_id))
        xero_id = xero_id_of(document)
        if xero_id is not None:
            found.by_xero_id[xero_id] = document.pk
    return found


def xero_id_of(document: Document) -> UUID | None:
    link: DocumentLink | None = getattr(document, "link", None)
    return link.xero_id if link else None
