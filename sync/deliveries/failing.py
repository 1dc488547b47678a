"""Whether Xero fails at everything that a connection sends, or at something in particular.

A write without an answer says nothing about what it carried until another one is answered. So while two are
unanswered and none was answered since, nothing new is sent: it would only be lost too. And a document is
blamed (`lost`) when others went through between its losses. Where nothing else was sent it is suspected after
an hour, since a person has to see it; a suspicion is no proof, and such a one is tried again by itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q, QuerySet

from integrations.models import Connection
from integrations.xero.errors import OutcomeUnknown
from sync.models import Delivery, DeliveryItem

AT_MOST = 2
SUSPECTED_AFTER = timedelta(hours=1)
ANSWERED, LOST = {"answered": True}, {"lost": True}
_OPEN = Q(state=Delivery.State.OPEN, unanswered__gt=0)
SAYS = "Xero answers nothing that is sent to this organisation."


@dataclass(frozen=True, slots=True)
class Failing:
    """Writes without an answer: since when, by the database's clock, and how many documents they carry.

    `is_general`: nothing else was answered since then either.
    """

    since: datetime
    documents: int
    is_general: bool


def failing(connection: Connection) -> Failing | None:
    """None while what is sent is answered."""
    open_ones = _unanswered(connection)
    first = open_ones.aggregate(first=Min("first_sent_at"))["first"]
    if first is None:
        return None
    before = _all_of(connection, outcome__lost=True).filter(_after(_last_answer(connection)))
    since = min(first, before.aggregate(first=Min("first_sent_at"))["first"] or first)
    carried = DeliveryItem.objects.filter(delivery__in=open_ones, is_open=True, document__isnull=False)
    is_general = not _all_of(connection, outcome__answered=True).filter(last_sent_at__gt=since).exists()
    return Failing(since, carried.count(), is_general)


def require_answers(connection: Connection) -> None:
    """Before anything new is saved to be sent. Raises OutcomeUnknown while everything fails."""
    if _unanswered(connection).count() < AT_MOST:
        return
    if _unanswered(connection).filter(_after(_last_answer(connection))).count() >= AT_MOST:
        raise OutcomeUnknown(SAYS)


def is_to_blame(lost: QuerySet[Delivery]) -> bool:
    """Whether others were answered after what these carried was lost twice, and before it was lost again."""
    rows = list(lost.order_by("last_sent_at"))
    if len(rows) < 3:
        return False
    others = Delivery.objects.filter(connection=rows[0].connection_id, outcome__answered=True)
    between = others.filter(last_sent_at__gt=rows[1].last_sent_at, last_sent_at__lt=rows[-1].last_sent_at)
    return between.exclude(pk__in=[row.pk for row in rows]).exists()


def is_suspect(lost: QuerySet[Delivery]) -> bool:
    """Whether these are all that failed for an hour, while everything that was read in between was answered.

    Whatever else of its connection was not answered either speaks for a failure of everything; so does
    another connection that waits for an answer, unless Xero has answered one of the others meanwhile.
    """
    rows = list(lost.order_by("last_sent_at"))
    if len(rows) < 3 or rows[-1].last_sent_at - rows[0].first_sent_at < SUSPECTED_AFTER:
        return False
    connection, known = rows[0].connection, [row.pk for row in rows]
    since = _all_of(connection, last_sent_at__gte=rows[0].first_sent_at).exclude(pk__in=known)
    if since.filter(Q(outcome__lost=True) | _OPEN).exists():
        return False
    elsewhere = Delivery.objects.exclude(connection=connection)
    if not elsewhere.filter(_OPEN).exists():
        return True
    return elsewhere.filter(outcome__answered=True, last_sent_at__gt=rows[1].last_sent_at).exists()


def _unanswered(connection: Connection) -> QuerySet[Delivery]:
    return _all_of(connection).filter(_OPEN)


def _last_answer(connection: Connection) -> datetime | None:
    answered = _all_of(connection, outcome__answered=True)
    last: datetime | None = answered.aggregate(last=Max("last_sent_at"))["last"]
    return last


def _after(moment: datetime | None) -> Q:
    return Q() if moment is None else Q(first_sent_at__gt=moment)


def _all_of(connection: Connection, **which: object) -> QuerySet[Delivery]:
    return Delivery.objects.filter(connection=connection, **which)
