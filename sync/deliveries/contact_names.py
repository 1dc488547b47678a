"""Which active contact of Xero's bears a name. Xero is asked for the name itself where that can be asked.

How a filter spells a quotation mark inside a text is not known (docs/xero.md C23), so names that hold one are
never asked for: the contacts that changed lately are listed, and compared here. So are those whose filter
Xero refuses; a name that it cannot read must not stop everything else of its company.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from integrations.xero.errors import Refused
from released.portfolio.folding import fold_name
from sync.edge import PageShape
from sync.models import ContactLink, Delivery, PullPlace
from sync.models.place import Stream
from sync.pull.listing import ORDER, PAGE_SIZE, spot_after
from sync.pull.planner import Spot, begin
from sync.theirs import TheirContact
from sync.wire.contacts import read_contact
from sync.wire.values import UnreadableRecord
from sync.work import Work

BEFORE = timedelta(hours=1)  # their clock may differ from ours
NOT_TO_QUOTE = ('"', "\\")


@dataclass
class ContactNames:
    """For one look-up. What is sought came to bear its name after `since`; None: at any time."""

    work: Work
    since: datetime | None
    _listed: dict[str, TheirContact] | None = field(default=None, init=False)

    @classmethod
    def since_sending(cls, work: Work, delivery: Delivery) -> "ContactNames":
        """What the delivery made is no older than its first sending."""
        return cls(work, (delivery.first_sent_at - BEFORE).replace(microsecond=0))

    @classmethod
    def since_reading(cls, work: Work) -> "ContactNames":
        """What was there before our last reading was linked by its name then."""
        place = PullPlace.objects.filter(
            connection=work.scope.connection, stream=Stream.CONTACTS, slice_from=None
        ).first()
        return cls(work, begin(place.high_water).since if place else None)

    def find(self, name: str) -> TheirContact | None:
        """Names are compared without regard to case, as Xero does."""
        if any(sign in name for sign in NOT_TO_QUOTE):
            return self._among_listed(name)
        try:
            return self._asked_for(name)
        except Refused:
            return self._among_listed(name)

    def _asked_for(self, name: str) -> TheirContact | None:
        self.work.before_call()
        page = self.work.books.list("Contacts", where=f'Name == "{name}"')
        return _by_name(_active(page)).get(fold_name(name))

    def _among_listed(self, name: str) -> TheirContact | None:
        if self._listed is None:
            self._listed = self._list()
        return self._listed.get(fold_name(name))

    def _list(self) -> dict[str, TheirContact]:
        """Paged as a pull is, so that nothing moves past us. Of one met twice the later name counts."""
        found: dict[UUID, TheirContact] = {}
        spot: Spot | None = Spot(since=self.since)
        while spot is not None:
            self.work.before_call()
            page = self.work.books.list(
                "Contacts", modified_since=spot.since, page=spot.page, page_size=PAGE_SIZE, order=ORDER
            )
            found |= {theirs.xero_id: theirs for theirs in _active(page)}
            spot = spot_after(spot, page, PAGE_SIZE)
        return _by_name(found.values())


def is_taken(work: Work, theirs: TheirContact, *, by_other_than: int) -> bool:
    """Whether another contact of ours is linked to it already."""
    links = ContactLink.objects.filter(connection=work.scope.connection, xero_id=theirs.xero_id)
    return links.exclude(contact=by_other_than).exists()


def _active(page: PageShape) -> Iterator[TheirContact]:
    for record in page.records:
        try:
            theirs = read_contact(record)
        except UnreadableRecord:
            continue
        if not theirs.is_archived:
            yield theirs


def _by_name(contacts: Iterable[TheirContact]) -> dict[str, TheirContact]:
    return {fold_name(theirs.fields.name): theirs for theirs in contacts}
