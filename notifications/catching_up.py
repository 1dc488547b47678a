"""When the catching up after a loss is over, and what it did: what the all-clear says.

It waits for the comparison of both sides, which ends the catch-up, and after half an hour no longer: then it
says how far it is. A company that was disconnected, or lost its access again, has nothing to wait for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet, Sum

from integrations.halting import is_anything_halted
from integrations.models import Connection, Episode
from released.billing.models import Document
from released.clock import now
from sync.models import DeliveryItem, Reconciliation, Run
from sync.pairs.blocking import open_pairs
from sync.sums import Money

PATIENCE = timedelta(minutes=30)
State = Connection.State


@dataclass(frozen=True)
class CaughtUp:
    """What reached which side since access came back. `agrees` is None while nothing was compared yet."""

    sent: int
    money: Mapping[str, Money]
    """What was sent, by currency: nothing is converted, and nothing else is added to it."""
    new_numbers: tuple[str, ...]
    received: int
    refused: int
    conflicts: int
    unclear: int = 0
    """Documents that may be in Xero already, typed there too."""
    compared: int = 0
    differences: int = 0
    agrees: bool | None = None


def is_over(episode: Episode) -> bool:
    """Whether there is nothing left to wait for before the all-clear."""
    if episode.closed_at is None:
        return False
    if episode.connection.state != State.CONNECTED:
        return True
    if comparison_after(episode.connection, episode.closed_at) is not None:
        return True
    is_stopped = episode.connection.is_stopped or is_anything_halted()  # then it goes on when that is over
    return now() >= episode.closed_at + PATIENCE and not is_stopped


def comparison_after(connection: Connection, moment: datetime) -> Reconciliation | None:
    """The first finished comparison of both sides that began since then."""
    finished = connection.reconciliations.filter(at__gte=moment, ended_at__isnull=False)
    return finished.order_by("at", "pk").first()


def caught_up(episode: Episode) -> CaughtUp:
    """Read from the runs, the deliveries and the comparison since the episode was closed."""
    since = episode.closed_at or now()
    comparison = comparison_after(episode.connection, since)
    runs = Run.objects.filter(connection=episode.connection, started_at__gte=since)
    sent = list(sent_documents(runs))
    counts = runs.aggregate(
        applied=Sum("applied", default=0),
        refused=Sum("refused", default=0),
        conflicts=Sum("conflicts", default=0),
    )
    return CaughtUp(
        sent=len(sent),
        money=_by_currency(sent),
        new_numbers=tuple(one.number for one in sent if one.number != str(one.local_number)),
        received=counts["applied"],
        refused=counts["refused"],
        conflicts=counts["conflicts"],
        unclear=open_pairs(episode.connection).values("document").distinct().count(),
        compared=comparison.compared if comparison else 0,
        differences=len(comparison.differences) if comparison else 0,
        agrees=comparison.agrees if comparison else None,
    )


def _by_currency(sent: Iterable[Document]) -> dict[str, Money]:
    found: dict[str, Money] = {}
    for one in sent:
        total = one.signed_total
        more = Money(income=total) if one.sort.is_income else Money(expenses=-total)
        found[one.currency] = found.get(one.currency, Money()) + more
    return found


def sent_documents(runs: QuerySet[Run]) -> QuerySet[Document]:
    """The documents that Xero took in these runs and that nothing blocks; deliveries know database time."""
    first = runs.order_by("began_at").first()
    if first is None:
        return Document.objects.none()
    settled = DeliveryItem.objects.filter(
        delivery__connection=first.connection_id,
        delivery__state="settled",
        delivery__last_sent_at__gte=first.began_at,
        document__isnull=False,
    )
    taken = Document.objects.filter(pk__in=settled.values("document"), link__xero_id__isnull=False)
    free = Q(link__blocked_revision__isnull=True) | ~Q(link__blocked_revision=F("revision"))
    return taken.filter(free).select_related("company").order_by("kind", "number")
