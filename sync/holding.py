"""Leaving a connection alone for a while: throttled, unavailable, or a fault of ours. Database clock.

Waiting is always by rescheduling, never by sleeping in a worker. Failures in a row make the pause
longer and spread it, so that ten thousand connections do not come back in the same second.
"""

import random
from datetime import timedelta
from enum import Enum

from django.db.models import F

from integrations.models import Connection
from released.clock.database import ClockTimestamp
from sync.models import Schedule

FIRST, LONGEST = 5.0, 300.0


class Pause(Enum):
    """Whom a pause holds back."""

    NOBODY = "nobody"
    BACKGROUND = "background work; what a person has just changed may go"
    EVERYBODY = "everybody"


def hold(connection_id: int, seconds: float, why: str, *, background_only: bool = False) -> None:
    """Not before so many seconds from now; no failure."""
    Schedule.objects.filter(pk=connection_id).update(
        held_until=ClockTimestamp() + timedelta(seconds=seconds),
        held_because=why[:300],
        holds_background_only=background_only,
    )


def pause_of(connection_id: int) -> Pause:
    held = Schedule.objects.filter(pk=connection_id, held_until__gt=ClockTimestamp())
    background_only = held.values_list("holds_background_only", flat=True).first()
    if background_only is None:
        return Pause.NOBODY
    return Pause.BACKGROUND if background_only else Pause.EVERYBODY


def seconds_left(connection_id: int) -> float | None:
    """How long its pause still lasts; None where there is none."""
    held = Schedule.objects.filter(pk=connection_id, held_until__gt=ClockTimestamp())
    left = held.annotate(left=F("held_until") - ClockTimestamp()).values_list("left", flat=True).first()
    return None if left is None else float(left.total_seconds())


def back_off(connection_id: int, why: str, *, at_least: float = 0.0) -> int:
    """Longer with every failure in a row, with some scatter. How many failures there are now."""
    failures = count_failure(connection_id)
    pause = min(LONGEST, FIRST * 2.0 ** min(failures - 1, 10))
    hold(connection_id, max(at_least, pause) * random.uniform(1.0, 1.25), why)  # noqa: S311 - scatter, no secret
    return failures


def count_failure(connection_id: int) -> int:
    """How many in a row there are with this one."""
    Schedule.objects.filter(pk=connection_id).update(failures=F("failures") + 1)
    return Schedule.objects.values_list("failures", flat=True).get(pk=connection_id)


def is_stuck(connection: Connection | None) -> bool:
    """Whether its turns come to nothing, time and again. No query where its schedule was selected along."""
    schedule: Schedule | None = getattr(connection, "schedule", None)
    return schedule is not None and schedule.is_stuck


def let_go(connection_id: int) -> None:
    """It worked."""
    Schedule.objects.filter(pk=connection_id).exclude(failures=0, held_until=None).update(
        failures=0, held_until=None, held_because="", holds_background_only=False
    )
