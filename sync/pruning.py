"""What is only history goes away in time: webhooks that were heeded, runs that nobody is shown any more.

Nothing of it takes part in a decision: a webhook only rings, and a run only tells. Small batches, each a
transaction of its own and oldest first, so that no turn waits; what a night leaves, the next one takes.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from integrations.models import Connection
from released.clock import now
from released.clock.database import database_now
from sync.models import Run, WebhookEvent
from sync.pages.diagnostics import NEWEST
from sync.pages.following import latest_notable

WEBHOOKS_KEPT = timedelta(days=30)
RUNS_KEPT = timedelta(days=90)
BATCH = 1000
SECONDS = 200.0  # a night; a task is ended after five minutes


def prune() -> tuple[int, int]:
    """(webhook events, runs) that went."""
    until = time.monotonic() + SECONDS
    events, runs = _delete(past_events(), until), 0
    for rows in past_runs():
        runs += _delete(rows, until)
        if time.monotonic() > until:
            break
    return events, runs


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

    In any order, so that none is always the last one, for which no time is left.
    """
    until = now() - RUNS_KEPT
    for connection in Connection.objects.filter(Exists(_ended(until, connection=OuterRef("pk")))).order_by(
        "?"
    ):
        shown = set(connection.runs.values_list("pk", flat=True)[:NEWEST])
        receipt = latest_notable(connection)
        yield _ended(until, connection=connection).exclude(
            pk__in=shown | ({receipt.pk} if receipt else set())
        )


def _ended(until: datetime, **which: object) -> QuerySet[Run]:
    return Run.objects.filter(started_at__lt=until, ended_at__lt=until, **which)


def _delete(rows: QuerySet[WebhookEvent] | QuerySet[Run], until: float) -> int:
    """In batches, until none are left or the time is over."""
    count = 0
    while time.monotonic() < until:
        chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        rows.model._default_manager.filter(pk__in=chosen).delete()
        count += len(chosen)
        if len(chosen) < BATCH:
            break
    return count
