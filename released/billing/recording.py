"""Raising and changing documents: the only door through which a person's work reaches the rows.

Every use case asks for the permission itself, works on the locked row, and writes revision,
event and bell in one transaction, so that sync can never miss a change or see half of one.
Changes that come from the books elsewhere have a door of their own (`released.billing.outside`).
"""

from django.db import transaction

from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import APPROVE, EDIT
from released.billing.completeness import missing, missing_details
from released.billing.contents import Contents, contents_of
from released.billing.describing import changes
from released.billing.editing import Extent, editable, facts_of, may_approve, may_delete, may_void
from released.billing.errors import Incomplete, NotAllowedNow
from released.billing.history import note_event, ring
from released.billing.models import Document, Kind, Status
from released.billing.numbering import take_number
from released.billing.writing import locked, mark_changed, write_contents, write_details
from released.clock import now
from released.portfolio.models import Company


@transaction.atomic
def raise_document(
    company: Company, kind: Kind, contents: Contents, *, by: User, currency: str | None = None
) -> Document:
    """A new draft with the company's next local number.

    In the company's currency unless told otherwise: a credit note is in that of what it credits.
    Raises PermissionDenied, OfAnotherCompany, UnknownTaxType.
    """
    require(by, EDIT, company)
    number = take_number(company)
    document = Document(
        company=company,
        kind=kind,
        local_number=number,
        number=str(number),
        currency=currency or company.currency,
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
    _write_changed(fresh, before, contents)
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
    _refuse(missing(fresh.sort, contents_of(fresh), fresh.total))
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


def _write_changed(document: Document, before: Contents, after: Contents) -> None:
    """Lines that stay as they are keep their amounts: the books elsewhere may know more than we can reckon.

    A line that only describes and a tax type that is not in our list come from there.
    """
    is_approved = document.status == Status.AUTHORISED
    if (before.lines, before.line_amount_types) == (after.lines, after.line_amount_types):
        write_details(document, after)
        _refuse(missing_details(document.sort, after) if is_approved else [])
        return
    write_contents(document, after)
    _refuse(missing(document.sort, after, document.total, before.lines) if is_approved else [])


def _refuse(lacks: list[str]) -> None:
    if lacks:
        raise Incomplete(" ".join(lacks))


def _require_editable(document: Document, before: Contents, after: Contents) -> None:
    answer = editable(facts_of(document))
    allowed = {"reference", "due_date"} if answer.extent == Extent.REFERENCE_AND_DUE_DATE else set()
    if answer.extent != Extent.ALL and any(
        getattr(before, name) != getattr(after, name) for name in vars(before) if name not in allowed
    ):
        raise NotAllowedNow(answer.why)
