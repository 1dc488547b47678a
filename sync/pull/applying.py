"""Applies a page of Xero's documents to ours, in the caller's fenced transaction."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Q

from released.billing.models import Document
from sync.models import DeliveryItem, DocumentLink, Problem, SetAside
from sync.order import hold
from sync.problems import unblock
from sync.pull.applied import Applied
from sync.pull.apply_known import Outcome, apply_known
from sync.pull.doubts import hold_doubtful
from sync.pull.import_new import import_new, stream_of
from sync.pull.known import by_xero_id, load
from sync.pull.reading import Read, keep_aside, read_all
from sync.pull.sparing import spare_the_rest
from sync.scope import Scope, uid_in
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import Record


def apply_records(scope: Scope, stream: str, records: Iterable[Record]) -> Applied:
    """Raw records of invoices or credit notes, readable or not."""
    return apply_documents(scope, read_all(scope, stream, records, read_document))


def apply_documents(scope: Scope, reads: Sequence[Read[TheirDocument]]) -> Applied:
    """All of them, but for what the database refuses."""

    def keep(read: Read[TheirDocument], why: str) -> None:
        keep_aside(scope, stream_of(read.theirs), read.record, why)

    return spare_the_rest(reads, partial(_apply, scope), keep)


def _apply(scope: Scope, reads: Sequence[Read[TheirDocument]]) -> Applied:
    recognise(scope, reads)
    links = by_xero_id(scope, [read.theirs.xero_id for read in reads])
    on_their_way = _in_open_deliveries(links.values())
    theirs = {
        links[read.theirs.xero_id].document_id: read.theirs for read in reads if read.theirs.xero_id in links
    }
    quiet = [link for link in links.values() if link.document_id not in on_their_way]
    outcomes = [apply_known(scope, known, theirs[known.document.pk]) for known in load(scope, quiet)]
    _forget_set_aside(scope, [str(xero_id) for xero_id in links])
    unknown = [read for read in reads if read.theirs.xero_id not in links]
    hold_doubtful(scope, unknown)
    made = import_new(scope, unknown)
    return Applied(
        read=len(reads),
        changed=made + outcomes.count(Outcome.CHANGED),
        conflicts=outcomes.count(Outcome.CONFLICT),
    )


def recognise(scope: Scope, reads: Sequence[Read[TheirDocument]]) -> None:
    """An unlinked document of ours whose address Xero's copy carries is that document.

    So nothing is doubled even where links were lost, as after a restored backup. While a create of
    it is open, the delivery settles it instead.
    """
    marked = {uid: read.theirs for read in reads if (uid := uid_in(read.theirs.url))}
    rows = Document.objects.filter(company=scope.company, uid__in=marked, shared_revision=0)
    rows = rows.filter(Q(link__isnull=True) | Q(_free(), link__xero_id__isnull=True, link__former_ids=[]))
    on_their_way = DeliveryItem.objects.filter(is_open=True, document__isnull=False).values("document")
    lost = list(rows.exclude(pk__in=on_their_way))
    hold(document.pk for document in lost)
    for document in lost:
        if not by_xero_id(scope, [marked[document.uid].xero_id]):
            link, _ = DocumentLink.objects.update_or_create(
                document=document,
                defaults={"xero_id": marked[document.uid].xero_id, "connection": scope.connection},
            )
            if link.problem is not None and link.problem.cause not in Problem.UNDECIDED:
                unblock(link)  # refused once, and sent after all in a time that our database has lost


def _free() -> Q:
    """Whatever it may have looked like: an address of ours says more than a likeness, or than a refusal."""
    return Q(link__problem__isnull=True) | ~Q(link__problem__cause=Problem.Cause.AMBIGUOUS)


def _in_open_deliveries(links: Iterable[DocumentLink]) -> set[Any]:
    """Their outcome is not known, so nothing can be decided about them; they are read again when it is."""
    ids = [link.document_id for link in links]
    rows = DeliveryItem.objects.filter(is_open=True, document__in=ids)
    return set(rows.values_list("document_id", flat=True))


def _forget_set_aside(scope: Scope, ids: list[str]) -> None:
    rows = SetAside.objects.filter(connection=scope.connection)
    if ids and rows.exists():
        rows.filter(xero_id__in=ids).delete()
