"""Looks up what became of a delivery whose outcome stayed unknown, seven minutes after its last sending.

Nothing of it can be in flight any more. An update is freed: what Xero holds of it by now is agreed to, and
its document is read and decided again before anything is sent. A create is searched for among everything
that Xero has of its type since then, ended documents included.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sync.ambiguity import call_ambiguous
from sync.canonical import thaw_document
from sync.deliveries.contacts_look_up import look_up_contacts
from sync.deliveries.landed import read_updated, take_as_ours
from sync.deliveries.likeness import Sighting, Sought, sight
from sync.deliveries.lost import give_up, note_lost
from sync.deliveries.resting import heard
from sync.deliveries.sending import free
from sync.deliveries.settling import close_if_done, close_item, hold_documents, settle_document
from sync.models import Delivery, DeliveryItem
from sync.pull.known import by_xero_id
from sync.pull.listing import EVERY_STATUS, ORDER, PAGE_SIZE, spot_after
from sync.pull.planner import Spot
from sync.pull.reading import Read
from sync.scope import marker_of
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord
from sync.work import Work

BEFORE = timedelta(hours=1)  # their clock may differ from ours
ENDED = 'Status == "VOIDED" OR Status == "DELETED"'


def look_up(work: Work, delivery: Delivery) -> None:
    if not delivery.is_create:
        _free_update(work, delivery)
    elif delivery.endpoint == "Contacts":
        look_up_contacts(work, delivery)
    else:
        _look_up_documents(work, delivery)


def _free_update(work: Work, delivery: Delivery) -> None:
    found = {} if delivery.endpoint == "Contacts" else read_updated(work, delivery)
    with work.settling("push.freed"):
        items = list(delivery.items.filter(is_open=True).select_related("document", "contact"))
        hold_documents(items)
        heard(delivery)
        free(delivery)
        note_lost(delivery)
        for item in items:
            if not take_as_ours(work, item, found):
                give_up(work.scope, item)


def _look_up_documents(work: Work, delivery: Delivery) -> None:
    listed = _everything_since(work, delivery)
    with work.settling("push.looked_up"):
        heard(delivery)
        note_lost(delivery)
        items = list(delivery.items.filter(is_open=True).select_related("document__contact"))
        hold_documents(items)
        _settle_all(work, items, listed)
        close_if_done(delivery)


def _settle_all(work: Work, items: list[DeliveryItem], listed: "_Listed") -> None:
    """Those that are found first: what is one of ours for certain is no candidate for another."""
    unknown = unknown_among(work, listed.reads)
    sought = {item.pk: sought_of(item) for item in items}
    left = list(items)
    for is_last in (False, True):
        for item in tuple(left):
            others = [one.url for pk, one in sought.items() if pk != item.pk and one.url]
            seen = sight(sought[item.pk], [read.theirs for read in unknown], others)
            if is_last or seen.found is not None:
                _settle(work, item, seen, unknown, is_certain=not listed.unreadable)
                unknown = [read for read in unknown if read.theirs is not seen.found]
                left.remove(item)


def _settle(
    work: Work, item: DeliveryItem, seen: Sighting, unknown: list[Read[TheirDocument]], *, is_certain: bool
) -> None:
    """Found: settled. Not certain: a person decides. Not there: pending again, for a new delivery."""
    close_item(item)
    if seen.found is not None:
        settle_document(work, item, seen.found, is_create=True, answered=False)
    elif seen.candidates or not is_certain:
        call_ambiguous(work.scope, item, [read for read in unknown if read.theirs in seen.candidates])
    else:
        give_up(work.scope, item)


def unknown_among(work: Work, reads: list[Read[TheirDocument]]) -> list[Read[TheirDocument]]:
    """What is none of ours yet."""
    ids = [read.theirs.xero_id for read in reads]
    taken = by_xero_id(work.scope, ids)
    return [read for read in reads if read.theirs.xero_id not in taken]


def sought_of(item: DeliveryItem) -> Sought:
    """What to look for: all of it as it was sent, for the document may have been edited here since."""
    document, total = item.document, item.sent.get("total")
    if document is None:
        raise LookupError(f"{item} is no document")
    return Sought(
        kind=document.kind,
        fields=thaw_document(item.sent["fields"]),
        number=item.sent["number"],
        url="" if document.sort.is_credit else marker_of(document),
        total=None if total is None else Decimal(total),
    )


@dataclass
class _Listed:
    """What was read, by id, and whether something was there that could not be read."""

    by_id: dict[UUID, Read[TheirDocument]] = field(default_factory=dict)
    unreadable: bool = False

    @property
    def reads(self) -> list[Read[TheirDocument]]:
        return list(self.by_id.values())

    def add(self, record: Any) -> None:
        try:
            theirs = read_document(record)
        except UnreadableRecord:
            self.unreadable = True
        else:
            self.by_id[theirs.xero_id] = Read(record, theirs)


def _everything_since(work: Work, delivery: Delivery) -> _Listed:
    """All of the type that changed since, ended ones asked for by name."""
    found, since = _Listed(), (delivery.first_sent_at - BEFORE).replace(microsecond=0)
    if delivery.endpoint == "Invoices":
        _list(work, found, delivery.endpoint, since, params={"Statuses": EVERY_STATUS})
    else:
        _list(work, found, delivery.endpoint, since)
        _list(work, found, delivery.endpoint, since, where=ENDED)
    return found


def _list(work: Work, found: _Listed, endpoint: str, since: datetime, **narrowed: Any) -> None:
    """Paged as a pull is, so that nothing moves past us."""
    spot: Spot | None = Spot(since=since)
    while spot is not None:
        work.before_call()
        page = work.books.list(
            endpoint, modified_since=spot.since, page=spot.page, page_size=PAGE_SIZE, order=ORDER, **narrowed
        )
        for record in page.records:
            found.add(record)
        spot = spot_after(spot, page, PAGE_SIZE)
