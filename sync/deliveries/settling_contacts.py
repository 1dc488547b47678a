"""Settles a contact that was sent: linked, agreed to, or refused with a problem of its own."""

from typing import Any
from uuid import UUID

from released.portfolio.outside import agree_contact
from sync.canonical import ContactFields, freeze, thaw_contact
from sync.causes import refusal_of
from sync.deliveries.contents import Element
from sync.deliveries.matching import messages_of
from sync.models import ContactLink, DeliveryItem
from sync.problems import block_contact, unblock
from sync.scope import Scope
from sync.theirs import TheirContact
from sync.wire.contacts import read_contact
from sync.wire.values import UnreadableRecord


def settle_contact(scope: Scope, item: DeliveryItem, element: Element, *, is_create: bool) -> bool | None:
    """As `settling._settle_item`. A contact that a pull linked by its name meanwhile needs no creating."""
    if item.contact is None:
        return None
    link, _ = ContactLink.objects.get_or_create(
        contact=item.contact, defaults={"connection": scope.connection}
    )
    refused = messages_of(element)
    if refused:
        if link.xero_id is None or not is_create:
            block_contact(link, item.revision, refusal_of(refused, contact=item.contact.name))
        _close(item)
        return False
    try:
        theirs = read_contact(element)
    except UnreadableRecord:
        return None
    take_link(link, item, theirs)
    return True


def take_link(link: ContactLink, item: DeliveryItem, theirs: TheirContact) -> None:
    """The contact is in Xero: note its id, and move the bases by what was sent."""
    sent: dict[str, Any] = item.sent["fields"]
    before = link.base_ours or sent
    link.xero_id = UUID(str(theirs.xero_id))
    link.base_ours = before | sent
    held = thaw_contact(link.base_theirs) if link.base_theirs else theirs.fields
    answer = {name: getattr(theirs.fields, name) for name in sent}
    link.base_theirs = freeze(ContactFields(**(freeze(held) | answer)))
    link.save(update_fields=["xero_id", "base_ours", "base_theirs"])
    agree_contact(link.contact_id, revision=item.revision)
    unblock(link)
    _close(item)


def _close(item: DeliveryItem) -> None:
    item.is_open = False
    item.save(update_fields=["is_open"])
