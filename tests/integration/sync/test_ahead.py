"""What a person has just changed goes out within seconds, whatever background work has left of the minute."""

from contextlib import suppress
from datetime import timedelta

import pytest

from integrations.models import Connection
from released.billing.models import Document
from released.clock import now
from sync.ahead import SMALL, is_awaited, small_change
from sync.allowance import MINUTE, Allowance, Reserved
from sync.asking import ask_sync
from sync.due import due_connections
from sync.holding import Pause, hold, pause_of
from sync.models import Delivery, Run, Schedule
from sync.turn import take_turn
from tests.integration.sync.conftest import again, approved, sync
from tests.sandbox import Sandbox


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def use_up(connection: Connection) -> None:
    """The minute, up to what is kept for people."""
    allowance = Allowance(connection.xero_tenant_id, for_person=False)  # type: ignore[arg-type]
    with suppress(Reserved):
        for _ in range(MINUTE):
            allowance.take()
            allowance.learn({}, 200)


def settle_down() -> None:
    """What there is was changed a while ago."""
    Document.objects.update(changed_at=now() - timedelta(hours=1))


@pytest.fixture
def held(synced: Connection) -> Connection:
    """A regular look was stopped by the reserve."""
    Schedule.objects.filter(pk=synced.pk).update(pull_due_at=None)
    use_up(synced)
    take_turn(synced.pk)
    assert pause_of(synced.pk) is Pause.BACKGROUND
    return synced


def test_a_single_change_passes_a_pause_of_the_background(held: Connection) -> None:
    made = approved(held)
    take_turn(held.pk)
    assert not again(made).is_pending
    assert pause_of(held.pk) is Pause.BACKGROUND
    assert Run.objects.get(ended_at=None).trigger == Run.Trigger.REGULAR


def test_the_background_itself_does_not_pass(held: Connection) -> None:
    made = approved(held)
    settle_down()
    take_turn(held.pk)
    assert again(made).is_pending


def test_nobody_passes_a_pause_that_xero_asked_for(synced: Connection, sandbox: Sandbox) -> None:
    headers = {"X-Rate-Limit-Problem": "minute", "Retry-After": "30"}
    sandbox.do("faults", action="answer", method="GET", status=429, headers=headers)
    ask_sync(synced, by=None)
    take_turn(synced.pk)
    assert pause_of(synced.pk) is Pause.EVERYBODY
    sandbox.do("record/clear")
    made = approved(synced)
    take_turn(synced.pk)
    assert again(made).is_pending
    assert sandbox.see("record")["requests"] == []


def test_beat_rings_for_a_change_that_may_pass(held: Connection) -> None:
    Schedule.objects.update(rung_at=None)
    assert not due_connections().exists()
    approved(held)
    assert due_connections().exists()
    hold(held.pk, 60, "Xero asked for it.")
    assert not due_connections().exists()


def test_a_change_goes_before_a_backlog_of_the_same_company(synced: Connection) -> None:
    first = approved(synced)
    for _ in range(2 * SMALL):
        approved(synced, contact=first.contact)
    settle_down()
    made = approved(synced)
    sync(synced)
    deliveries = Delivery.objects.filter(endpoint="Invoices").order_by("first_sent_at")
    assert [item.document_id for item in deliveries[0].items.all()] == [made.pk]
    assert sum(delivery.items.count() for delivery in deliveries) == 2 * SMALL + 2


def test_after_a_gap_nothing_goes_ahead(synced: Connection) -> None:
    approved(synced)
    schedule = Schedule.objects.get(pk=synced.pk)
    assert len(small_change(synced, schedule)) == 1
    schedule.gap_mark = "another time"
    assert small_change(synced, schedule) == []


def test_thousands_at_once_are_no_small_change_but_one_made_later_is(synced: Connection) -> None:
    first = approved(synced)
    for _ in range(SMALL):
        approved(synced, contact=first.contact)
    schedule = Schedule.objects.get(pk=synced.pk)
    assert small_change(synced, schedule) == []
    Document.objects.update(changed_at=now() - timedelta(seconds=40))
    made = approved(synced)
    assert small_change(synced, schedule) == [made.pk]


@pytest.mark.parametrize(("backlog", "pause"), [(1, Pause.NOBODY), (SMALL + 1, Pause.BACKGROUND)])
def test_a_large_sync_that_somebody_asked_for_leaves_the_reserve_too(
    synced: Connection, backlog: int, pause: Pause
) -> None:
    first = approved(synced)
    for _ in range(backlog - 1):
        approved(synced, contact=first.contact)
    settle_down()
    use_up(synced)
    Run.objects.create(
        connection=synced, trigger=Run.Trigger.MANUAL, phase=Run.Phase.PUSH, started_at=now(), began_at=now()
    )
    take_turn(synced.pk)
    assert pause_of(synced.pk) is pause


def test_the_queue_for_people_is_for_small_changes_and_beginnings(synced: Connection) -> None:
    assert is_awaited(synced.pk)
    Run.objects.create(connection=synced, trigger=Run.Trigger.REGULAR, started_at=now(), began_at=now())
    assert not is_awaited(synced.pk)
    approved(synced)
    assert is_awaited(synced.pk)
