"""The run that people follow: the catch-up that a consent, a date or Sync now has started.

Regular looks are over in a second and stay in the log; what is followed lasts until its receipt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Min, Q, QuerySet, When

from integrations.halting import is_anything_halted
from integrations.models import Connection
from released.clock import now
from released.clock.database import database_now
from sync.allowance import left_today
from sync.models import Delivery, Reconciliation, Run, Schedule
from sync.pages.condition import LARGE, NOTABLE
from sync.pages.pace import Pace
from sync.pages.pausing import BRIEF, pause_left
from sync.pages.stages import Stage, stages

SHOWN_FOR = timedelta(hours=12)
STARTS_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Followed:
    """What the progress panel shows. `run` is None while the first turn has yet to begin.

    `is_asking`: it asks again, because of what is followed or of a short look right after it, so that
    nothing on the page goes on saying that a sync is running once it has ended.
    """

    run: Run | None
    stages: list[Stage]
    is_moving: bool
    compared: Reconciliation | None = None
    is_halted: bool = False
    is_asking: bool = False
    begins: str = "within seconds"

    @property
    def title(self) -> str:
        if self.is_halted:
            return "Stopped for now"
        if self.is_moving:
            return "Catching up"
        return "Caught up" if self.run and self.run.result == "done" else "Stopped half-way"


def followed(connection: Connection) -> Followed | None:
    """None when nothing has been going on lately."""
    if connection.state not in (Connection.State.CONNECTED, Connection.State.REVOKED):
        return None
    is_asked = _is_asked_by_hand(connection)  # before the run that takes it over, or both could be missed
    run, asked_at = latest_notable(connection), _asked_at(connection)
    if _is_still_to_start(connection, run, asked_at):
        return Followed(None, [], is_moving=True, is_asking=True)
    if (run is None or run.ended_at) and is_asked:
        pause = pause_left(connection)
        if pause is None or pause.left <= BRIEF:
            begins = pause.ends if pause else "within seconds"
            return Followed(None, [], is_moving=True, is_asking=True, begins=begins)
    if run is None or (run.ended_at and run.ended_at < now() - SHOWN_FOR):
        return None
    is_running = connection.state == Connection.State.CONNECTED and _runs_now(connection)
    is_halted = is_running and (connection.is_stopped or is_anything_halted())
    is_open = is_running and run.ended_at is None
    return Followed(
        run,
        stages(run, now(), _pace(run)),
        is_moving=is_open and not is_halted,
        compared=compared_by(run),
        is_halted=is_open and is_halted,
        is_asking=is_running and not is_halted,
    )


def _runs_now(connection: Connection) -> bool:
    """Anything at all, a short look too."""
    return connection.runs.filter(ended_at__isnull=True).exists()


def latest_notable(connection: Connection) -> Run | None:
    """What only read again what we had just sent takes no receipt’s place: Xero rings for that too."""
    under_way = Q(ended_at__isnull=True, pull_total__gte=LARGE)
    large = Q(applied__gte=LARGE) | Q(push_total__gte=LARGE)
    return (
        connection.runs.filter(Q(trigger__in=NOTABLE) | under_way | large).select_related("asked_by").first()
    )


def compared_by(run: Run) -> Reconciliation | None:
    """The comparison made at the end of the run, else the latest one made since it began."""
    made = Reconciliation.objects.filter(connection=run.connection_id, ended_at__isnull=False)
    return (
        made.filter(Q(run=run) | Q(at__gte=run.started_at))
        .order_by(Case(When(run=run, then=0), default=1), "-at", "-pk")
        .first()
    )


def sent_during(run: Run) -> QuerySet[Delivery]:
    """What Xero took from the run's beginning until the next one's, both by the database's clock."""
    settled = Delivery.objects.filter(
        connection=run.connection_id, state=Delivery.State.SETTLED, last_sent_at__gte=run.began_at
    )
    following = run_after(run)
    return settled if following is None else settled.filter(last_sent_at__lt=following.began_at)


def run_after(run: Run) -> Run | None:
    """The next one of its connection, whatever it was for."""
    later = Run.objects.filter(connection=run.connection_id, began_at__gt=run.began_at)
    return later.order_by("began_at").first()


def _asked_at(connection: Connection) -> datetime | None:
    """When a date was last confirmed or moved; a run follows within seconds."""
    events = connection.events.filter(what__in=["date_confirmed", "date_changed"])
    return events.values_list("at", flat=True).first()


def _is_still_to_start(connection: Connection, run: Run | None, asked_at: datetime | None) -> bool:
    if connection.state != Connection.State.CONNECTED or asked_at is None or asked_at < now() - STARTS_WITHIN:
        return False
    return run is None or run.started_at < asked_at


def _is_asked_by_hand(connection: Connection) -> bool:
    """Somebody pressed Sync now, and its run has yet to begin."""
    if connection.state != Connection.State.CONNECTED or connection.is_stopped or is_anything_halted():
        return False
    asked = Schedule.objects.filter(connection=connection, is_wanted=True)
    return asked.filter(wanted_because=Run.Trigger.MANUAL).exists()


def _pace(run: Run) -> Pace:
    """What there is to go by, of a run that is under way."""
    if run.ended_at:
        return Pace()
    left = left_today(run.connection.xero_tenant_id)
    sent = Delivery.objects.filter(connection=run.connection_id, first_sent_at__gte=run.began_at)
    first = sent.aggregate(first=Min("first_sent_at"))["first"]
    return Pace(left, database_now() - first if first else None)
