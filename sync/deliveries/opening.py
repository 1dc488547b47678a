"""Deals with the deliveries that an earlier turn left open: replay, wait, or look up."""

import logging

from integrations.xero.errors import NotFound, OutcomeUnknown, Refused
from sync.ages import Step, next_step
from sync.deliveries.landed import is_overtaken
from sync.deliveries.looking_up import look_up
from sync.deliveries.resting import rest, rested
from sync.deliveries.sending import age_of, send
from sync.deliveries.settling import settle
from sync.models import Delivery
from sync.work import Work

logger = logging.getLogger(__name__)


def settle_open(work: Work) -> None:
    """The oldest first. Between replaying and looking up it rests, and its documents with it.

    From a database that was just adopted nothing is sent again, not even under the same key.
    """
    rows = Delivery.objects.filter(rested(), connection=work.scope.connection, state=Delivery.State.OPEN)
    for delivery in rows.order_by("first_sent_at"):
        if work.is_over:
            return
        since_first, since_last = age_of(delivery)
        step = next_step(since_first=since_first, since_last=since_last)
        if step is Step.REPLAY and not work.scope.connection.must_reconcile:
            _replay(work, delivery)
        elif step is Step.LOOK_UP:
            _look_up(work, delivery)


def _look_up(work: Work, delivery: Delivery) -> None:
    """One that Xero refuses proves nothing, so its delivery stays open; nothing else waits for it."""
    try:
        look_up(work, delivery)
    except (Refused, NotFound) as problem:
        logger.warning("delivery %s: Xero refused its look-up: %s", delivery.pk, problem)
        with work.settling("push.rests"):
            rest(delivery, str(problem))


def _replay(work: Work, delivery: Delivery) -> None:
    """The same body, the same key. A refusal of the whole call frees it or leaves it to be looked up.

    An update is not sent over what somebody has changed in Xero since: it rests, and is decided again.

    Without an answer again it stays as it is, and the turn goes on: it may be the only thing that Xero fails
    at, and nothing else of its company is to wait for it (`failing` knows when it is everything).
    """
    if not delivery.is_create and delivery.endpoint != "Contacts" and is_overtaken(work, delivery):
        return
    try:
        settle(work, delivery, send(work, delivery))
    except (Refused, NotFound):
        return
    except OutcomeUnknown as problem:
        work.silence = problem
