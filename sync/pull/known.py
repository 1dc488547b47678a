"""Loads, and locks, what we hold of documents that Xero speaks of: some few queries for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import prefetch_related_objects

from released.billing.models import Document, LineItem, Settlement
from sync.canonical import DocumentFields, thaw_document
from sync.decide import Base
from sync.models import ContactLink, DocumentLink
from sync.ours import document_fields
from sync.scope import Scope


@dataclass
class Known:
    """A document with its link, as locked. `ours` is what it holds now."""

    link: DocumentLink
    document: Document
    ours: DocumentFields
    lines: list[LineItem]
    settlements: list[Settlement]

    @property
    def base(self) -> Base[DocumentFields] | None:
        if self.link.base_ours is None or self.link.base_theirs is None:
            return None
        return Base(thaw_document(self.link.base_ours), thaw_document(self.link.base_theirs))


def load(scope: Scope, links: Iterable[DocumentLink]) -> list[Known]:
    """Lock the documents in the order of their ids, so that two pages can never wait for each other."""
    by_document = {link.document_id: link for link in links}
    rows = Document.objects.select_for_update(no_key=True).filter(pk__in=by_document).order_by("pk")
    documents = list(rows)
    prefetch_related_objects(documents, "line_items", "settlements")
    contacts = contact_ids(scope, {document.contact_id for document in documents})
    return [_known(by_document[document.pk], document, contacts) for document in documents]


def contact_ids(scope: Scope, contacts: Iterable[int]) -> dict[int, UUID]:
    """{id of our contact: ContactID}, of those that Xero has."""
    rows = ContactLink.objects.filter(contact__in=list(contacts), connection=scope.connection)
    return {link.contact_id: link.xero_id for link in rows if link.xero_id}


def by_xero_id(scope: Scope, wanted: Iterable[UUID]) -> dict[UUID, DocumentLink]:
    rows = DocumentLink.objects.filter(connection=scope.connection, xero_id__in=list(wanted))
    return {link.xero_id: link for link in rows if link.xero_id}


def _known(link: DocumentLink, document: Document, contacts: dict[int, UUID]) -> Known:
    lines, settlements = list(document.line_items.all()), list(document.settlements.all())
    ours = document_fields(document, lines, contacts.get(document.contact_id))
    return Known(link, document, ours, lines, settlements)
