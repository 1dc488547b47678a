"""Raising and changing documents: the only door through which a person's work reaches the rows.

Every use case asks for the permission itself, works on the locked row, and writes revision,
event and bell in one transaction, so that sync can never miss a change or see half of one.
Changes that come from the books elsewhere have a door of their own (`released.billing.outside`).
"""

from django.db import transaction

from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import APPROVE, EDIT
from released.billing.completeness import missing
from released.billing.contents import Contents, contents_of
from released.billing.describing import changes
from released.billing.editing import Extent, editable, facts_of, may_approve, may_delete, may_void
from released.billing.errors import Incomplete, NotAllowedNow
from released.billing.history import note_event, ring
from released.billing.models import Document, Kind, Status
from released.billing.numbering import take_number
from released.billing.writing import locked, mark_changed, write_contents
from released.clock import now
from released.portfolio.models import Company


@transaction.atomic
def raise_document(company: Company, kind: Kind, contents: Contents, *, by: User) -> Document:
    """A new draft with the company's next local number.

    Raises PermissionDenied, OfAnotherCompany, UnknownTaxType.
    """
    require(by, EDIT, company)
    number = take_number(company)
    document = Document(
        company=company,
        kind=kind,
        local_number=number,
        number=str(number),
        currency=company.currency,
        created_by=by,
        created_at=now(),
    )
    write_contents(document, contents)
    note_event(document, "raised", f"Draft entered by {by}", by=by, detail={"revision": document.revision})
    ring(document)
    return document


@transaction.atomic
def edit_document(document: Document, contents: Contents, *, by: User, revision: int) -> Document:
    """Change what the person saw at `revision`; saving the same again changes nothing.

    Raises PermissionDenied, ChangedMeanwhile, NotAllowedNow, Incomplete (of an approved document),
    OfAnotherCompany, UnknownTaxType.
    """
    require(by, EDIT, document.company)
    fresh = locked(document, revision=revision)
    before = contents_of(fresh)
    told = changes(before, contents)
    if not told:
        return fresh
    _require_editable(fresh, before, contents)
    write_contents(fresh, contents)
    if fresh.status == Status.AUTHORISED:
        _require_complete(fresh, contents)
    mark_changed(fresh, "edited", f"Edited by {by}: {'; '.join(told)}", by=by)
    return fresh


@transaction.atomic
def approve_document(document: Document, *, by: User, revision: int | None = None) -> Document:
    """From now on it counts, and goes to the books elsewhere.

    Raises PermissionDenied, ChangedMeanwhile, NotAllowedNow, Incomplete.
    """
    require(by, APPROVE, document.company)
    fresh = locked(document, revision=revision)
    if not may_approve(facts_of(fresh)):
        raise NotAllowedNow(f"This document is {fresh.get_status_display().lower()} already.")
    _require_complete(fresh, contents_of(fresh))
    fresh.status = Status.AUTHORISED
    mark_changed(fresh, "approved", f"Approved by {by}", by=by)
    return fresh


@transaction.atomic
def void_document(document: Document, *, by: User, revision: int | None = None) -> Document:
    """Undo an approved document for good. Raises PermissionDenied, ChangedMeanwhile, NotAllowedNow."""
    require(by, APPROVE, document.company)
    fresh = locked(document, revision=revision)
    if not may_void(facts_of(fresh)):
        raise NotAllowedNow("Only an approved document without payments or credits can be voided.")
    return _end(fresh, Status.VOIDED, f"Voided by {by}", by=by)


@transaction.atomic
def delete_document(document: Document, *, by: User, revision: int | None = None) -> Document:
    """Drop a draft; its number is not given again. Raises as `void_document` does."""
    require(by, EDIT, document.company)
    fresh = locked(document, revision=revision)
    if not may_delete(facts_of(fresh)):
        raise NotAllowedNow("Only a draft can be deleted. Void an approved document instead.")
    return _end(fresh, Status.DELETED, f"Deleted by {by}", by=by)


def _end(document: Document, status: Status, says: str, *, by: User) -> Document:
    document.status = status
    document.amount_due = document.amount_due * 0
    mark_changed(document, status.label.lower(), says, by=by)
    return document


def _require_complete(document: Document, contents: Contents) -> None:
    lacks = missing(document.sort, contents, document.total)
    if lacks:
        raise Incomplete(" ".join(lacks))


def _require_editable(document: Document, before: Contents, after: Contents) -> None:
    answer = editable(facts_of(document))
    allowed = {"reference", "due_date"} if answer.extent == Extent.REFERENCE_AND_DUE_DATE else set()
    if answer.extent != Extent.ALL and any(
        getattr(before, name) != getattr(after, name) for name in vars(before) if name not in allowed
    ):
        raise NotAllowedNow(answer.why)
