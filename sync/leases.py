"""One worker per connection at a time (docs/protocols.md 2.1).

A lease has an owner, an end by the database's clock, and a fence that grows with every owner.
Whoever settles anything checks the fence in the same transaction, so a worker that was suspended
and wakes up after another took over can write nothing. Whoever sends checks by the monotonic
clock that the call ends before the lease does.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from released.clock.database import ClockTimestamp
from sync.errors import LeaseLost
from sync.models import Lease

LEASE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Held:
    """A lease as its owner holds it. `until` is monotonic, and never later than the database's end."""

    connection_id: int
    owner: UUID
    fence: int
    until: float


def take(connection_id: int) -> Held | None:
    """The lease, or None while somebody else holds it."""
    Lease.objects.get_or_create(connection_id=connection_id)
    owner, until = uuid4(), time.monotonic() + LEASE_SECONDS
    free = Q(owner__isnull=True) | Q(expires_at__lt=ClockTimestamp())
    taken = Lease.objects.filter(free, pk=connection_id).update(
        owner=owner, fence=F("fence") + 1, expires_at=_end()
    )
    if not taken:
        return None
    fence = Lease.objects.values_list("fence", flat=True).filter(pk=connection_id, owner=owner).first()
    return None if fence is None else Held(connection_id, owner, fence, until)


def renew(held: Held) -> Held:
    """The same lease with its full length again. Raises LeaseLost."""
    until = time.monotonic() + LEASE_SECONDS
    if not _own(held).update(expires_at=_end()):
        raise LeaseLost
    return Held(held.connection_id, held.owner, held.fence, until)


def check(held: Held) -> None:
    """In a settling transaction: hold the lease's row, or raise LeaseLost. A takeover then waits for us."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a fence is checked in the transaction that settles")
    if _own(held).select_for_update(no_key=True).values_list("fence").first() is None:
        raise LeaseLost


def release(held: Held) -> None:
    """Free it at once; a no-op when another worker took over."""
    _own(held).update(owner=None, expires_at=None)


def _own(held: Held) -> QuerySet[Lease]:
    return Lease.objects.filter(pk=held.connection_id, owner=held.owner, fence=held.fence)


def _end() -> CombinedExpression:
    return ClockTimestamp() + timedelta(seconds=LEASE_SECONDS)
