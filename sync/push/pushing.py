"""Sends what is pending until nothing is left or the turn is over."""

from collections.abc import Callable

from released.billing.outside import agree
from sync.models import DocumentLink, Problem
from sync.pending import never_sent_and_ended, to_send, waiting
from sync.problems import unblock
from sync.push.contacts import push_contact_changes
from sync.push.creates import push_creates
from sync.push.updates import push_updates
from sync.runs import expect_push
from sync.work import Work

Step = Callable[[Work], bool]
OF_DOCUMENTS: tuple[Step, ...] = (
    lambda work: push_creates(work, "Invoices"),
    lambda work: push_updates(work, "Invoices"),
    lambda work: push_creates(work, "CreditNotes"),
    lambda work: push_updates(work, "CreditNotes"),
)
STEPS = (push_contact_changes, *OF_DOCUMENTS)
UNDECIDED = (Problem.Cause.AMBIGUOUS, Problem.Cause.LIKELY_PAIR)  # it may be in Xero all the same


def push(work: Work) -> bool:
    """True when nothing is left to send, False when the turn ended first."""
    _agree_to_nothing(work)
    expect_push(work.run, to_send(work.scope.connection).count())
    for step in STEPS:
        while not work.is_over and step(work):
            pass
        if work.is_over:
            break
    left = to_send(work.scope.connection).count()
    expect_push(work.run, left)
    return left == 0


def _agree_to_nothing(work: Work) -> None:
    rows = never_sent_and_ended(work.scope.connection)
    if not rows.exists():
        return
    with work.settling("push.nothing"):
        for document in rows.select_for_update(no_key=True, of=("self",)):
            agree(document.pk, revision=document.revision)
            for link in DocumentLink.objects.filter(document=document).exclude(problem__cause__in=UNDECIDED):
                unblock(link)  # what Xero refused of it is nobody's trouble any more


def is_all_shared(work: Work) -> bool:
    """Whether Xero agrees to everything that is shared, apart from what a person has to settle."""
    return not waiting(work.scope.connection).exists()
