"""An update whose answer was lost: what Xero holds now says whether it landed, and whether it was overtaken.

What landed is ours, nobody's there: else a document edited here again meanwhile would seem changed on both
sides, and a person would be asked to choose between two values of our own. What somebody has changed there
since is not written over by sending the update once more (docs/protocols.md 2.4, 2.8).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sync.canonical import DocumentFields, freeze, names_of, thaw_document
from sync.decide import Base
from sync.deliveries.sending import forget_key
from sync.matching.translating import outward
from sync.models import Delivery, DeliveryItem, DocumentLink
from sync.order import hold
from sync.pull.agreeing import agree_on
from sync.pull.known import Known, load
from sync.push.updates import read_again
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord
from sync.work import Work

Found = dict[str, TheirDocument]


def read_updated(work: Work, delivery: Delivery) -> Found:
    """Xero's documents as they are now, by id; one call for invoices. What can't be read is left out."""
    items = delivery.items.filter(is_open=True, document__link__xero_id__isnull=False)
    ids = list(items.values_list("document__link__xero_id", flat=True))
    return {} if not ids else _readable(read_again(work, delivery.endpoint, ids))


def is_overtaken(work: Work, delivery: Delivery) -> bool:
    """Whether somebody changed in Xero what this update would write over, were it sent once more."""
    found = read_updated(work, delivery)
    items = delivery.items.filter(is_open=True).values_list("document", "sent__fields")
    links = DocumentLink.objects.filter(document__in=[document for document, _ in items])
    by_document = {link.document_id: link for link in links}
    with work.settling("push.overtaken"):
        hold(by_document)
        for document, sent in items:
            theirs = found.get(str(by_document[document].xero_id)) if document in by_document else None
            if theirs is None or _is_changed(work, by_document[document], sent, theirs):
                forget_key(delivery)
                return True
    return False


def _is_changed(work: Work, link: DocumentLink, sent: Mapping[str, Any], theirs: TheirDocument) -> bool:
    """Xero holds neither what both last agreed to nor what was sent."""
    known = load(work.scope, [link])[0]
    if known.base is None:
        return True
    wanted, before = _wanted(work, known, known.base, sent), known.base.theirs
    present = ((name, getattr(theirs.fields, name)) for name in names_of(wanted) if name in sent)
    return any(value not in (getattr(before, name), getattr(wanted, name)) for name, value in present)


def take_as_ours(work: Work, item: DeliveryItem, found: Found) -> bool:
    """In the transaction that frees it: what Xero holds of what was sent is agreed to. False: nothing."""
    link = DocumentLink.objects.filter(document=item.document_id).first()
    theirs = found.get(str(link.xero_id)) if link else None
    if link is None or theirs is None:
        return False
    known = load(work.scope, [link])[0]
    landed = _landed(work, known, item.sent["fields"], theirs)
    if not landed:
        return False
    keys = item.sent["line_keys"] if "lines" in landed else []
    sent = {"fields": landed, "line_keys": keys}
    agree_on(work.scope.words, known, sent, theirs, is_create=False, answered=True)
    return True


def _landed(work: Work, known: Known, sent: Mapping[str, Any], theirs: TheirDocument) -> dict[str, Any]:
    """The sent fields that Xero did not hold when both last agreed, and holds now."""
    if known.base is None:
        return {}
    wanted = _wanted(work, known, known.base, sent)
    return {
        name: sent[name]
        for name in names_of(wanted)
        if name in sent
        and getattr(theirs.fields, name) == getattr(wanted, name) != getattr(known.base.theirs, name)
    }


def _wanted(work: Work, known: Known, base: Base[DocumentFields], sent: Mapping[str, Any]) -> DocumentFields:
    """What Xero would hold, in its own words, had the update been the only change."""
    return outward(work.scope.words, thaw_document(freeze(base.ours) | dict(sent)), base)


def _readable(records: Iterable[Mapping[str, Any]]) -> Found:
    found: Found = {}
    for record in records:
        try:
            theirs = read_document(record)
        except UnreadableRecord:
            continue
        found[str(theirs.xero_id)] = theirs
    return found
