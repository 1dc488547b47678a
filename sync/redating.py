"""Dating what a lock refuses on the first open day, all of a cause at once; then it is sent again.

Each document is changed as a person changes one (`released.billing.recording`), so that its revision, its
history and what Xero is told are those of any edit. Each by itself: what cannot be dated keeps none back, and
whoever is interrupted goes on with those that are left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import EDIT, RESOLVE
from released.billing.contents import contents_of
from released.billing.errors import BillingError, ChangedMeanwhile
from released.billing.models import Document, Status
from released.billing.recording import edit_document
from released.billing.writing import locked
from sync import problems
from sync.conditions import NOT_THERE, has_conflict
from sync.models import DocumentLink, Problem
from sync.preview import first_open_day


class LockMoved(Exception):
    """The first open day is not the one that the person was shown."""


@dataclass(frozen=True)
class Redated:
    """How many were dated anew, and of those that were not, which and why."""

    documents: int
    left: Sequence[str]


def open_day(problem: Problem) -> date | None:
    """The day after the latest lock that is known: of those read from Xero, and the one that it named.

    None when the problem is no lock, or no day of it is known.
    """
    if problem.cause != Problem.Cause.LOCK_DATE:
        return None
    days = [first_open_day(problem.connection), _day_after(problem.subject)]
    return max((day for day in days if day), default=None)


def redatable(problem: Problem, day: date) -> QuerySet[Document]:
    """Its documents that are still refused at this revision, and that another date would help.

    Not those that Xero holds in the locked time: it lets nobody move them out of it (docs/xero.md C15).
    """
    refused = Document.objects.filter(
        link__problem=problem, link__blocked_revision=F("revision"), link__excluded_at__isnull=True
    )
    unsettled = refused.filter(status=Status.AUTHORISED, amount_paid=0, amount_credited=0, date__lt=day)
    movable = unsettled.filter(NOT_THERE | Q(link__agreed_date__gte=day)).exclude(has_conflict())
    return movable.select_related("company", "contact").order_by("date", "pk")


def moved_due_date(dated: date, due: date | None, day: date) -> date | None:
    """It stays where it can. One that would lie before the new date keeps its days from the date."""
    if due is None or due >= day:
        return due
    return day + max(due - dated, timedelta())


def redate(problem: Problem, day: date, *, by: User) -> Redated:
    """Raises PermissionDenied and LockMoved; `day` is what the person was shown."""
    for permission in (RESOLVE, EDIT):
        require(by, permission, problem.connection.company)
    if day != open_day(problem):
        raise LockMoved
    done, left = 0, []
    for document in redatable(problem, day):
        try:
            _redate(document, problem, day, by=by)
        except BillingError as wrong:
            left.append(f"{document}: {wrong}")
        else:
            done += 1
    return Redated(done, left)


@transaction.atomic
def _redate(document: Document, problem: Problem, day: date, *, by: User) -> None:
    """One, if it is as it was listed. The edit rings; what waits is found by its new revision."""
    fresh = locked(document, revision=document.revision)
    link = DocumentLink.objects.select_for_update(no_key=True).get(document=document)
    if (link.problem_id, link.blocked_revision) != (problem.pk, fresh.revision):
        raise ChangedMeanwhile
    due = moved_due_date(fresh.date, fresh.due_date, day)
    contents = replace(contents_of(fresh), date=day, due_date=due)
    edit_document(fresh, contents, by=by, revision=fresh.revision)
    problems.unblock(link)


def _day_after(subject: str) -> date | None:
    """Of the lock that Xero named; None where its words gave no day."""
    try:
        return date.fromisoformat(subject) + timedelta(days=1)
    except ValueError:
        return None
