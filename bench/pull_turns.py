"""Turns of one connection, one after the other, as a worker would take them."""

from integrations.models import Connection
from sync.asking import ask_sync
from sync.models import PullPlace, Run, Schedule
from sync.turn import Next, take_turn


def turns(connection_id: int) -> None:
    """Until nothing is due. A pause is cut short: waiting is not what is measured."""
    while True:
        follows = take_turn(connection_id)
        rows = Schedule.objects.filter(pk=connection_id)
        if follows is Next.NOTHING and not rows.exclude(held_until=None).exists():
            return
        rows.update(held_until=None)


def begin_again(connection_id: int) -> None:
    """As if nothing had been read yet, but everything was here."""
    PullPlace.objects.filter(connection=connection_id).update(high_water=None)
    ask_sync(Connection.objects.get(pk=connection_id), by=None)


def run_of(connection_id: int) -> dict[str, object]:
    run = Run.objects.filter(connection=connection_id).latest("pk")
    return {"run": run.trigger, "read": run.pulled}
