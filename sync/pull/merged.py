"""A contact that was merged into another in Xero: what waits for it here goes to the other.

What Xero holds it hands over itself, and its documents are read again (docs/xero.md C29). Ours that it
never had would be refused for ever, and nobody can restore a merged contact there.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

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


def follow_merged(scope: Scope, reads: Collection[TheirContact]) -> None:
    """In the caller's transaction, once the contacts of this page are linked.

    The successor may be on a later page, or merged itself by then: where each of ours was merged is kept with
    its link, and what waits is handed over as soon as both are here, whichever is read last. What was on its
    way to Xero then follows once it is known not to be there.
    """
    links = ContactLink.objects.filter(connection=scope.connection)
    noted = links.filter(merged_to__isnull=False).values_list("xero_id", "merged_to")
    stored = {xero_id: merged_to for xero_id, merged_to in noted if xero_id}
    if not stored and not any(one.merged_to for one in reads):
        return
    page = {one.xero_id: one.merged_to for one in reads}
    ends = _ends(stored | page)
    moved = {one for one in page.keys() | stored.keys() if ends.get(one) != stored.get(one)}
    for xero_id in moved:
        links.filter(xero_id=xero_id).update(merged_to=ends.get(xero_id))
    left = noted.filter(Exists(_waiting().filter(contact=OuterRef("contact"))))
    touched = moved | page.keys() | {xero_id for xero_id, _ in left}
    _hand_over_all(links, {one: end for one, end in ends.items() if one in touched or end in page})


def _hand_over_all(links: QuerySet[ContactLink], due: Mapping[UUID, UUID]) -> None:
    rows = links.filter(xero_id__in={*due, *due.values()}).select_related("contact", "problem")
    by_id = {link.xero_id: link for link in rows}
    for xero_id, end in due.items():
        merged, kept = by_id.get(xero_id), by_id.get(end)
        if merged is not None and kept is not None and not kept.contact.is_archived:
            _hand_over(merged, kept.contact)


def _ends(into: Mapping[UUID, UUID | None]) -> dict[UUID, UUID]:
    """Where each merged contact's chain of merges ends; of a circle, which Xero has none of, nothing."""
    ends: dict[UUID, UUID] = {}
    for first in into:
        seen, at = {first}, into[first]
        while at is not None and at not in seen and (following := into.get(at)):
            seen.add(at)
            at = following
        if at is not None and at not in seen:
            ends[first] = at
    return ends


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
    rows = _waiting().select_for_update(of=("self",), no_key=True)
    return list(rows.filter(contact=contact).order_by("pk"))


def _waiting() -> QuerySet[Document]:
    """Drafts too. Not what may be in Xero already: that is compared as it was sent."""
    rows = Document.objects.filter(NOT_THERE).exclude(ENDED)
    return rows.exclude(link__problem__cause=Problem.Cause.AMBIGUOUS).exclude(on_its_way())


def _no_longer_refused(link: DocumentLink | ContactLink) -> None:
    if link.problem is not None and link.problem.cause in (
        Problem.Cause.ARCHIVED_CONTACT,
        Problem.Cause.CONTACT,
    ):
        unblock(link)
