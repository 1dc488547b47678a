"""The broker is a doorbell: what is due is found again from the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db.models import F

from integrations.models import Connection, Episode
from integrations.transitions import lose_access
from released.billing.models import Status
from released.billing.recording import approve_document
from released.celery import app
from sync.asking import ask_sync
from sync.due import due_connections
from sync.leases import release, take
from sync.models import Run, Schedule
from sync.runs import begin_run
from sync.tasks import ring_due, turn
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, fresh_minute, sync
from tests.sandbox import Sandbox


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    fresh_minute()
    Schedule.objects.update(rung_at=None)
    return connection


def queued(name: str) -> int:
    with app.connection_for_read() as broker:
        return int(broker.default_channel.client.llen(name))


def test_approving_rings_at_once_in_the_queue_for_people(synced: Connection) -> None:
    draft = approved(synced, status=Status.DRAFT)
    approve_document(draft, by=member(synced.company.account))
    assert queued("interactive") == 1
    assert turn(synced.pk) == "nothing"
    assert not again(draft).is_pending


def test_after_a_flush_of_the_broker_beat_finds_what_is_due(synced: Connection) -> None:
    made = approved(synced)
    assert ring_due() == 1
    assert ring_due() == 0
    fresh_minute()
    Schedule.objects.update(rung_at=None)
    assert ring_due() == 1
    turn(synced.pk)
    assert not again(made).is_pending
    assert not due_connections().exists()


def test_nobody_is_asked_twice_while_a_turn_is_taken_or_waits_in_line(synced: Connection) -> None:
    Schedule.objects.update(pull_due_at=None)
    held = take(synced.pk)
    assert held is not None
    assert ring_due() == 0
    release(held)
    assert (ring_due(), queued("background")) == (1, 1)
    Schedule.objects.update(rung_at=F("rung_at") - timedelta(minutes=1))
    assert ring_due() == 0
    fresh_minute()
    assert (ring_due(), queued("background")) == (1, 1)
    Schedule.objects.update(rung_at=F("rung_at") - timedelta(minutes=11))
    assert ring_due() == 1


def test_sync_now_is_not_forgotten_over_a_run_that_begins_at_that_moment(
    synced: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not asked for yet when the turn decided what is due: a change here alone."""
    approved(synced)
    begin = begin_run

    def asked_meanwhile(*given: Any, **named: Any) -> Run:
        if not Schedule.objects.get().is_wanted:
            ask_sync(synced, by=None)
        return begin(*given, **named)

    monkeypatch.setattr("sync.turn.begin_run", asked_meanwhile)
    assert turn(synced.pk) == "another turn, at once"
    assert Schedule.objects.get().wanted_because == Run.Trigger.MANUAL
    monkeypatch.undo()
    sync(synced)
    assert list(Run.objects.order_by("pk").values_list("trigger", flat=True)[1:]) == ["immediate", "manual"]
    assert not Schedule.objects.get().is_wanted


def test_nothing_is_due_where_access_is_lost(synced: Connection, sandbox: Sandbox) -> None:
    lose_access(synced, cause=Episode.Cause.APP_DISCONNECTED, is_certain=True, evidence=[])
    draft = approved(synced, status=Status.DRAFT)
    approve_document(draft, by=member(synced.company.account))
    assert Episode.objects.get(closed_at=None).waiting == 1
    assert ring_due() == 0


def test_the_queues_are_those_that_workers_serve() -> None:
    assert settings.CELERY_TASK_DEFAULT_QUEUE == "background"
    assert {"sync.ring_due", "sync.turn", "sync.sync_now"} <= set(app.tasks)
