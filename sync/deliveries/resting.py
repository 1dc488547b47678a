"""A look-up that Xero refuses is made again after a while, and the turn goes on with everything else.

Its things stay in it, so nothing of them is sent meanwhile, and the company's page goes on saying that they
are not answered for. What is refused for an hour is refused for good, as far as we can tell: it becomes a
problem, so that a person sees it and Xero's words about it. Since when, and until when it rests, is kept with
the delivery, by the database's clock.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import RESOLVE
from released.billing.history import note_event
from released.billing.models import Document
from released.clock.database import ClockTimestamp, database_now
from sync.causes import Refusal
from sync.conditions import CHANGED, NOT_THERE
from sync.models import ContactLink, Delivery, DocumentLink, Problem
from sync.order import hold
from sync.problems import close_if_empty, join, release
from sync.signals import ring

CAUSE = Problem.Cause.UNSEEN

RESTS = timedelta(minutes=15)
SHOWN_AFTER = timedelta(hours=1)
UNTIL, SINCE = "rests_until", "refused_since"
SAYS = (
    "Xero will not say whether {what} arrived. It is not sent again while that is unknown, so that Xero "
    "never has it twice, and we go on asking. Please enter nothing in Xero in its place. If Xero’s words "
    "name something that can be put right there, do that and have Xero asked again; otherwise tell support."
)


def rest(delivery: Delivery, xero_says: str) -> None:
    """In a settling transaction."""
    moment = database_now()
    since = delivery.outcome.setdefault(SINCE, moment.isoformat())
    delivery.outcome[UNTIL] = (moment + RESTS).isoformat()
    delivery.save(update_fields=["outcome"])
    if moment - datetime.fromisoformat(since) >= SHOWN_AFTER:
        _show(delivery, xero_says)


def rested() -> Q:
    """The deliveries that do not rest."""
    until = Cast(KT(f"outcome__{UNTIL}"), DateTimeField())
    return ~Q(outcome__has_key=UNTIL) | Q(LessThanOrEqual(until, ClockTimestamp()))


def heard(delivery: Delivery) -> None:
    """In the transaction that settles what a look-up has found: nothing is held because of it any more."""
    for name in (SINCE, UNTIL):
        delivery.outcome.pop(name, None)
    for problem in Problem.objects.filter(cause=CAUSE, subject=str(delivery.pk), closed_at=None):
        release(problem)


@transaction.atomic
def ask_now(problem: Problem, *, by: User) -> None:
    """It stays a problem until Xero says more. Raises PermissionDenied."""
    require(by, RESOLVE, problem.connection.company)
    for delivery in Delivery.objects.select_for_update(no_key=True).filter(pk=problem.subject):
        delivery.outcome.pop(UNTIL, None)
        delivery.save(update_fields=["outcome"])
    ring(problem.connection_id)


def _show(delivery: Delivery, xero_says: str) -> None:
    """One problem a delivery. What it carries is held at any revision, as whatever may be in Xero already."""
    what = "this" if delivery.is_create else "this change"
    what = "the contact" if delivery.endpoint == "Contacts" else what
    says = SAYS.format(what=what)
    documents = list(_waiting_for(delivery))
    hold(document.pk for document in documents)
    problem = join(delivery.connection, Refusal(CAUSE.value, str(delivery.pk), says, xero_says))
    for document in documents:
        _hang(document, problem)
    for item in delivery.items.filter(is_open=True, contact__isnull=False):
        held = {"problem": problem, "blocked_revision": item.revision}
        new = held | {"connection": delivery.connection}
        ContactLink.objects.update_or_create(contact=item.contact, defaults=held, create_defaults=new)


def _waiting_for(delivery: Delivery) -> QuerySet[Document]:
    """The documents that it carries, or that name a contact which it makes."""
    items = delivery.items.filter(is_open=True)
    carried = Q(pk__in=items.filter(document__isnull=False).values("document"))
    if not delivery.is_create:
        return Document.objects.filter(carried)
    named = Q(contact__in=items.filter(contact__isnull=False).values("contact")) & NOT_THERE & CHANGED
    return Document.objects.filter(carried | named)


def _hang(document: Document, problem: Problem) -> None:
    new = {"connection": problem.connection}
    link, _ = DocumentLink.objects.select_related("problem").get_or_create(document=document, defaults=new)
    before = link.problem
    if before == problem:
        return
    link.problem, link.blocked_revision = problem, document.revision
    link.save(update_fields=["problem", "blocked_revision"])
    if before is not None:
        close_if_empty(before)
    note_event(document, "unclear", problem.says)
