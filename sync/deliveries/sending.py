"""Sends a delivery, for the first time or again: the same body under the same key.

Every sending is noted before it is made, so a crash between the two counts as a sending too. What
it ended in decides how the delivery goes on: with Xero's answer, with a certain "no effect" that
frees it unless an earlier sending is unanswered, or open.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F

from integrations.xero import steps
from integrations.xero.deadline import elapsed_clock
from integrations.xero.errors import NotFound, OutcomeUnknown, Refused, XeroError
from released.clock.database import ClockTimestamp, database_now
from sync.ages import REPLAY_WITHIN, is_freed
from sync.deliveries.failing import ANSWERED
from sync.errors import OutOfTime
from sync.models import Delivery
from sync.work import Work


def send(work: Work, delivery: Delivery) -> Sequence[dict[str, Any]]:
    """Xero's elements, or the client's error; after every error but OutcomeUnknown its effect is known: none.

    The client's gate checks once more, just before the request leaves, that it lands inside the
    lease and while Xero surely knows the key (`sync.gate`).
    """
    work.before_call()
    started = elapsed_clock()
    _note_sending(delivery)
    age = (delivery.last_sent_at - delivery.first_sent_at).total_seconds()
    steps.reach("push.noted")
    try:
        with work.gate.replayable_until(started - age + REPLAY_WITHIN.total_seconds()):
            elements = work.books.write(
                delivery.method, delivery.endpoint, delivery.body, key=delivery.idempotency_key
            )
    except OutcomeUnknown:
        raise
    except (XeroError, OutOfTime) as problem:
        _note_no_effect(work, delivery, is_answer=isinstance(problem, Refused | NotFound))
        raise
    steps.reach("push.sent")
    return elements


def _note_sending(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        last_sent_at=ClockTimestamp(), sends=F("sends") + 1, unanswered=F("unanswered") + 1
    )
    delivery.refresh_from_db(fields=["first_sent_at", "last_sent_at", "sends", "unanswered"])


def _note_no_effect(work: Work, delivery: Delivery, *, is_answer: bool) -> None:
    """A certain “no effect” of this sending (docs/protocols.md 2.4). A refusal is an answer all the same."""
    with work.settling("push.no_effect"):
        if is_answer:
            note_answer(delivery)
        if is_freed(unanswered=delivery.unanswered):
            free(delivery)
        else:
            Delivery.objects.filter(pk=delivery.pk).update(unanswered=F("unanswered") - 1)


def note_answer(delivery: Delivery) -> None:
    """Xero said something to it, so it does answer (`failing`)."""
    Delivery.objects.filter(pk=delivery.pk).update(outcome=delivery.outcome | ANSWERED)


def forget_key(delivery: Delivery) -> None:
    """It is not sent again, as if Xero had forgotten its key: it rests until it can be looked up."""
    Delivery.objects.filter(pk=delivery.pk).update(first_sent_at=F("first_sent_at") - REPLAY_WITHIN)
    delivery.refresh_from_db(fields=["first_sent_at"])


def free(delivery: Delivery) -> None:
    """It certainly had no effect, or is certainly not there: its things may be in a new one."""
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.OPEN).update(state=Delivery.State.FREED)
    delivery.items.update(is_open=False)
    delivery.refresh_from_db(fields=["state"])


def age_of(delivery: Delivery) -> tuple[timedelta, timedelta]:
    """(since the first sending, since the last), by the database's clock."""
    moment = database_now()
    return moment - delivery.first_sent_at, moment - delivery.last_sent_at
