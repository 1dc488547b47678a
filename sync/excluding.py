"""Keeping a document out of sync, and taking it in again. The link stays, so nothing is ever doubled."""

from django.db import transaction

from integrations.models import Connection
from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import RESOLVE
from released.billing.history import note_event
from released.billing.models import Document
from released.billing.outside import ask_again
from released.clock import now
from sync import problems
from sync.conflicts import close_unneeded
from sync.models import DocumentLink, Problem
from sync.order import hold
from sync.pairs.blocking import hold_or_let_go
from sync.signals import ring


@transaction.atomic
def exclude_document(document: Document, *, by: User) -> None:
    """From now on neither side's changes are shared. Raises PermissionDenied; twice changes nothing.

    Whether Xero has it already stays a question, or including it again would send it a second time unasked.
    A conflict is none for as long as nothing is shared; including reads it again, and finds it again.
    """
    require(by, RESOLVE, document.company)
    link = _link(document)
    if link is None or link.excluded_at is not None:
        return
    if link.problem is None or link.problem.cause != Problem.Cause.AMBIGUOUS:
        problems.unblock(link)
        close_unneeded(link)
    link.excluded_at, link.excluded_by = now(), by
    link.save(update_fields=["excluded_at", "excluded_by"])
    note_event(document, "excluded", f"{by} excluded it from sync", by=by)


@transaction.atomic
def include_document(document: Document, *, by: User) -> None:
    """It is shared again, edits made meanwhile included. Raises PermissionDenied; twice changes nothing.

    Pulls have passed over what changed in Xero meanwhile. So one that is there becomes pending: before
    anything is sent, it is read again by its id, and where nothing of ours changed nothing is sent.
    """
    require(by, RESOLVE, document.company)
    link = _link(document)
    if link is None or link.excluded_at is None:
        return
    link.excluded_at, link.excluded_by = None, None
    link.save(update_fields=["excluded_at", "excluded_by"])
    if link.xero_id is not None:
        ask_again(document.pk)
    hold_or_let_go(link.connection, [document.pk])
    note_event(document, "included", f"{by} included it in sync again", by=by)
    ring(link.connection_id)


def _link(document: Document) -> DocumentLink | None:
    """The link under lock; made if there is none yet. None when the company has no connection to speak of."""
    connection = Connection.objects.filter(company=document.company_id).first()
    if connection is None:
        return None
    hold([document.pk])
    DocumentLink.objects.get_or_create(document=document, defaults={"connection": connection})
    return DocumentLink.objects.select_for_update().get(document=document)
