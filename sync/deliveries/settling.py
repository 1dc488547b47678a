"""Settles a delivery with Xero's answer: links, bases, revisions, numbers; refusals become problems.

The base moves by the fields that were sent and only those. Whatever else Xero's answer says went
past us meanwhile, and goes through `decide` as theirs (docs/protocols.md 2.7).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from released.billing.history import note_event
from released.billing.outside import agree
from sync.causes import Refusal, refusal_of
from sync.deliveries.contents import Element
from sync.deliveries.expecting import expected_of
from sync.deliveries.matching import match, messages_of
from sync.deliveries.sending import note_answer
from sync.deliveries.settling_contacts import settle_contact
from sync.matching.refreshing import note_refused
from sync.models import Delivery, DeliveryItem, DocumentLink
from sync.order import hold
from sync.problems import block_document, unblock
from sync.pull.agreeing import agree_on
from sync.pull.apply_known import apply_known
from sync.pull.known import load
from sync.runs import count_push
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord
from sync.work import Work


def settle(work: Work, delivery: Delivery, elements: Sequence[Any]) -> None:
    """One transaction: every item whose element is certain is settled, the others stay open."""
    with work.settling("push.settle"):
        note_answer(delivery)
        items = list(delivery.items.filter(is_open=True).select_related("document", "contact"))
        hold_documents(items)
        readable = [element for element in elements if isinstance(element, dict)]
        found = match(expected_of(delivery, items), readable)
        pushed = refused = 0
        for item, element in zip(items, found, strict=True):
            settled = None if element is None else _settle_item(work, delivery, item, element)
            pushed += settled is True
            refused += settled is False
        close_if_done(delivery)
        if delivery.endpoint != "Contacts":
            count_push(work.run, pushed=pushed, refused=refused)


def hold_documents(items: Iterable[DeliveryItem]) -> None:
    """Before anything of them is settled (`sync.order`)."""
    hold(item.document_id for item in items if item.document_id is not None)


def close_if_done(delivery: Delivery) -> None:
    if not delivery.items.filter(is_open=True).exists():
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SETTLED, unanswered=0)


def close_item(item: DeliveryItem) -> None:
    item.is_open = False
    item.save(update_fields=["is_open"])


def _settle_item(work: Work, delivery: Delivery, item: DeliveryItem, element: Element) -> bool | None:
    """True if it is in Xero now, False if it was refused, None if that cannot be read and stays open."""
    if item.contact is not None:
        return settle_contact(work.scope, item, element, is_create=delivery.is_create)
    refused = messages_of(element)
    if refused:
        close_item(item)
        refuse(work, item, refused)
        return False
    try:
        theirs = read_document(element)
    except UnreadableRecord:
        return None
    close_item(item)
    settle_document(work, item, theirs, is_create=delivery.is_create, answered=True)
    return True


def refuse(work: Work, item: DeliveryItem, messages: Sequence[str]) -> None:
    if item.document is not None:
        refuse_because(work, item, refusal_of(messages, contact=item.document.contact.name))


def refuse_because(work: Work, item: DeliveryItem, refusal: Refusal) -> None:
    """The item's document joins the problem of this cause."""
    document = item.document
    if document is None:
        return
    link, _ = DocumentLink.objects.get_or_create(
        document=document, defaults={"connection": work.scope.connection}
    )
    block_document(link, document, item.revision, refusal)
    note_refused(work.scope.connection, refusal)


def settle_document(
    work: Work, item: DeliveryItem, theirs: TheirDocument, *, is_create: bool, answered: bool
) -> None:
    """The delivery's revision is agreed to. `answered`: Xero's own answer, else what a look-up found."""
    hold_documents([item])
    link = DocumentLink.objects.select_for_update(no_key=True).get(document=item.document_id)
    is_new = is_create and link.xero_id is None
    if is_new:
        link.xero_id = theirs.xero_id
    known = load(work.scope, [link])[0]
    agree_on(work.scope.words, known, item.sent, theirs, is_create=is_create, answered=answered)
    agree(known.document.pk, revision=item.revision)
    known.document.refresh_from_db(fields=["shared_revision"])
    unblock(link)
    apply_known(work.scope, known, theirs, always=True)
    if is_new:
        number = theirs.number or known.document.number
        note_event(known.document, "sent", f"In Xero as {number}", detail={"xero_id": str(theirs.xero_id)})
    else:
        note_event(
            known.document, "sent", "Change sent to Xero", detail={"fields": sorted(item.sent["fields"])}
        )
