"""Celery's doors into the engine. A task carries an id and nothing else; what is due is in the database."""

from celery import shared_task

from integrations.installation import look
from released.clock.database import ClockTimestamp
from sync.due import due_connections
from sync.effects import refresh_effects
from sync.models import Schedule
from sync.turn import Next, take_turn

MOST_RINGS = 500


@shared_task(name="sync.ring_due")
def ring_due() -> int:
    """Ask for a turn of every connection that may need one; how many were asked."""
    refresh_effects()
    if look() is not None:
        return 0
    connections = list(due_connections().values_list("pk", flat=True)[:MOST_RINGS])
    for connection_id in connections:
        note_rung(connection_id)
        turn.delay(connection_id)
    return len(connections)


@shared_task(name="sync.turn")
def turn(connection_id: int) -> str:
    """One short turn, and another one at the end of the queue if there is more to do."""
    follows = take_turn(connection_id)
    if follows is Next.ANOTHER:
        note_rung(connection_id)
        turn.delay(connection_id)
    return follows.value


@shared_task(name="sync.sync_now")
def sync_now(connection_id: int) -> str:
    """A turn that a person waits for: from the queue that is served first."""
    return str(turn(connection_id))


def note_rung(connection_id: int) -> None:
    """So that beat does not ask again while the task waits in the queue; if it is lost, beat asks later."""
    Schedule.objects.update_or_create(
        pk=connection_id,
        defaults={"rung_at": ClockTimestamp()},
        create_defaults={"connection_id": connection_id},
    )
