"""Asking for a sync of one connection."""

from integrations.models import Connection
from released.accounts.models import User
from sync.models import Run, Schedule
from sync.signals import ring


def ask_sync(connection: Connection, *, by: User | None, trigger: Run.Trigger = Run.Trigger.MANUAL) -> None:
    """Noted first, then rung: a lost bell costs one beat. Asking does not cut a pause short."""
    Schedule.objects.update_or_create(
        pk=connection.pk,
        defaults={"is_wanted": True, "wanted_because": trigger, "wanted_by": by},
        create_defaults={
            "connection": connection, "is_wanted": True, "wanted_because": trigger, "wanted_by": by,
        },
    )  # fmt: skip
    ring(connection.pk)
