"""Documents that Xero refused, as the engine leaves them."""

from datetime import timedelta

from django.db import transaction

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document, DocumentEvent
from released.clock import now
from sync.causes import refusal_of
from sync.models import DocumentLink
from sync.problems import block_document
from tests.factories import document

ARCHIVED = "Account code '310' is not a valid code for this document."


def refuse(
    connection: Connection,
    author: User | None,
    *,
    says: str = ARCHIVED,
    ago: timedelta = timedelta(minutes=5),
) -> Document:
    """One that the author raised and that Xero did not take."""
    with transaction.atomic():
        made = document(connection.company)
        Document.objects.filter(pk=made.pk).update(created_by=author)
    link = DocumentLink.objects.create(document=made, connection=connection)
    refuse_again(link, says=says, ago=ago)
    return made


def refuse_again(link: DocumentLink, *, says: str = ARCHIVED, ago: timedelta = timedelta(0)) -> None:
    link.refresh_from_db()
    block_document(link, link.document, link.document.revision, refusal_of([says]))
    DocumentEvent.objects.filter(document=link.document, what="refused").update(at=now() - ago)
