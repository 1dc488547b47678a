"""Celery's doors into the engine. A task carries an id and nothing else; what is due is in the database."""

from functools import lru_cache

import redis
from celery import shared_task
from django.conf import settings
from django.db.models import Exists

from integrations.installation import look
from released.clock.database import ClockTimestamp
from sync.ahead import is_awaited
from sync.due import asked_for, due_connections, not_in_line, small_changes
from sync.effects import refresh_effects
from sync.holding import seconds_left
from sync.models import Schedule
from sync.pruning import prune
from sync.turn import Next, take_turn
from sync.webhook_health import note_silence

MOST_RINGS = 500
PERSON, BACKGROUND = "interactive", "background"
WOKEN_WITHIN, A_MOMENT = 61.0, 0.02  # a minute of Xero's; a pause surely over


@shared_task(name="sync.ring_due")
def ring_due() -> int:
    """Ask for a turn of every connection that may need one; how many were asked."""
    try:
        return _ring_due() if look() is None else 0
    finally:  # what a loss holds up may take long to add up, or go wrong: nobody else waits for it
        refresh_effects()


def _ring_due() -> int:
    due = due_connections()
    if is_line_whole():
        due = due.filter(not_in_line())
    rows = due.annotate(is_changed=Exists(small_changes())).values_list("pk", "is_changed")
    connections = list(rows[:MOST_RINGS])
    for connection_id, is_changed in connections:
        note_rung(connection_id)
        _enqueue(connection_id, is_awaited=is_changed and is_awaited(connection_id))
    return len(connections)


def is_line_whole() -> bool:
    """Whether the background's line still holds every turn that was asked for, so that none was lost.

    Asked for once more, a turn would stand in the line twice; while there is more to do than workers can, the
    line would grow without end, and with it the wait of whoever comes last.
    """
    asked = asked_for()
    try:
        return bool(asked) and line_of(settings.CELERY_BROKER_URL).llen(BACKGROUND) >= asked
    except redis.RedisError:
        return False


@lru_cache(maxsize=4)
def line_of(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


@shared_task(name="sync.look_at_webhooks")
def look_at_webhooks() -> None:
    """Whether they still come."""
    note_silence()


@shared_task(name="sync.prune")
def prune_history() -> None:
    """Once a night. A copy that is paused keeps all that it was copied with."""
    if look() is None:
        prune()


@shared_task(name="sync.turn")
def turn(connection_id: int) -> str:
    """One short turn, and another one at the end of the queue if there is more to do."""
    follows = take_turn(connection_id)
    if follows is Next.ANOTHER:
        note_rung(connection_id)
        _enqueue(connection_id, is_awaited=is_awaited(connection_id))
    if follows is Next.LATER:
        _wake_after_its_pause(connection_id)
    return follows.value


def _wake_after_its_pause(connection_id: int) -> None:
    """When the next call is free, not seconds later by beat, which rings all the same if this is lost."""
    seconds = seconds_left(connection_id)
    if seconds is not None and seconds <= WOKEN_WITHIN:
        turn.apply_async(args=[connection_id], countdown=seconds + A_MOMENT)


@shared_task(name="sync.sync_now")
def sync_now(connection_id: int) -> str:
    """A turn that a person waits for, from the queue that has workers of its own."""
    if is_awaited(connection_id):
        return str(turn(connection_id))
    turn.delay(connection_id)
    return Next.ANOTHER.value


def _enqueue(connection_id: int, *, is_awaited: bool) -> None:
    """What a person waits for does not stand in line behind the backlogs of others."""
    if is_awaited:
        sync_now.apply_async(args=[connection_id], queue=PERSON)
    else:
        turn.delay(connection_id)


def note_rung(connection_id: int) -> None:
    """So that beat does not ask again while the task waits in the queue; if it is lost, beat asks later."""
    Schedule.objects.update_or_create(
        pk=connection_id,
        defaults={"rung_at": ClockTimestamp()},
        create_defaults={"connection_id": connection_id},
    )
