"""Writes what happens to a document: its event, and the bell after commit."""

from functools import partial
from typing import Any

from django.db import transaction

from released.accounts.models import User
from released.billing.models import Document, DocumentEvent
from released.billing.signals import document_changed
from released.clock import now

SAYS_AT_MOST = 500


def note_event(
    document: Document, what: str, says: str, *, by: User | None = None, detail: dict[str, Any] | None = None
) -> DocumentEvent:
    """One entry of the timeline; call it in the transaction of what it tells of."""
    says = says if len(says) <= SAYS_AT_MOST else says[: SAYS_AT_MOST - 1] + "…"
    return DocumentEvent.objects.create(
        document=document, at=now(), actor=by, what=what, says=says, detail=detail or {}
    )


def ring(document: Document) -> None:
    """Announce the change once it is committed. A deaf listener must not undo what a person saved."""
    send = partial(
        document_changed.send_robust, Document, document_id=document.pk, company_id=document.company_id
    )
    transaction.on_commit(send, robust=True)
