"""A backlog under Xero's limits: every call is made for something, and the next one as soon as it is free."""

import json
import time
from datetime import datetime, timedelta

import pytest
import redis
from django.conf import settings
from django.db import transaction
from django.db.models import F

from integrations.models import Connection
from released.billing.models import Document, Kind
from released.clock import now
from sync import allowance
from sync.allowance import MINUTE, Allowance
from sync.due import due_connections
from sync.holding import seconds_left
from sync.models import Schedule
from sync.tasks import turn
from sync.turn import Next, take_turn
from tests.integration.sync.conftest import approved, fresh_minute, sync
from tests.sandbox import Sandbox

CHANGED, A_MINUTE, SECONDS = 25, 18, 60.0


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    fresh_minute()
    return connection


@pytest.fixture
def _short_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two seconds, with so few calls that they do not hold a reading of everything that changed."""
    monkeypatch.setattr(allowance, "WINDOW_MS", 2_000)
    monkeypatch.setattr(allowance, "MINUTE", A_MINUTE)


@transaction.atomic
def change(documents: list[Document]) -> None:
    rows = Document.objects.filter(pk__in=[one.pk for one in documents])
    rows.update(reference="Changed here", revision=F("revision") + 1)


def calls(sandbox: Sandbox, method: str) -> int:
    rows = sandbox.see("record", last=500)["requests"]
    return sum(row["method"] == method and "/CreditNotes" in row["path"] for row in rows)


def spend(connection: Connection, calls_left: int) -> None:
    """All of the minute but so many calls, also what is kept for people."""
    assert connection.xero_tenant_id is not None
    for _ in range(MINUTE - calls_left):
        call = Allowance(connection.xero_tenant_id, for_person=True)
        call.take()
        call.learn({}, 200)


def turns_until_done(connection: Connection) -> int:
    until = time.monotonic() + SECONDS
    count = 0
    while time.monotonic() < until:
        count += 1
        if take_turn(connection.pk) is Next.NOTHING:
            return count
        time.sleep(seconds_left(connection.pk) or 0.0)
    raise AssertionError(f"not done after {count} turns")


@pytest.mark.usefixtures("_short_minutes")
def test_many_changed_credit_notes_arrive_although_each_is_read_first(
    synced: Connection, sandbox: Sandbox
) -> None:
    notes = [approved(synced, kind=Kind.CREDIT_NOTE) for _ in range(CHANGED)]
    turns_until_done(synced)
    change(notes)
    sandbox.do("record/clear")
    turns_until_done(synced)
    assert not Document.objects.filter(company=synced.company, revision__gt=F("shared_revision")).exists()
    assert calls(sandbox, "POST") == 3
    assert calls(sandbox, "GET") - CHANGED in (0, 1)  # none was read in vain; one is the list of what is new


def test_nothing_is_read_that_could_not_be_written_then(synced: Connection, sandbox: Sandbox) -> None:
    note = approved(synced, kind=Kind.CREDIT_NOTE)
    sync(synced)
    fresh_minute()
    change([note])
    spend(synced, 1)
    sandbox.do("record/clear")
    assert take_turn(synced.pk) is Next.LATER
    assert calls(sandbox, "GET") == 0


def test_the_next_turn_begins_when_the_pause_is_over(synced: Connection) -> None:
    approved(synced)
    spend(synced, 0)
    broker = redis.Redis.from_url(settings.REDIS_URL)
    assert turn(synced.pk) == Next.LATER.value
    (message,) = [json.loads(one) for one in broker.lrange("background", 0, -1)]
    left = seconds_left(synced.pk)
    assert left is not None
    due = datetime.fromisoformat(message["headers"]["eta"]).timestamp()
    assert abs(due - time.time() - left) < 5
    assert turn(synced.pk) == Next.NOTHING.value
    assert broker.llen("background") == 1
    assert Schedule.objects.get(pk=synced.pk).rung_at is None


@pytest.mark.parametrize(("day", "minutes"), [(5000, 5), (864, 10)])
def test_where_xero_allows_few_calls_a_day_it_is_read_less_often(
    connection: Connection, sandbox: Sandbox, day: int, minutes: int
) -> None:
    sandbox.do("limits", day=day)
    sync(connection)
    due = Schedule.objects.get(pk=connection.pk).pull_due_at
    assert due is not None
    assert abs(due - now() - timedelta(minutes=minutes)) < timedelta(minutes=1)
    assert connection not in due_connections()
