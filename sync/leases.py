"""One worker per connection at a time (docs/protocols.md 2.1).

A lease has an owner, an end by the database's clock, and a fence that grows with every owner.
Whoever settles anything checks the fence in the same transaction, so a worker that was suspended
and wakes up after another took over can write nothing. Whoever sends checks by a
clock that goes on while the machine sleeps that the call ends before the lease does.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import CombinedExpression

from integrations.xero.deadline import elapsed_clock
from released.clock.database import ClockTimestamp
from sync.errors import LeaseLost
from sync.models import Lease

LEASE_SECONDS = 60.0
IDLE_SECONDS = 20.0  # far longer than any settling transaction pauses, far shorter than a lease


@dataclass(frozen=True, slots=True)
class Held:
    """A lease as its owner holds it. `until` is by the elapsed clock, never later than the database's end."""

    connection_id: int
    owner: UUID
    fence: int
    until: float


def take(connection_id: int) -> Held | None:
    """The lease, or None while somebody else holds it, or settles something at this moment.

    Its row is never waited for: a worker that was suspended while it settles would hold up one more
    worker with every ring, until none is left for the other connections.
    """
    Lease.objects.get_or_create(connection_id=connection_id)
    owner, until = uuid4(), elapsed_clock() + LEASE_SECONDS
    free = Q(owner__isnull=True) | Q(expires_at__lt=ClockTimestamp())
    with transaction.atomic():
        rows = Lease.objects.select_for_update(no_key=True, skip_locked=True).filter(free, pk=connection_id)
        fence = rows.values_list("fence", flat=True).first()
        if fence is None:
            return None
        Lease.objects.filter(pk=connection_id).update(owner=owner, fence=fence + 1, expires_at=_end())
    return Held(connection_id, owner, fence + 1, until)


def renew(held: Held) -> Held:
    """The same lease with its full length again. Raises LeaseLost."""
    until = elapsed_clock() + LEASE_SECONDS
    if not _own(held).update(expires_at=_end()):
        raise LeaseLost
    return Held(held.connection_id, held.owner, held.fence, until)


def check(held: Held) -> None:
    """In a settling transaction: hold the lease's row, or raise LeaseLost. No takeover comes in between.

    Suspended in here, a worker loses its session and with it the rows it holds.
    """
    here = transaction.get_connection()
    if not here.in_atomic_block:
        raise transaction.TransactionManagementError("a fence is checked in the transaction that settles")
    with here.cursor() as cursor:
        limit = f"{IDLE_SECONDS * 1000:.0f}ms"
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [limit])
    if _own(held).select_for_update(no_key=True).values_list("fence").first() is None:
        raise LeaseLost


def release(held: Held) -> None:
    """Free it at once; a no-op when another worker took over."""
    _own(held).update(owner=None, expires_at=None)


def _own(held: Held) -> QuerySet[Lease]:
    return Lease.objects.filter(pk=held.connection_id, owner=held.owner, fence=held.fence)


def _end() -> CombinedExpression:
    return ClockTimestamp() + timedelta(seconds=LEASE_SECONDS)
