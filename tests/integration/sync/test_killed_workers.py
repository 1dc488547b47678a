"""Real worker processes killed or suspended in the middle: nothing is lost, nothing is in Xero twice."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import Error
from django.db import connection as database

from integrations.models import Connection
from released.billing.models import Document, Kind
from sync import leases
from sync.models import Lease, Problem, Schedule
from sync.turn import take_turn
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import age_deliveries, approved, ask, fresh_minute, in_xero, sync
from tests.integration.sync.stateful.there import enter
from tests.sandbox import HARBOUR_VIEW, Sandbox
from tests.struck_worker import StruckWorker

MOMENTS = ("before_commit", "committed")
PUSHING = ["push.noted", "gate.passing", "push.sent"]
PUSHING += [f"push.{step}.{moment}" for step in ("saved", "settle") for moment in MOMENTS]
READING = [f"pull.{step}.{moment}" for step in ("page", "completed") for moment in MOMENTS]
SEVERAL_HUNDRED = 300


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def work(connection_id: int) -> str:
    Schedule.objects.filter(pk=connection_id).update(held_until=None)
    try:
        return take_turn(connection_id).value
    except Error as problem:
        return f"its session was ended: {problem}"


def lease_runs_out() -> None:
    """As if the minute of a dead or silent worker were over."""
    Lease.objects.update(expires_at="2020-01-01T00:00:00Z")


def every_document_once(connection: Connection, sandbox: Sandbox) -> None:
    waiting = [str(one) for one in Document.objects.filter(company=connection.company) if one.is_pending]
    assert waiting == []
    numbers = sorted(row["number"] for row in in_xero(sandbox, limit=1000))
    ours = Document.objects.filter(company=connection.company, events__what="sent")
    assert numbers == sorted(ours.values_list("number", flat=True))
    assert sandbox.see("record")["doubles"] == []


@pytest.mark.parametrize("kind", [Kind.INVOICE, Kind.CREDIT_NOTE])
@pytest.mark.parametrize("point", PUSHING)
def test_killed_while_sending(synced: Connection, sandbox: Sandbox, point: str, kind: Kind) -> None:
    made = [approved(synced, kind=kind) for _ in range(3)]
    worker = StruckWorker(lambda: work(synced.pk), point, signal.SIGKILL)
    assert worker.killed()
    worker.end()
    lease_runs_out()
    sync(synced)
    age_deliveries(10)
    sync(synced)
    every_document_once(synced, sandbox)
    assert len(in_xero(sandbox)) == len(made)


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_between_a_refused_name_and_its_namesake(
    synced: Connection, sandbox: Sandbox, moment: str
) -> None:
    """Found by the stateful test: the documents stayed blocked, although their contact had been found."""
    contact = ContactFactory.create(company=synced.company)
    enter(sandbox, HARBOUR_VIEW, "Contacts", {"Name": contact.name})
    approved(synced, contact=contact)
    worker = StruckWorker(lambda: work(synced.pk), f"push.namesake.{moment}", signal.SIGKILL)
    assert worker.killed()
    worker.end()
    lease_runs_out()
    ask(synced)
    every_document_once(synced, sandbox)
    assert not Problem.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("point", READING)
def test_killed_while_reading(synced: Connection, sandbox: Sandbox, point: str) -> None:
    rows = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=100)["documents"]
    row = next(one for one in rows if one["status"] == "AUTHORISED" and "CREDIT" not in one["type"])
    changed = {"reference": "In between"}
    sandbox.do("edit-document", document=row["id"], organisation=HARBOUR_VIEW, set=changed)
    Schedule.objects.filter(pk=synced.pk).update(is_wanted=True, wanted_because="manual")
    worker = StruckWorker(lambda: work(synced.pk), point, signal.SIGKILL)
    assert worker.killed()
    worker.end()
    lease_runs_out()
    sync(synced)
    assert Document.objects.filter(company=synced.company, reference="In between").count() == 1


@pytest.mark.parametrize("point", [one for one in PUSHING if not one.endswith("before_commit")])
def test_suspended_while_another_takes_over(synced: Connection, sandbox: Sandbox, point: str) -> None:
    """It wakes up with an old fence: what it still sends is under the same key, and it settles nothing."""
    approved(synced)
    worker = StruckWorker(lambda: work(synced.pk), point, signal.SIGSTOP)
    worker.wait_until_suspended()
    lease_runs_out()
    sync(synced)
    worker.wake()
    worker.end()
    sync(synced)
    age_deliveries(10)
    sync(synced)
    every_document_once(synced, sandbox)


def test_suspended_in_a_transaction_it_holds_nobody_up_and_loses_its_session(
    synced: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else every ring would send one more worker to wait for its rows, until no company is synced."""
    monkeypatch.setattr(leases, "IDLE_SECONDS", 2.0)
    approved(synced)
    worker = StruckWorker(lambda: work(synced.pk), "push.saved.before_commit", signal.SIGSTOP, sleeps=90)
    worker.wait_until_suspended()
    with short_patience():
        assert leases.take(synced.pk) is None
    lease_runs_out()  # waits for the database to end the sleeper's transaction
    sync(synced)
    every_document_once(synced, sandbox)
    assert "ended" in worker.wake()
    worker.end()
    sync(synced)
    every_document_once(synced, sandbox)


@contextmanager
def short_patience() -> Iterator[None]:
    """A lock that is not to be had at once is an error."""
    with database.cursor() as cursor:
        cursor.execute("SET lock_timeout = '500ms'")
        try:
            yield
        finally:
            cursor.execute("SET lock_timeout = 0")


def test_all_workers_killed_and_the_broker_flushed_in_a_long_sync(
    synced: Connection, sandbox: Sandbox
) -> None:
    """Three times whoever works dies in the middle, and the broker forgets everything."""
    sandbox.do("limits", enabled=False)
    first = approved(synced)
    for _ in range(SEVERAL_HUNDRED - 1):
        approved(synced, contact=first.contact)
    points = ("push.sent", "push.settle.before_commit", "push.settle.committed")
    for minutes, point in enumerate(points, start=1):
        workers = [StruckWorker(partial(work, synced.pk), point, signal.SIGKILL) for _ in range(3)]
        ends = [worker.killed() for worker in workers]
        assert any(ends), (point, [worker.said() for worker in workers])
        for worker in workers:
            worker.end()
        fresh_minute()
        lease_runs_out()
        age_deliveries(minutes)  # what was sent again in vain rests as long again (docs/protocols.md 2.4)
    age_deliveries(10)
    sync(synced)
    ask(synced)
    every_document_once(synced, sandbox)
    assert len(in_xero(sandbox, limit=1000)) == SEVERAL_HUNDRED
