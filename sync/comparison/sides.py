"""Reads both sides of a window."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from released.billing.models import Document
from sync.comparison.begun import Begun
from sync.comparison.rows import Row, our_row
from sync.comparison.windows import Window
from sync.conditions import STAY_HERE
from sync.edge import PageShape
from sync.models import DeliveryItem
from sync.pull.listing import EVERY_STATUS, ORDER, PAGE_SIZE, dated, spot_after
from sync.pull.planner import Spot
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord
from sync.work import Work

SOURCES: dict[str, dict[str, str]] = {
    "Invoices": {"summaryOnly": "true", "Statuses": EVERY_STATUS},
    "CreditNotes": {},
}
WITH_LINES = ("CreditNotes",)  # a page of them holds what a reading by id does (docs/xero.md C24)
COLUMNS = (
    "pk", "number", "kind", "status", "date", "due_date", "reference", "currency", "total", "amount_due",
    "revision", "shared_revision", "link__xero_id", "link__blocked_revision", "link__problem__says",
    "contact__link__xero_id", "contact__link__connection_id",
)  # fmt: skip
Theirs = dict[UUID, TheirDocument]
BOTH_CHANGED = "Changed here and in Xero"


@dataclass(frozen=True, slots=True)
class Held:
    """One document of ours. `held_back` says why it is not sent at this revision, empty when it is not."""

    pk: int
    number: str
    row: Row
    xero_id: UUID | None
    is_pending: bool
    held_back: str


@dataclass
class Ours:
    """Our documents of a window by id. Not models: a day of rents can be ten thousand of them."""

    by_id: dict[int, Held] = field(default_factory=dict)
    by_xero_id: dict[UUID, Held] = field(default_factory=dict)

    @property
    def rows(self) -> Iterator[Row]:
        return (held.row for held in self.by_id.values())


def read_theirs(work: Work, begun: Begun) -> Theirs:
    """Invoices without lines, a thousand a call; what is unreadable is set aside by the pull.

    Raises TooMuch where it has to be done for fewer days.
    """
    for endpoint, params in SOURCES.items():
        while (spot := begun.spot(endpoint)) is not None:
            page = _page(work, endpoint, begun, spot, params)
            begun.count(len(page.records), page.item_count if spot.page == 1 else None)
            for record in page.records:
                _take(begun, endpoint, record)
            begun.spots[endpoint] = spot_after(spot, page, PAGE_SIZE)
    return begun.listed


def _take(begun: Begun, endpoint: str, record: Any) -> None:
    try:
        theirs = read_document(record)
    except UnreadableRecord:
        return
    begun.listed[theirs.xero_id] = theirs
    if endpoint in WITH_LINES:
        begun.keep_whole(theirs.xero_id, record)


def _page(work: Work, endpoint: str, begun: Begun, spot: Spot, params: dict[str, str]) -> PageShape:
    work.before_call()
    with work.gate.followed_by(0 if begun.calls else begun.room):
        return work.books.list(
            endpoint,
            modified_since=spot.since,
            page=spot.page,
            page_size=PAGE_SIZE,
            where=dated(begun.window.start, begun.window.end),
            order=ORDER,
            params=params,
        )


def read_ours(work: Work, window: Window) -> Ours:
    """All that are approved or ended, but for excluded ones and those whose delivery is open."""
    scope = work.scope
    rows = Document.objects.filter(company=scope.company, date__gte=window.start)
    rows = rows.filter(date__lt=window.end) if window.end else rows
    return ours_of(work, rows.values_list("pk", flat=True))


def ours_of(work: Work, wanted: Any) -> Ours:
    rows = Document.objects.filter(pk__in=wanted).exclude(status__in=STAY_HERE)
    rows = rows.filter(link__excluded_at__isnull=True)
    open_ones = DeliveryItem.objects.filter(is_open=True, document__isnull=False).values("document")
    found = Ours()
    for values in rows.exclude(pk__in=open_ones).values(*COLUMNS).iterator():
        held = _held(values, work.scope.connection.pk)
        found.by_id[held.pk] = held
        if held.xero_id is not None:
            found.by_xero_id[held.xero_id] = held
    return found


def _held(values: dict[str, Any], connection_id: int) -> Held:
    is_linked = values["contact__link__connection_id"] == connection_id
    is_pending = values["revision"] != values["shared_revision"]
    is_blocked = is_pending and values["link__blocked_revision"] == values["revision"]
    return Held(
        pk=values["pk"],
        number=values["number"],
        row=our_row(values, values["contact__link__xero_id"] if is_linked else None),
        xero_id=values["link__xero_id"],
        is_pending=is_pending,
        held_back=(values["link__problem__says"] or BOTH_CHANGED) if is_blocked else "",
    )
