"""What a turn carries with it: the lease, the books, the scope, the run, and how long it may take."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from integrations.xero import steps
from integrations.xero.deadline import elapsed_clock
from integrations.xero.errors import OutcomeUnknown
from released.billing.models import Document
from sync import leases
from sync.edge import Books
from sync.gate import CALL_SECONDS, Gate
from sync.leases import Held
from sync.models import Run
from sync.pending import to_send
from sync.scope import Scope

TURN_SECONDS = 8.0


@dataclass
class Work:
    """One turn on one connection."""

    held: Held
    books: Books
    gate: Gate
    scope: Scope
    run: Run
    ends_at: float
    silence: OutcomeUnknown | None = None
    """What was sent again in this turn and got no answer again."""
    only: frozenset[int] | None = None
    """The documents that may be sent for now, where it is not all."""

    @property
    def is_over(self) -> bool:
        """Whether the turn's seconds are used up: others are waiting, and it goes on in the next."""
        return elapsed_clock() >= self.ends_at

    def to_send(self) -> QuerySet[Document]:
        """What this turn may send at this moment."""
        rows = to_send(self.scope.connection)
        return rows if self.only is None else rows.filter(pk__in=self.only)

    @contextmanager
    def narrowed_to(self, documents: Iterable[int]) -> Iterator[None]:
        """Inside the block nothing but these documents is sent."""
        self.only = frozenset(documents)
        try:
            yield
        finally:
            self.only = None

    def before_call(self) -> None:
        """Every call ends inside the lease, which is lengthened when it would not. Raises LeaseLost."""
        if self.held.until - elapsed_clock() < CALL_SECONDS * 1.5:
            self.held = leases.renew(self.held)
        self.gate.lease_until = self.held.until

    @contextmanager
    def settling(self, point: str) -> Iterator[None]:
        """A transaction that only the lease's owner can commit. Never around an HTTP call."""
        with transaction.atomic():
            leases.check(self.held)
            yield
            steps.reach(f"{point}.before_commit")
        steps.reach(f"{point}.committed")


def begin(held: Held, books: Books, gate: Gate, scope: Scope, run: Run) -> Work:
    return Work(held, books, gate, scope, run, elapsed_clock() + TURN_SECONDS)
