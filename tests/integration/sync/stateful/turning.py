"""One worker's turn, as the beat would have it."""

from integrations.xero import vault
from released.clock.database import database_now
from sync.models import Lease, Schedule
from sync.turn import Next, take_turn
from tests.integration.sync.conftest import fresh_minute
from tests.integration.sync.stateful.world import World


def beat(world: World) -> Next:
    """Grants are healed, and a turn is taken, with its pauses and Xero’s minute over."""
    note_lease(world)
    vault.heal_due()
    Schedule.objects.filter(pk=world.connection.pk).update(held_until=None)
    fresh_minute()
    return take_turn(world.connection.pk)


def note_lease(world: World) -> None:
    """Whether a dead or silent worker still has it, or somebody takes over now."""
    lease = Lease.objects.filter(pk=world.connection.pk, owner__isnull=False)
    if lease.exists():
        is_over = lease.filter(expires_at__lt=database_now()).exists()
        world.tally.paths["lease taken over" if is_over else "lease held by a dead worker"] += 1
