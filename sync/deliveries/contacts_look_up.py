"""Looks up contacts that may have been created: active names are unique in Xero, so the name finds them."""

from sync.deliveries.contact_names import ContactNames, is_taken
from sync.deliveries.lost import give_up, note_lost
from sync.deliveries.resting import heard
from sync.deliveries.settling import close_if_done, close_item
from sync.deliveries.settling_contacts import take_link
from sync.models import ContactLink, Delivery, DeliveryItem
from sync.theirs import TheirContact
from sync.work import Work


def look_up_contacts(work: Work, delivery: Delivery) -> None:
    """One call for each name, and what it says is kept at once.

    The minute may hold fewer calls than there are names, and the turn fewer seconds: the next one goes on
    with those that are left.
    """
    names = ContactNames.since_sending(work, delivery)
    for item in delivery.items.filter(is_open=True).select_related("contact"):
        if work.is_over:
            return
        theirs = names.find(str(item.sent["fields"]["name"]))
        with work.settling("push.looked_up"):
            heard(delivery)
            note_lost(delivery)
            _settle(work, item, theirs)
            close_if_done(delivery)


def _settle(work: Work, item: DeliveryItem, theirs: TheirContact | None) -> None:
    """Pending again where Xero has none of that name, or where another of ours is the one that it has."""
    if item.contact is None or theirs is None or is_taken(work, theirs, by_other_than=item.contact.pk):
        close_item(item)
        give_up(work.scope, item)
        return
    link, _ = ContactLink.objects.get_or_create(
        contact=item.contact, defaults={"connection": work.scope.connection}
    )
    take_link(link, item, theirs)
