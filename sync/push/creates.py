"""New documents: by PUT alone, since POST with a number that exists would overwrite another document.

A document is created without a number where the company takes Xero's: then Xero gives one and we
adopt it. The invoice carries an address of ours, by which it is found if the answer is lost.
"""

from sync.canonical import NOT_THERE, names_of
from sync.deliveries.lost import apart
from sync.deliveries.saving import Parcel, save
from sync.matching.translating import outward
from sync.models import Delivery, DocumentLink
from sync.pending import at
from sync.pull.known import Known, load
from sync.push.batching import MOST, fit
from sync.push.contacts import bring_contacts
from sync.push.shipping import ship
from sync.scope import marker_of
from sync.wire.outgoing import Outgoing, document_payload
from sync.work import Work


def push_creates(work: Work, endpoint: str) -> bool:
    """One batch. False when nothing was left to create."""
    rows = at(work.to_send(), endpoint, is_create=True)
    chosen = list(rows.values_list("pk", "contact_id")[:MOST])
    if not chosen:
        return False
    documents = [document for document, _ in chosen]
    bring_contacts(work, [contact for _, contact in chosen], documents)
    delivery = _save(work, endpoint, documents)
    if delivery is not None:
        ship(work, delivery, lambda most: _save(work, endpoint, documents, most))
    return delivery is not None or rows.filter(pk__in=documents).count() < len(documents)


def _save(work: Work, endpoint: str, wanted: list[int], most: int = MOST) -> Delivery | None:
    """Decide again under the documents' locks, and save what is still to be created."""
    with work.settling("push.saved"):
        still = at(work.to_send(), endpoint, is_create=True).filter(pk__in=wanted)
        links = [_link(work, pk) for pk in still.values_list("pk", flat=True)]
        known = [one for one in load(work.scope, links) if not one.ours.contact.startswith(NOT_THERE)]
        parcels = fit(endpoint, apart("document", [_parcel(work, one) for one in known])[:most])
        if not parcels:
            return None
        return save(work.scope, "PUT", endpoint, parcels, is_create=True)


def _link(work: Work, document_id: int) -> DocumentLink:
    link, _ = DocumentLink.objects.get_or_create(
        document_id=document_id, defaults={"connection": work.scope.connection}
    )
    return link


def _parcel(work: Work, known: Known) -> Parcel:
    document, names = known.document, frozenset(names_of(known.ours))
    keys = tuple(str(line.key) for line in known.lines)
    sent = Outgoing(
        kind=document.sort,
        fields=outward(work.scope.words, known.ours),
        names=names,
        number="" if work.scope.takes_xero_numbers else document.number,
        url=marker_of(document),
        line_keys=keys,
    )
    return Parcel(document, known.ours, names, document_payload(sent), keys)
