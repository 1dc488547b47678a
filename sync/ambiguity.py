"""A create whose outcome even looking up could not settle: a visible problem, never a second sending.

Its candidates stay set aside until a person says that one of them is it, or that none is. Sending
again is then that person's explicit choice (docs/protocols.md 2.6).
"""

from collections.abc import Sequence

from django.db import transaction

from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import RESOLVE
from released.billing.history import note_event
from released.billing.models import Document
from released.clock import now
from sync.causes import Refusal
from sync.models import DeliveryItem, DocumentLink, Problem, SetAside
from sync.order import hold
from sync.pairs.apart import remember_apart
from sync.problems import block_document, close_if_empty
from sync.pull.import_new import stream_of
from sync.pull.reading import Read
from sync.scope import Scope
from sync.signals import ring
from sync.theirs import TheirDocument

SAYS = (
    "Xero’s answer was lost, and what is in Xero now may or may not be this document. "
    "Compare, then link it or send it again."
)


def call_ambiguous(scope: Scope, item: DeliveryItem, candidates: Sequence[Read[TheirDocument]]) -> None:
    document = item.document
    if document is None:
        return
    hold([document.pk])
    link, _ = DocumentLink.objects.get_or_create(document=document, defaults={"connection": scope.connection})
    refusal = Refusal(Problem.Cause.AMBIGUOUS.value, document.number, SAYS, "")
    block_document(link, document, item.revision, refusal)
    for read in candidates:
        SetAside.objects.update_or_create(
            connection=scope.connection,
            xero_id=str(read.theirs.xero_id),
            defaults={
                "stream": stream_of(read.theirs),
                "reason": SetAside.Reason.AMBIGUOUS,
                "payload": read.record,
                "document": document,
                "at": now(),
            },
        )


@transaction.atomic
def link_candidate(candidate: SetAside, *, by: User) -> None:
    """“This is it”: one document from now on; where they differ, the next read decides."""
    require(by, RESOLVE, candidate.connection.company)
    if candidate.document is None:
        return
    document = Document.objects.select_for_update(no_key=True).get(pk=candidate.document.pk)
    link = DocumentLink.objects.select_for_update().get(document=document)
    link.xero_id, link.base_ours, link.base_theirs = candidate.xero_id, None, None
    _unblock(link)
    note_event(document, "linked", f"{by} linked it with a document in Xero", by=by)
    _settle_candidates(candidate.connection_id, document)


@transaction.atomic
def send_again(document: Document, *, by: User) -> None:
    """“None of them is it”: it is sent once more, and the candidates become documents of their own."""
    require(by, RESOLVE, document.company)
    hold([document.pk])
    link = DocumentLink.objects.select_for_update().get(document=document)
    _unblock(link)
    seen = SetAside.objects.filter(connection=link.connection_id, document=document)
    remember_apart(document, link.connection, seen.values_list("xero_id", flat=True), by=by)
    note_event(document, "sent again", f"{by} had it sent again: it was not in Xero", by=by)
    _settle_candidates(link.connection_id, document)


def _unblock(link: DocumentLink) -> None:
    problem, link.problem, link.blocked_revision = link.problem, None, None
    link.save()
    if problem is not None:
        close_if_empty(problem)


def _settle_candidates(connection_id: int, document: Document) -> None:
    rows = SetAside.objects.filter(connection=connection_id, document=document)
    rows.update(reason=SetAside.Reason.CREATE_OPEN, document=None)
    ring(connection_id)
