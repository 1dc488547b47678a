"""Applies a page of Xero's documents to ours, in the caller's fenced transaction."""

from collections.abc import Iterable
from typing import Any

from sync.models import DeliveryItem, DocumentLink, SetAside
from sync.pull.applied import Applied
from sync.pull.apply_known import Outcome, apply_known
from sync.pull.import_new import import_new
from sync.pull.known import by_xero_id, load
from sync.pull.reading import Read, read_all
from sync.scope import Scope
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import Record


def apply_records(scope: Scope, stream: str, records: Iterable[Record]) -> Applied:
    """Raw records of invoices or credit notes, readable or not."""
    return apply_documents(scope, read_all(scope, stream, records, read_document))


def apply_documents(scope: Scope, reads: list[Read[TheirDocument]]) -> Applied:
    links = by_xero_id(scope, [read.theirs.xero_id for read in reads])
    on_their_way = _in_open_deliveries(links.values())
    theirs = {
        links[read.theirs.xero_id].document_id: read.theirs for read in reads if read.theirs.xero_id in links
    }
    quiet = [link for link in links.values() if link.document_id not in on_their_way]
    outcomes = [apply_known(scope, known, theirs[known.document.pk]) for known in load(scope, quiet)]
    _forget_set_aside(scope, [str(xero_id) for xero_id in links])
    made = import_new(scope, [read for read in reads if read.theirs.xero_id not in links])
    return Applied(
        read=len(reads),
        changed=made + outcomes.count(Outcome.CHANGED),
        conflicts=outcomes.count(Outcome.CONFLICT),
    )


def _in_open_deliveries(links: Iterable[DocumentLink]) -> set[Any]:
    """Their outcome is not known, so nothing can be decided about them; they are read again when it is."""
    ids = [link.document_id for link in links]
    rows = DeliveryItem.objects.filter(is_open=True, document__in=ids)
    return set(rows.values_list("document_id", flat=True))


def _forget_set_aside(scope: Scope, ids: list[str]) -> None:
    SetAside.objects.filter(connection=scope.connection, xero_id__in=ids).delete()
