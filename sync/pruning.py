"""What is only history goes away in time: webhooks that were heeded; runs, writes, comparisons of long ago.

Nothing of it takes part in a decision: a webhook only rings, a run only tells, and of writes and comparisons
`sync.past` says what is over. Small batches, each a transaction of its own and oldest first, so that no turn
waits; what a night leaves, the next one takes.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from integrations.models import Connection
from released.clock import now
from released.clock.database import database_now
from sync.models import Delivery, DeliveryItem, Run, WebhookEvent
from sync.pages.diagnostics import NEWEST
from sync.pages.following import latest_notable, run_after
from sync.past import listed_writes, past_comparisons, past_writes

WEBHOOKS_KEPT = timedelta(days=30)
RUNS_KEPT = timedelta(days=90)
BATCH = 1000
WRITES_AT_ONCE = 100  # of up to fifty documents each
SECONDS = 200.0  # a night; a task is ended after five minutes


class Gone(NamedTuple):
    """How many rows went. `emptied`: writes that a receipt still lists, without what was sent."""

    webhooks: int = 0
    runs: int = 0
    writes: int = 0
    emptied: int = 0
    comparisons: int = 0


def prune() -> Gone:
    """Within the night's time; webhooks first, of which there are most."""
    until = time.monotonic() + SECONDS
    return Gone(
        webhooks=_all([past_events()], _delete, until),
        runs=_all(past_runs(), _delete, until),
        writes=_all(past_writes(), _delete_writes, until),
        emptied=_all(listed_writes(), _empty_writes, until),
        comparisons=_all(past_comparisons(), _delete, until),
    )


def past_events() -> QuerySet[WebhookEvent]:
    """Heeded, or of an organisation that nobody here has. Never the newest: silence is measured from it."""
    newest = WebhookEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    known = Connection.objects.filter(xero_tenant_id=OuterRef("xero_tenant_id"))
    is_over = Q(handled_at__isnull=False) | ~Exists(known)
    return WebhookEvent.objects.filter(
        is_over, received_at__lt=database_now() - WEBHOOKS_KEPT, pk__lt=newest or 0
    )


def past_runs() -> Iterator[QuerySet[Run]]:
    """For each connection, by its index: neither among the newest, which pages list, nor its last receipt.

    Nor the run after that one, whose beginning ends what the receipt lists. In any order, so that none is
    always the last one, for which no time is left.
    """
    until = now() - RUNS_KEPT
    for connection in Connection.objects.filter(Exists(_ended(until, connection=OuterRef("pk")))).order_by(
        "?"
    ):
        shown = set(connection.runs.values_list("pk", flat=True)[:NEWEST])
        receipt = latest_notable(connection)
        kept = (receipt, run_after(receipt)) if receipt else ()
        shown |= {run.pk for run in kept if run}
        yield _ended(until, connection=connection).exclude(pk__in=shown)


def _ended(until: datetime, **which: object) -> QuerySet[Run]:
    return Run.objects.filter(started_at__lt=until, ended_at__lt=until, **which)


def _all(wanted: Iterable[QuerySet[Any]], clear: Callable[[QuerySet[Any]], int], until: float) -> int:
    """Batch by batch, until none are left or the time is over."""
    count = 0
    for rows in wanted:
        while time.monotonic() < until and (cleared := clear(rows)):
            count += cleared
    return count


def _delete(rows: QuerySet[Any]) -> int:
    """The oldest batch; how many."""
    chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    rows.model._default_manager.filter(pk__in=chosen).delete()
    return len(chosen)


@transaction.atomic
def _delete_writes(rows: QuerySet[Delivery]) -> int:
    """Without reading their bodies, which are large."""
    chosen = _oldest(rows)
    DeliveryItem.objects.filter(delivery__in=chosen).delete()
    Delivery.objects.filter(pk__in=chosen).only("pk").delete()
    return len(chosen)


@transaction.atomic
def _empty_writes(rows: QuerySet[Delivery]) -> int:
    chosen = _oldest(rows)
    DeliveryItem.objects.filter(delivery__in=chosen).update(sent={})
    Delivery.objects.filter(pk__in=chosen).update(body="")
    return len(chosen)


def _oldest(rows: QuerySet[Delivery]) -> list[Any]:
    return list(rows.order_by("last_sent_at").values_list("pk", flat=True)[:WRITES_AT_ONCE])
