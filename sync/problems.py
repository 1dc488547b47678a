"""Problems: one cause, many documents, fixed once, all retried.

What Xero refused is blocked at the revision that was refused, so it is not tried in vain; a new
revision is tried by itself, and so is everything once its cause is seen to be gone.
"""

from django.db import transaction

from integrations.models import Connection
from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import RESOLVE
from released.billing.history import note_event
from released.billing.models import Document
from released.clock import now
from sync.causes import Refusal
from sync.models import ContactLink, DocumentLink, Problem
from sync.order import hold
from sync.signals import ring

NOT_RETRIED = (Problem.Cause.LIKELY_PAIR, Problem.Cause.UNSEEN)


def block_document(link: DocumentLink, document: Document, revision: int, refusal: Refusal) -> Problem:
    """In the settling transaction: the document joins its cause's problem at this revision."""
    before, problem = link.problem, join(link.connection, refusal)
    link.blocked_revision, link.problem = revision, problem
    link.save(update_fields=["blocked_revision", "problem"])
    if before is not None and before != problem:
        close_if_empty(before)
    note_event(document, "refused", f"Not in Xero: {refusal.says}", detail={"xero_says": refusal.xero_says})
    return problem


def block_contact(link: ContactLink, revision: int, refusal: Refusal) -> Problem:
    problem = join(link.connection, refusal)
    link.blocked_revision, link.problem = revision, problem
    link.save(update_fields=["blocked_revision", "problem"])
    return problem


def unblock(link: DocumentLink | ContactLink) -> None:
    """It went through, or it changed: its problem closes with its last document."""
    if link.problem_id is None and link.blocked_revision is None:
        return
    problem, link.problem, link.blocked_revision = link.problem, None, None
    link.save(update_fields=["blocked_revision", "problem"])
    if problem is not None:
        close_if_empty(problem)


def close_if_empty(problem: Problem) -> None:
    if not problem.links.exists() and not problem.contact_links.exists():
        Problem.objects.filter(pk=problem.pk, closed_at=None).update(closed_at=now())


@transaction.atomic
def retry(problem: Problem, *, by: User) -> int:
    """Try all its documents again; how many there are. Raises PermissionDenied.

    None of likely pairs: those are linked or kept apart (`sync.pairs.settling`). None of what Xero will not
    answer for either: that is asked for again (`sync.deliveries.resting`).
    """
    require(by, RESOLVE, problem.connection.company)
    return 0 if problem.cause in NOT_RETRIED else release(problem)


@transaction.atomic
def release(problem: Problem) -> int:
    """Unblock everything that hangs on it; what is still wrong comes back as a problem of its own."""
    hold(problem.links.values_list("document_id", flat=True))
    count = problem.links.update(blocked_revision=None, problem=None)
    problem.contact_links.update(blocked_revision=None, problem=None)
    Problem.objects.filter(pk=problem.pk, closed_at=None).update(closed_at=now())
    ring(problem.connection_id)
    return count


def release_unlocked(connection: Connection) -> None:
    """The lock dates moved since these were refused.

    Only what was read of the organisation since then tells: a lock that Xero names and we have not read yet
    looks as if it were gone, and its documents would be sent in vain in every turn.
    """
    if connection.class_seen_at is None:
        return
    problems = Problem.objects.filter(connection=connection, cause=Problem.Cause.LOCK_DATE, closed_at=None)
    problems = problems.filter(opened_at__lt=connection.class_seen_at)
    locks = {str(day) for day in (connection.period_lock_date, connection.end_of_year_lock_date) if day}
    for problem in problems:
        if problem.subject not in locks:
            release(problem)


def release_number(connection_id: int, number: str) -> None:
    """A document in Xero gave up this number: ours that were refused because of it are tried again."""
    blocked = DocumentLink.objects.filter(
        connection=connection_id, problem__cause=Problem.Cause.NUMBER, document__number=number
    )
    hold(blocked.values_list("document_id", flat=True))
    for link in blocked.select_related("problem"):
        unblock(link)


def release_free_numbers(connection: Connection) -> None:
    """In every thorough run: a number held by nothing that we know of (a draft, say) may be free by now."""
    blocked = DocumentLink.objects.filter(connection=connection, problem__cause=Problem.Cause.NUMBER)
    for link in blocked.select_related("problem", "document"):
        others = Document.objects.filter(company=connection.company_id, number=link.document.number)
        if not others.filter(link__xero_id__isnull=False).exists():
            unblock(link)


def release_unsettled(link: DocumentLink) -> None:
    """Nothing is paid or credited in Xero any more: what it refused because of that is tried again."""
    if link.problem is not None and link.problem.cause == Problem.Cause.STATUS:
        unblock(link)


def release_never_settled(connection: Connection) -> None:
    """In every thorough run: refused because of a payment that we never saw, which may be gone by now."""
    blocked = DocumentLink.objects.filter(connection=connection, problem__cause=Problem.Cause.STATUS)
    nothing = blocked.filter(document__amount_paid=0, document__amount_credited=0)
    for link in nothing.filter(document__settlements__isnull=True).select_related("problem"):
        unblock(link)


def join(connection: Connection, refusal: Refusal) -> Problem:
    """The open problem of this cause, or a new one."""
    problem, _ = Problem.objects.get_or_create(
        connection=connection,
        cause=refusal.cause,
        subject=refusal.subject,
        closed_at=None,
        defaults={"says": refusal.says, "xero_says": refusal.xero_says, "opened_at": now()},
    )
    return problem
