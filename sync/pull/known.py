"""Loads, and locks, what we hold of documents that Xero speaks of: some few queries for a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

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
    _thawed: tuple[Any, Any, Base[DocumentFields]] | None = None

    @property
    def base(self) -> Base[DocumentFields] | None:
        """Thawed once for as long as the link holds the same bases, and once when they are equal."""
        ours, theirs = self.link.base_ours, self.link.base_theirs
        if ours is None or theirs is None:
            return None
        if self._thawed is None or self._thawed[0] is not ours or self._thawed[1] is not theirs:
            thawed = thaw_document(ours)
            self._thawed = ours, theirs, Base(thawed, thawed if ours == theirs else thaw_document(theirs))
        return self._thawed[2]


def load(scope: Scope, links: Iterable[DocumentLink]) -> list[Known]:
    """Lock the documents in the order of their ids, so that two pages can never wait for each other."""
    by_document = {link.document_id: link for link in links}
    rows = Document.objects.select_for_update(no_key=True).filter(pk__in=by_document).order_by("pk")
    documents = list(rows)
    lines, settlements = _lines(by_document), _settlements(by_document)
    contacts = contact_ids(scope, {document.contact_id for document in documents})
    return [
        Known(
            link=by_document[document.pk],
            document=document,
            ours=document_fields(document, lines[document.pk], contacts.get(document.contact_id)),
            lines=lines[document.pk],
            settlements=settlements[document.pk],
        )
        for document in documents
    ]


def _lines(documents: Iterable[int]) -> dict[int, list[LineItem]]:
    """Grouped by hand: a prefetch costs more than its query for each of a page's documents."""
    found: dict[int, list[LineItem]] = defaultdict(list)
    for line in LineItem.objects.filter(document__in=documents).order_by("position"):
        found[line.document_id].append(line)
    return found


def _settlements(documents: Iterable[int]) -> dict[int, list[Settlement]]:
    found: dict[int, list[Settlement]] = defaultdict(list)
    for one in Settlement.objects.filter(document__in=documents):
        found[one.document_id].append(one)
    return found


def contact_ids(scope: Scope, contacts: Iterable[int]) -> dict[int, UUID]:
    """{id of our contact: ContactID}, of those that Xero has."""
    rows = ContactLink.objects.filter(contact__in=list(contacts), connection=scope.connection)
    return {link.contact_id: link.xero_id for link in rows if link.xero_id}


def by_xero_id(scope: Scope, wanted: Iterable[UUID]) -> dict[UUID, DocumentLink]:
    rows = DocumentLink.objects.filter(connection=scope.connection, xero_id__in=list(wanted))
    return {link.xero_id: link for link in rows if link.xero_id}
