"""A contact that was merged into another in Xero: what waits for it here goes to the other.

What Xero holds it hands over itself, and its documents are read again (docs/xero.md C29). Ours that it
never had would be refused for ever, and nobody can restore a merged contact there.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from released.billing.history import note_event
from released.billing.models import Document
from released.billing.outside import take_over
from released.portfolio.models import Contact
from released.portfolio.outside import agree_contact, hand_over_tenancies
from sync.conditions import ENDED, NOT_THERE, on_its_way
from sync.models import ContactLink, DocumentLink, Problem
from sync.problems import unblock
from sync.scope import Scope
from sync.theirs import TheirContact


def follow_merged(scope: Scope, reads: Iterable[TheirContact]) -> None:
    """In the caller's transaction, once the contacts of this page are linked."""
    into = {one.xero_id: one.merged_to for one in reads if one.merged_to}
    if not into:
        return
    last = {xero_id: _last(into, xero_id) for xero_id in into}
    rows = ContactLink.objects.filter(connection=scope.connection, xero_id__in={*last, *last.values()})
    links = {link.xero_id: link for link in rows.select_related("contact", "problem") if link.xero_id}
    for xero_id, successor in last.items():
        merged, kept = links.get(xero_id), links.get(successor)
        if merged is not None and kept is not None and not kept.contact.is_archived and merged != kept:
            _hand_over(merged, kept.contact)


def _last(into: Mapping[UUID, UUID], xero_id: UUID) -> UUID:
    """Where a chain of merges ends; in a circle, which Xero has none of, anywhere."""
    seen = {xero_id}
    while (following := into.get(xero_id)) and following not in seen:
        xero_id = following
        seen.add(xero_id)
    return xero_id


def _hand_over(merged: ContactLink, successor: Contact) -> None:
    for document in _never_sent(merged.contact):
        columns = {"contact_id": successor.pk}
        take_over(document, revision=document.revision, columns=columns, lines=None, agrees=False)
        says = f"Now for {successor.name}, into which {merged.contact.name} was merged in Xero"
        note_event(document, "contact_merged", says, detail={"revision": document.revision})
        for link in DocumentLink.objects.filter(document=document).select_related("problem"):
            _no_longer_refused(link)
    hand_over_tenancies(merged.contact, successor)
    agree_contact(merged.contact_id, revision=merged.contact.revision)  # Xero takes no edit of it any more
    _no_longer_refused(merged)


def _never_sent(contact: Contact) -> list[Document]:
    """Drafts too. Not what may be in Xero already: that is compared as it was sent."""
    rows = (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .filter(contact=contact)
        .filter(NOT_THERE)
    )
    rows = rows.exclude(ENDED).exclude(link__problem__cause=Problem.Cause.AMBIGUOUS).exclude(on_its_way())
    return list(rows.order_by("pk"))


def _no_longer_refused(link: DocumentLink | ContactLink) -> None:
    if link.problem is not None and link.problem.cause in (
        Problem.Cause.ARCHIVED_CONTACT,
        Problem.Cause.CONTACT,
    ):
        unblock(link)
