"""Writes and comparisons of long ago go away in time, but for what a decision or a page still needs."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F

from integrations.models import Connection
from released.billing.models import Document
from released.clock import now
from sync.deliveries.failing import ANSWERED, LOST
from sync.models import Delivery, DeliveryItem, Reconciliation, Run
from sync.pages.following import compared_by, sent_during
from sync.pages.reconciling import PAST
from sync.pruning import Gone, prune
from tests.factories.billing import document
from tests.sandbox import Sandbox

State = Delivery.State


@pytest.fixture
def connection(db: None, sandbox: Sandbox) -> Connection:
    return sandbox.connection()


def wrote(connection: Connection, days: float, *documents: Document, **fields: Any) -> Delivery:
    """So many days ago."""
    at, state = now() - timedelta(days=days), fields.get("state", State.SETTLED)
    delivery = Delivery.objects.create(
        connection=connection, method="PUT", endpoint="Invoices", is_create=True, body='{"Invoices": []}',
        idempotency_key=str(uuid4()), first_sent_at=at, last_sent_at=at, **({"state": state} | fields),
    )  # fmt: skip
    for position, one in enumerate(documents):
        DeliveryItem.objects.create(
            delivery=delivery, position=position, document=one, revision=one.revision, sent={"fields": {}},
            is_open=state == State.OPEN,
        )  # fmt: skip
    return delivery


def left(*deliveries: Delivery) -> list[bool]:
    known = set(Delivery.objects.values_list("pk", flat=True))
    return [one.pk in known for one in deliveries]


def ran(connection: Connection, days: float, trigger: Run.Trigger = Run.Trigger.REGULAR) -> Run:
    at = now() - timedelta(days=days)
    return Run.objects.create(
        connection=connection, trigger=trigger, started_at=at, began_at=at, ended_at=at, result="done"
    )


def compared(connection: Connection, days: float, run: Run | None = None) -> Reconciliation:
    at = now() - timedelta(days=days)
    return Reconciliation.objects.create(connection=connection, run=run, at=at, ended_at=at, agrees=True)


def test_writes_go_once_they_are_over_and_old(connection: Connection) -> None:
    one = document(connection.company)
    old = [wrote(connection, 91, one, state=state) for state in (State.SETTLED, State.FREED)]
    open_one = wrote(connection, 91, one, state=State.OPEN)
    unclear = wrote(connection, 91, state=State.AMBIGUOUS)
    lately = wrote(connection, 89, one)
    assert prune() == Gone(writes=2)
    assert left(*old, open_one, unclear, lately) == [False, False, True, True, True]
    assert set(DeliveryItem.objects.values_list("delivery", flat=True)) == {open_one.pk, lately.pk}
    assert prune() == Gone()


def test_the_last_answer_stays_since_a_failure_of_everything_is_told_from_it(connection: Connection) -> None:
    first, last = (wrote(connection, days, outcome=ANSWERED) for days in (300, 200))
    assert prune() == Gone(writes=1)
    assert left(first, last) == [False, True]


def test_what_counts_against_a_document_stays_while_it_waits_at_that_revision(connection: Connection) -> None:
    stuck = document(connection.company)
    before, lost = wrote(connection, 200), wrote(connection, 190, stuck, state=State.FREED, outcome=LOST)
    meanwhile, last = (wrote(connection, days, outcome=ANSWERED) for days in (180, 170))
    assert prune() == Gone(writes=1)
    assert left(before, lost, meanwhile, last) == [False, True, True, True]
    Document.objects.filter(pk=stuck.pk).update(shared_revision=F("revision"))
    assert prune() == Gone(writes=2)
    assert left(lost, meanwhile, last) == [False, False, True]


def test_what_the_receipt_lists_stays_without_what_was_sent(connection: Connection) -> None:
    """Until another receipt takes its place. Of the runs the next one stays too: it ends what is listed."""
    run, following = ran(connection, 200, Run.Trigger.RECONNECT), ran(connection, 198)
    for days in (197, 2, 1):
        ran(connection, days)
    one = document(connection.company)
    listed, later = wrote(connection, 199, one), wrote(connection, 197.5, one)
    assert prune() == Gone(writes=1, emptied=1)
    assert left(listed, later) == [True, False]
    listed.refresh_from_db()
    assert (listed.body, listed.items.get().sent) == ("", {})
    assert list(sent_during(run)) == [listed]
    assert prune() == Gone()
    assert Run.objects.filter(pk=following.pk).exists()
    ran(connection, 1, Run.Trigger.MANUAL)
    assert prune() == Gone(writes=1)


def test_the_run_after_a_receipt_stays_however_many_follow(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.pruning.NEWEST", 1)
    rows = [ran(connection, 200, Run.Trigger.FIRST), *(ran(connection, days) for days in (199, 198, 197))]
    assert prune() == Gone(runs=1)
    assert set(Run.objects.all()) == {rows[0], rows[1], rows[3]}


def test_a_receipt_lists_what_was_sent_until_the_next_run(connection: Connection) -> None:
    run = ran(connection, 3, Run.Trigger.RECONNECT)
    sent = wrote(connection, 2.9)
    ran(connection, 2)
    wrote(connection, 1.9)
    assert list(sent_during(run)) == [sent]


def test_comparisons_go_but_for_the_newest_ones_and_the_receipts(connection: Connection) -> None:
    run = ran(connection, 300, Run.Trigger.FIRST)
    proof, past = compared(connection, 300, run), [compared(connection, 200 - day) for day in range(PAST + 2)]
    under_way = Reconciliation.objects.create(connection=connection, at=now() - timedelta(days=400))
    assert compared_by(run) == proof
    assert prune() == Gone(comparisons=2)
    assert set(Reconciliation.objects.all()) == {proof, under_way, *past[2:]}
    assert prune() == Gone()


def test_recent_comparisons_stay(connection: Connection) -> None:
    for day in range(PAST + 5):
        compared(connection, 89 - day)
    assert prune() == Gone()


def test_a_receipt_shows_its_own_runs_comparison_and_not_a_later_one(connection: Connection) -> None:
    run, nightly = ran(connection, 3, Run.Trigger.RECONNECT), ran(connection, 2, Run.Trigger.NIGHTLY)
    own = compared(connection, 3, run)
    compared(connection, 2, nightly)
    assert compared_by(run) == own
    own.delete()
    assert compared_by(run) == Reconciliation.objects.get()
