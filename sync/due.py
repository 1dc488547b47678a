"""What a connection needs now: a query over facts, so that a lost bell or a flushed broker loses nothing.

`wanted` is pure and says which kind of run is due; `due_connections` finds the connections that
may need one, and a turn that finds nothing to do ends at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from integrations.models import Connection, Episode
from released.billing.models import Document
from released.clock import now
from released.clock.database import ClockTimestamp
from sync.ages import LOOK_UP_AFTER, REPLAY_WITHIN
from sync.deliveries.resting import rested
from sync.models import Delivery, Run, Schedule
from sync.models.place import Stream
from sync.pairs.refreshing import is_stale as has_stale_pairs
from sync.pending import changed_lately, to_send, to_send_of_any
from sync.pull.places import slice_of
from sync.scope import range_of
from sync.spacing import furthest

NIGHTLY = timedelta(hours=24)
THOROUGH = (Run.Trigger.IMMEDIATE, Run.Trigger.WEBHOOK, Run.Trigger.REGULAR, Run.Trigger.NIGHTLY,
            Run.Trigger.MANUAL, Run.Trigger.RANGE, Run.Trigger.RECONNECT, Run.Trigger.FIRST)  # fmt: skip
RUNG_AGAIN_AFTER = timedelta(seconds=30)
LOST_AFTER = timedelta(minutes=10)
Trigger = Run.Trigger


@dataclass(frozen=True, slots=True)
class Facts:
    """All calendar times. `after_gap`: access came back since; `has_slice`: a date made days visible."""

    now: datetime
    pulled_at: datetime | None
    compared_at: datetime | None
    pull_due_at: datetime | None
    after_gap: bool
    has_slice: bool
    asked: str
    has_changes: bool


def wanted(facts: Facts) -> Run.Trigger | None:
    """The kind of run that is due, the most thorough first."""
    if facts.pulled_at is None:
        return Trigger.FIRST
    if facts.after_gap:
        return Trigger.RECONNECT
    if facts.has_slice:
        return Trigger.RANGE
    if facts.asked == Trigger.MANUAL:
        return Trigger.MANUAL
    if facts.compared_at is None or abs(facts.now - facts.compared_at) >= NIGHTLY:
        return Trigger.NIGHTLY
    if facts.asked and facts.asked != Trigger.WEBHOOK:
        return Trigger(facts.asked)
    return _usual(facts)


def _usual(facts: Facts) -> Run.Trigger | None:
    """However often Xero tells of something, the lists are read in time."""
    if is_pull_due(facts.pull_due_at, facts.now):
        return Trigger.REGULAR
    if facts.asked:
        return Trigger.WEBHOOK
    return Trigger.IMMEDIATE if facts.has_changes else None


def is_pull_due(due_at: datetime | None, moment: datetime) -> bool:
    """Also when it lies further ahead than it is ever set: the calendar was moved back since."""
    return due_at is None or not moment < due_at <= moment + furthest()


def outranks(due: Run.Trigger, running: str) -> bool:
    """Whether a run that is under way has to become a more thorough one."""
    return THOROUGH.index(due) > THOROUGH.index(Run.Trigger(running))


def covered(trigger: str) -> tuple[Run.Trigger, ...]:
    """Whatever a run of this kind does as well."""
    return THOROUGH[: THOROUGH.index(Run.Trigger(trigger)) + 1]


def facts_of(connection: Connection, schedule: Schedule) -> Facts:
    return Facts(
        now=now(),
        pulled_at=schedule.pulled_at,
        compared_at=schedule.compared_at,
        pull_due_at=schedule.pull_due_at,
        after_gap=connection.must_reconcile or gap_mark(connection) != schedule.gap_mark,
        has_slice=any(
            slice_of(range_of(connection), connection, stream)
            for stream in (Stream.INVOICES, Stream.CREDIT_NOTES)
        ),
        asked=schedule.wanted_because if schedule.is_wanted else "",
        has_changes=_has_changes(connection),
    )


def _has_changes(connection: Connection) -> bool:
    return to_send(connection).exists() or open_deliveries(connection).exists() or has_stale_pairs(connection)


def gap_mark(connection: Connection) -> str:
    """Names the last time that access came back. Compared for equality, so a moved calendar does no harm."""
    ended = Episode.objects.filter(connection=connection, kind=Episode.Kind.LOST, closed_at__isnull=False)
    last = ended.order_by("-pk").values_list("pk", flat=True).first()
    since = connection.connected_at.isoformat() if connection.connected_at else ""
    return f"{last or 0} {since}"


def is_back(schedule: Schedule) -> bool:
    """Whether access came back and nothing was read since. An outage that goes on is none of this."""
    connection = schedule.connection
    if Episode.objects.filter(connection=connection, closed_at__isnull=True).exists():
        return False
    return gap_mark(connection) != schedule.gap_mark


def open_deliveries(connection: Connection) -> QuerySet[Delivery]:
    """Those with which something can be done now; between replaying and looking up they rest."""
    return Delivery.objects.filter(_ripe(), connection=connection, state=Delivery.State.OPEN)


def due_connections() -> QuerySet[Connection]:
    """Connections for which a turn may find something to do, and for which none was just asked or is taken.

    A turn asks for the next one itself; whose worker died is asked for once its lease has run out.
    """
    moment = now()
    rows = Connection.objects.filter(state=Connection.State.CONNECTED, is_stopped=False)
    held = Q(schedule__held_until__gt=ClockTimestamp())
    held &= ~Q(Exists(small_changes()), schedule__holds_background_only=True)
    rung = Q(schedule__rung_at__gt=ClockTimestamp() - RUNG_AGAIN_AFTER)
    at_work = Q(lease__expires_at__gt=ClockTimestamp())
    regular = Q(schedule__isnull=True) | Q(schedule__pull_due_at__isnull=True) | Q(schedule__is_wanted=True)
    latest = moment + furthest()
    regular |= (
        Q(must_reconcile=True) | Q(schedule__pull_due_at__lte=moment) | Q(schedule__pull_due_at__gt=latest)
    )
    running = Run.objects.filter(connection=OuterRef("pk"), ended_at=None)
    return rows.exclude(held).exclude(rung).exclude(at_work).filter(
        regular | Exists(running) | Exists(to_send_of_any()) | Exists(_open_deliveries())
    )  # fmt: skip


def not_in_line() -> Q:
    """Of due connections, those for which no turn was asked, or so long ago that it must have been lost."""
    lost = Q(schedule__rung_at__lt=ClockTimestamp() - LOST_AFTER)
    return Q(schedule__isnull=True) | Q(schedule__rung_at__isnull=True) | lost


def asked_for() -> int:
    """How many turns were asked for and have not begun."""
    return Schedule.objects.filter(rung_at__isnull=False).count()


def small_changes() -> QuerySet[Document]:
    """What a person may be waiting for, of the connection of the outer query: the turn looks more closely."""
    return changed_lately(to_send_of_any())


def _open_deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.filter(_ripe(), connection=OuterRef("pk"), state=Delivery.State.OPEN)


def _ripe() -> Q:
    """To be replayed or looked up: `ages.next_step` as a condition. Not while a refused look-up rests."""
    known = Q(first_sent_at__gt=ClockTimestamp() - REPLAY_WITHIN)
    waited = Q(last_sent_at__lte=ClockTimestamp() - (F("last_sent_at") - F("first_sent_at")))
    return rested() & (known & waited | Q(last_sent_at__lte=ClockTimestamp() - LOOK_UP_AFTER))
