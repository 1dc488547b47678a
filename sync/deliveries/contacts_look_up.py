"""Looks up contacts that may have been created: active names are unique in Xero, so the name finds them."""

from sync.deliveries.lost import give_up, note_lost
from sync.deliveries.settling import close_if_done, close_item
from sync.deliveries.settling_contacts import take_link
from sync.models import ContactLink, Delivery
from sync.theirs import TheirContact
from sync.wire.contacts import read_contact
from sync.wire.values import UnreadableRecord
from sync.work import Work


def look_up_contacts(work: Work, delivery: Delivery) -> None:
    """One call for each name; there are few, and names are compared by Xero in any case."""
    found: dict[str, TheirContact] = {}
    for item in delivery.items.filter(is_open=True):
        name = str(item.sent["fields"]["name"])
        theirs = find_by_name(work, name)
        if theirs is not None:
            found[name] = theirs
    with work.settling("push.looked_up"):
        note_lost(delivery)
        for item in delivery.items.filter(is_open=True).select_related("contact"):
            theirs = found.get(str(item.sent["fields"]["name"]))
            if theirs is None or item.contact is None:
                close_item(item)
                give_up(work.scope, item)
                continue
            link, _ = ContactLink.objects.get_or_create(
                contact=item.contact, defaults={"connection": work.scope.connection}
            )
            take_link(link, item, theirs)
        close_if_done(delivery)


def find_by_name(work: Work, name: str) -> TheirContact | None:
    """The active contact of that name in Xero."""
    work.before_call()
    quoted = name.replace('"', '\\"')
    page = work.books.list("Contacts", where=f'Name == "{quoted}"')
    for record in page.records:
        try:
            theirs = read_contact(record)
        except UnreadableRecord:
            continue
        if not theirs.is_archived and theirs.fields.name.lower() == name.lower():
            return theirs
    return None
