"""What is only history goes away in time, and nothing that a page or a decision still needs."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from integrations.models import Connection
from released.celery import app
from released.clock import now
from released.clock.database import database_now
from sync import pruning
from sync.models import Reconciliation, Run, WebhookEvent
from sync.pages.diagnostics import NEWEST
from sync.pages.following import latest_notable
from sync.pruning import Gone, prune
from sync.tasks import prune_history
from tests.sandbox import Sandbox

Trigger = Run.Trigger


@pytest.fixture
def connection(db: None, sandbox: Sandbox) -> Connection:
    return sandbox.connection()


def came(days: float, *, of: UUID | None, is_handled: bool = True, count: int = 1) -> list[int]:
    at = database_now() - timedelta(days=days)
    rows = [
        WebhookEvent(
            xero_tenant_id=of or uuid4(), category="INVOICE", type="UPDATE", resource_id="x", received_at=at,
            handled_at=at if is_handled else None,
        )
        for _ in range(count)
    ]  # fmt: skip
    return [row.pk for row in WebhookEvent.objects.bulk_create(rows)]


def ran(connection: Connection, days: float, trigger: Trigger = Trigger.REGULAR, **fields: object) -> Run:
    """Ended so many days ago, after an hour."""
    ended = now() - timedelta(days=days)
    began = ended - timedelta(hours=1)
    given = {"started_at": began, "began_at": began, "ended_at": ended, "result": "done"} | fields
    return Run.objects.create(connection=connection, trigger=trigger, **given)


def left(rows: list[int]) -> list[int]:
    return list(WebhookEvent.objects.filter(pk__in=rows).order_by("pk").values_list("pk", flat=True))


def test_webhooks_go_once_they_are_heeded_and_old(connection: Connection) -> None:
    ours = connection.xero_tenant_id
    heeded, waiting = came(31, of=ours), came(31, of=ours, is_handled=False)
    nobodys, lately = came(31, of=uuid4(), is_handled=False), came(29, of=ours)
    assert prune() == Gone(webhooks=2)
    assert [left(rows) for rows in (heeded, nobodys)] == [[], []]
    assert left(waiting) + left(lately) == waiting + lately


def test_the_newest_webhook_stays_since_silence_is_measured_from_it(connection: Connection) -> None:
    rows = came(40, of=connection.xero_tenant_id, count=3)
    assert prune() == Gone(webhooks=2)
    assert left(rows) == rows[-1:]


def test_more_than_a_batch_goes_and_without_time_nothing(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = came(40, of=connection.xero_tenant_id, count=8)
    monkeypatch.setattr(pruning, "SECONDS", 0.0)
    assert prune() == Gone()
    monkeypatch.undo()
    monkeypatch.setattr(pruning, "BATCH", 3)
    assert prune() == Gone(webhooks=7)
    assert left(rows) == rows[-1:]


def test_runs_go_once_they_ended_long_ago_and_nothing_shows_them(connection: Connection) -> None:
    receipt, old = ran(connection, 200, Trigger.RECONNECT), [ran(connection, 91) for _ in range(3)]
    long = ran(connection, 89, started_at=now() - timedelta(days=100))
    compared = Reconciliation.objects.create(connection=connection, run=old[0], at=now(), ended_at=now())
    for _ in range(NEWEST):
        ran(connection, 1)
    under_way = ran(connection, 95, ended_at=None)
    assert prune() == Gone(runs=3)
    assert set(Run.objects.filter(pk__in=[receipt.pk, long.pk, under_way.pk])) == {receipt, long, under_way}
    assert not Run.objects.filter(pk__in=[run.pk for run in old]).exists()
    assert latest_notable(connection) == receipt
    compared.refresh_from_db()
    assert compared.run is None


def test_of_a_company_that_long_did_nothing_the_newest_runs_stay(
    connection: Connection, sandbox: Sandbox
) -> None:
    rows = [ran(connection, 400 - place) for place in range(NEWEST + 2)]
    assert prune() == Gone(runs=2)
    assert not Run.objects.filter(pk__in=[rows[0].pk, rows[1].pk]).exists()
    assert Run.objects.count() == NEWEST
    assert prune() == Gone()


def test_beat_prunes_once_a_night(connection: Connection) -> None:
    rows = came(40, of=connection.xero_tenant_id, count=2)
    assert settings.CELERY_BEAT_SCHEDULE["prune history"]["task"] == prune_history.name
    assert prune_history.name in app.tasks
    prune_history()
    assert left(rows) == rows[-1:]
