"""An update whose answer was lost and which is in Xero all the same: its values are ours, nobody's there.

Without this a document that was edited here again meanwhile would seem changed on both sides, and a person
would be asked to choose between two values of our own (docs/protocols.md 2.8).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sync.canonical import DocumentFields, freeze, names_of, thaw_document
from sync.matching.translating import outward
from sync.models import Delivery, DeliveryItem, DocumentLink
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
    whole: DocumentFields = thaw_document(freeze(known.base.ours) | dict(sent))
    wanted = outward(work.scope.words, whole, known.base)
    return {
        name: sent[name]
        for name in names_of(whole)
        if name in sent
        and getattr(theirs.fields, name) == getattr(wanted, name) != getattr(known.base.theirs, name)
    }


def _readable(records: Iterable[Mapping[str, Any]]) -> Found:
    found: Found = {}
    for record in records:
        try:
            theirs = read_document(record)
        except (UnreadableRecord, AttributeError):
            continue
        found[str(theirs.xero_id)] = theirs
    return found
