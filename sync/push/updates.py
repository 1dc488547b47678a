"""Changes of documents that Xero has: read again, decided again, and only what changed is sent.

Between our last reading and now somebody may have worked in Xero. So the documents of a batch are
read once more first, whatever they hold is merged or becomes a conflict, and only then is our
change sent (design.md, Sync). The small window between that reading and the sending is left.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F

from integrations.xero.errors import NotFound
from released.billing.models import Document
from sync.canonical import NOT_THERE
from sync.causes import refusal_of
from sync.decide import decide
from sync.deliveries.lost import apart
from sync.deliveries.saving import Parcel, save
from sync.matching.translating import outward
from sync.models import Delivery, DocumentLink, SetAside
from sync.order import hold
from sync.pending import at
from sync.problems import block_document
from sync.pull.applying import apply_records
from sync.pull.import_new import stream_at
from sync.pull.known import Known, load
from sync.push.batching import MOST, fit, most_changed
from sync.push.by_ids import by_ids
from sync.push.contacts import bring_contacts
from sync.push.shipping import ship
from sync.runs import count_push
from sync.wire.discounts import Discount, discounts_in
from sync.wire.outgoing import Outgoing, document_payload
from sync.work import Work

GONE = "The document can’t be read in Xero any more."
ID_NAMES = ("InvoiceID", "CreditNoteID")


def push_updates(work: Work, endpoint: str) -> bool:
    """One batch. False when nothing was left to update."""
    rows = at(work.to_send(), endpoint, is_create=False)
    chosen = list(rows.values_list("pk", "contact_id", "link__xero_id")[: most_changed(endpoint)])
    if not chosen:
        return False
    documents = [row[0] for row in chosen]
    bring_contacts(work, [row[1] for row in chosen], documents)
    with work.gate.together():
        records = read_again(work, endpoint, [row[2] for row in chosen])
        there = discounts_in(records)
        delivery = _save(work, endpoint, documents, records, there)
        if delivery is not None:
            ship(work, delivery, lambda most: _save(work, endpoint, documents, None, there, most))
    return delivery is not None or _left(work, endpoint, documents) < len(documents)


def _left(work: Work, endpoint: str, wanted: Sequence[int]) -> int:
    return at(work.to_send(), endpoint, is_create=False).filter(pk__in=wanted).count()


def read_again(work: Work, endpoint: str, ids: Sequence[Any]) -> list[dict[str, Any]]:
    """The documents as they are in Xero now: one call for invoices; credit notes have no list by ids."""
    if endpoint == "Invoices":
        return list(by_ids(work, ids))
    after = range(len(ids), 0, -1)
    found = (_one(work, endpoint, xero_id, calls) for xero_id, calls in zip(ids, after, strict=True))
    return [record for record in found if record]


def _one(work: Work, endpoint: str, xero_id: Any, calls_after: int) -> dict[str, Any] | None:
    work.before_call()
    try:
        with work.gate.followed_by(calls_after):
            return work.books.get(endpoint, xero_id)
    except NotFound:
        return None


def _save(
    work: Work,
    endpoint: str,
    wanted: list[int],
    records: list[dict[str, Any]] | None,
    there: Mapping[str, Discount],
    most: int = MOST,
) -> Delivery | None:
    """Apply what was read, and save what is then still ours to send, in one transaction.

    Without `records` it was read just before. Read and nothing answered is no such thing.
    """
    with work.settling("push.saved"):
        if records is not None:
            hold(wanted)
            apply_records(work.scope, stream_at(endpoint), records)
            _block_unread(work, wanted, records)
        rows = at(work.to_send(), endpoint, is_create=False).filter(pk__in=wanted)
        still = set(rows.values_list("pk", flat=True))
        if records is not None:
            count_push(work.run, pushed=_agreed(set(wanted) - still))
        known = load(work.scope, DocumentLink.objects.filter(document__in=still))
        found = [parcel for one in known if (parcel := _parcel(work, one, there))]
        parcels = fit(endpoint, apart("document", found)[:most])
        if not parcels:
            return None
        return save(work.scope, "POST", endpoint, parcels, is_create=False)


def _agreed(documents: set[int]) -> int:
    """How many turned out to be the same on both sides, with nothing to send."""
    return Document.objects.filter(pk__in=documents, revision=F("shared_revision")).count()


def _parcel(work: Work, known: Known, there: Mapping[str, Discount]) -> Parcel | None:
    """Only the fields that differ from what was agreed; lines with all the ids that Xero still has."""
    base = known.base
    if base is None:
        return None
    names = decide(base, known.ours, base.theirs).push
    if not names or known.ours.contact.startswith(NOT_THERE):
        return None
    keys = tuple(str(line.key) for line in known.lines) if "lines" in names else ()
    sent = Outgoing(
        kind=known.document.sort,
        fields=outward(work.scope.words, known.ours, base),
        names=names,
        xero_id=known.link.xero_id,
        line_keys=keys,
        line_ids=known.link.line_ids,
        discounts=there,
    )
    return Parcel(known.document, known.ours, names, document_payload(sent), keys)


def _block_unread(work: Work, wanted: Sequence[int], records: Sequence[Any]) -> None:
    """Asked for by id and not answered, or not readably: nothing is sent over what we have not seen."""
    read = {str(record.get(ID_NAMES[0]) or record.get(ID_NAMES[1])).lower() for record in records}
    aside = SetAside.objects.filter(
        connection=work.scope.connection, reason=SetAside.Reason.UNREADABLE, xero_id__in=read
    )
    read -= set(aside.values_list("xero_id", flat=True))
    for link in DocumentLink.objects.filter(document__in=wanted).select_related("document"):
        if str(link.xero_id) not in read:
            block_document(link, link.document, link.document.revision, refusal_of([GONE]))
