"""Finds contacts that are nearly namesakes, before the first push would make a second one of each in Xero.

Asked for once, where a person can answer: later every active contact of Xero's is here anyway.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from integrations.models import Connection
from integrations.xero.errors import AccessLost, XeroError
from released.clock import now
from released.portfolio.models import Contact
from sync.edge import Books
from sync.matching.near_names import Near, Person, near_ones
from sync.models import ContactLink, NearContact
from sync.pull.listing import told_by
from sync.pull.planner import is_last
from sync.theirs import TheirContact
from sync.wire.contacts import read_contact
from sync.wire.values import UnreadableRecord

PAGES, PAGE_SIZE = 3, 1000


def find_near(books: Books, connection: Connection) -> int:
    """Read some pages of Xero's active contacts and keep the pairs to ask about; how many there are.

    Raises AccessLost. Whatever else goes wrong, nothing is asked.
    """
    ours = _unlinked(connection)
    if not ours:
        return 0
    try:
        theirs = _theirs(books)
    except AccessLost:
        raise
    except XeroError:
        return 0
    taken = set(_links(connection).values_list("xero_id", flat=True))
    return _keep(connection, near_ones(ours, [one for one in theirs if one.id not in taken]))


def _theirs(books: Books) -> list[Person[UUID]]:
    found: list[Person[UUID]] = []
    for page in range(1, PAGES + 1):
        listed = books.list("Contacts", page=page, page_size=PAGE_SIZE)
        found += [
            Person(one.xero_id, one.fields.name, one.fields.email)
            for one in _readable(listed.records)
            if not one.is_archived
        ]
        if is_last(page, len(listed.records), PAGE_SIZE, told_by(listed)):
            break
    return found


def _readable(records: Sequence[Any]) -> list[TheirContact]:
    found = []
    for record in records:
        try:
            found.append(read_contact(record))
        except UnreadableRecord:
            continue
    return found


def _unlinked(connection: Connection) -> list[Person[int]]:
    """Of our contacts, those that would be made in Xero with their first document."""
    rows = Contact.objects.filter(company=connection.company_id, is_archived=False)
    rows = rows.exclude(pk__in=_links(connection).values("contact"))
    return [Person(*row) for row in rows.values_list("pk", "name", "email")]


def _links(connection: Connection) -> Any:
    return ContactLink.objects.filter(connection=connection, xero_id__isnull=False)


def _keep(connection: Connection, found: Sequence[Near]) -> int:
    """What somebody has decided stays decided."""
    moment = now()
    NearContact.objects.bulk_create(
        (
            NearContact(
                connection=connection,
                contact_id=near.ours.id,
                xero_id=near.theirs.id,
                name=near.theirs.name[:255],
                email=near.theirs.email[:255],
                reason=near.reason,
                at=moment,
            )
            for near in found
        ),
        ignore_conflicts=True,
    )
    return len(found)
