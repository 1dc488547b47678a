"""Asking for a sync by hand: noted in the schedule, so that a lost bell costs seconds only."""

from integrations.models import Connection
from released.accounts.models import User
from sync.models import Run, Schedule
from sync.signals import ring


def ask_sync(connection: Connection, *, by: User | None, trigger: Run.Trigger = Run.Trigger.MANUAL) -> None:
    """Note who asked and why, and ring for a turn. Asking twice is asking once."""
    Schedule.objects.update_or_create(
        connection=connection, defaults={"is_wanted": True, "wanted_because": trigger, "wanted_by": by}
    )
    ring(connection.pk)
