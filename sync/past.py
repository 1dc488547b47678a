"""What of writes and comparisons is only history: nothing asks for it again, and no page shows it.

A write is over within minutes: Xero forgets its key after six, it is looked up from seven on, and what was
lost seven times is given up after about an hour (docs/protocols.md 2). What stays however old it is: what is
not settled, what still counts against a document that keeps getting lost, the last answer, from which a
failure of everything is told, and the names of what a receipt lists.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from integrations.models import Connection
from released.clock import now
from released.clock.database import database_now
from sync.models import Delivery, DeliveryItem, Reconciliation
from sync.pages.following import compared_by, latest_notable, sent_during
from sync.pages.reconciling import PAST

WRITES_KEPT = timedelta(days=90)
COMPARISONS_KEPT = timedelta(days=90)
OVER = (Delivery.State.SETTLED, Delivery.State.FREED)


def past_writes() -> Iterator[QuerySet[Delivery]]:
    """For each connection, in any order; without those that its receipt lists."""
    for connection, rows in _old_writes():
        receipt = latest_notable(connection)
        yield rows.exclude(pk__in=sent_during(receipt).values("pk")) if receipt else rows


def listed_writes() -> Iterator[QuerySet[Delivery]]:
    """Those that a receipt lists by document and moment, with a body that nobody asks for any more."""
    for connection, rows in _old_writes():
        receipt = latest_notable(connection)
        if receipt:
            yield rows.filter(pk__in=sent_during(receipt).values("pk")).exclude(body="")


def past_comparisons() -> Iterator[QuerySet[Reconciliation]]:
    """For each connection, in any order; without the newest, which pages list, and its last receipt's."""
    until = now() - COMPARISONS_KEPT
    old = Reconciliation.objects.filter(at__lt=until, ended_at__lt=until)
    for connection in _having(old.filter(connection=OuterRef("pk"))):
        made = connection.reconciliations.filter(ended_at__isnull=False)
        shown = set(made.values_list("pk", flat=True)[:PAST])
        receipt = latest_notable(connection)
        proof = compared_by(receipt) if receipt else None
        yield old.filter(connection=connection).exclude(pk__in=shown | ({proof.pk} if proof else set()))


def _old_writes() -> Iterator[tuple[Connection, QuerySet[Delivery]]]:
    old = Delivery.objects.filter(state__in=OVER, last_sent_at__lt=database_now() - WRITES_KEPT)
    for connection in _having(old.filter(connection=OuterRef("pk"))):
        mine = connection.deliveries.all()
        rows = old.filter(connection=connection).exclude(items__is_open=True)
        answer = mine.filter(outcome__answered=True).order_by("-last_sent_at").first()
        lost = mine.filter(_still_counts(), outcome__lost=True).order_by("first_sent_at").first()
        rows = rows.exclude(pk=answer.pk) if answer else rows
        yield connection, rows.filter(last_sent_at__lt=lost.first_sent_at) if lost else rows


def _still_counts() -> Exists:
    """What was lost waits at that very revision; whether Xero fails at it alone, all writes since tell."""
    items = DeliveryItem.objects.filter(delivery=OuterRef("pk"))
    waits = [
        Q(**{f"{name}__revision": F("revision")}) & ~Q(**{f"{name}__shared_revision": F("revision")})
        for name in ("document", "contact")
    ]
    return Exists(items.filter(waits[0] | waits[1]))


def _having(old: QuerySet[Delivery] | QuerySet[Reconciliation]) -> QuerySet[Connection]:
    """In any order, so that none is always the last one, for which no time is left."""
    return Connection.objects.filter(Exists(old)).order_by("?")
