"""Xero fails at writes: at all of them for an hour, or at one, and what is told and done meanwhile."""

import pytest

from integrations.models import Connection, Episode
from integrations.transitions import note_unavailable
from released.billing.models import Kind
from sync.deliveries.failing import failing
from sync.models import Delivery, Problem
from sync.turn import take_turn
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import again, age_deliveries, approved, fresh_minute, in_xero, sync
from tests.sandbox import Sandbox

ROUNDS = 12


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def fail(sandbox: Sandbox, action: str = "answer", **which: object) -> None:
    given = {"status": 500} if action == "answer" else {}
    sandbox.do("faults", action=action, times=1000, **given | which)


def suffer(connection: Connection, rounds: int = ROUNDS, *, minutes: float = 10) -> None:
    """So many times the minutes after which a lost sending is looked up."""
    for _ in range(rounds):
        fresh_minute()
        sync(connection)
        age_deliveries(minutes)


@pytest.mark.parametrize("action", ["answer", "reset"])
def test_while_every_write_fails_nothing_is_blamed(synced: Connection, sandbox: Sandbox, action: str) -> None:
    made = [approved(synced, kind=kind) for kind in (Kind.INVOICE, Kind.INVOICE, Kind.CREDIT_NOTE)]
    fail(sandbox, action, method="PUT")
    suffer(synced)
    assert not Problem.objects.exists()
    assert all(again(one).is_pending for one in made)
    sandbox.do("faults", clear=1)
    suffer(synced, 2)
    assert not any(again(one).is_pending for one in made)
    assert len(in_xero(sandbox)) == len(made)


def test_a_failure_of_everything_does_not_open_ever_more_deliveries(
    synced: Connection, sandbox: Sandbox
) -> None:
    for _ in range(120):
        approved(synced, contact=contact_of(synced))
    sync(synced)
    for _ in range(120):
        approved(synced, contact=contact_of(synced))
    fail(sandbox, method="PUT")
    for _ in range(8):
        sync(synced)
    assert Delivery.objects.filter(state=Delivery.State.OPEN).count() == 2
    told = failing(synced)
    assert told is not None
    assert (told.documents, told.is_general) == (100, True)


def contact_of(connection: Connection) -> object:
    found = connection.company.contacts.first()
    return found or ContactFactory.create(company=connection.company)


def test_one_that_is_not_answered_does_not_keep_the_others_waiting(
    synced: Connection, sandbox: Sandbox
) -> None:
    poisoned = approved(synced, reference="poison")
    fail(sandbox, method="PUT", body_contains='"poison"')
    take_turn(synced.pk)
    other, note = approved(synced), approved(synced, kind=Kind.CREDIT_NOTE)
    sync(synced)
    assert again(poisoned).is_pending
    assert not again(other).is_pending
    assert not again(note).is_pending
    told = failing(synced)
    assert told is not None
    assert not told.is_general


def test_a_contact_that_is_not_answered_delays_only_its_own_documents(
    synced: Connection, sandbox: Sandbox
) -> None:
    bad = ContactFactory.create(company=synced.company, name="Poisoned Ltd")
    waiting = [approved(synced, contact=bad) for _ in range(51)]
    fail(sandbox, method="PUT", path="/Contacts", body_contains="Poisoned Ltd")
    take_turn(synced.pk)
    other = approved(synced)
    sync(synced)
    assert not again(other).is_pending
    assert all(again(one).is_pending for one in waiting)


def test_replays_are_spread_over_the_minutes_that_xero_knows_the_key(
    synced: Connection, sandbox: Sandbox
) -> None:
    approved(synced)
    fail(sandbox, method="PUT", path="/Invoices")
    for _ in range(6):
        sync(synced)
    sends = Delivery.objects.get(endpoint="Invoices").sends
    assert sends < 12
    age_deliveries(1)
    sync(synced)
    assert Delivery.objects.get(endpoint="Invoices").sends == sends + 1


def test_a_replay_in_vain_does_not_end_an_outage(synced: Connection, sandbox: Sandbox) -> None:
    approved(synced)
    fail(sandbox, method="PUT", path="/Invoices")
    take_turn(synced.pk)
    note_unavailable(synced, evidence=[])
    sync(synced)
    assert Episode.objects.filter(kind=Episode.Kind.UNAVAILABLE, closed_at=None).exists()
    synced.refresh_from_db()
    assert synced.probe_due_at is not None


def test_what_works_again_is_no_longer_told(synced: Connection, sandbox: Sandbox) -> None:
    approved(synced)
    assert failing(synced) is None
    fail(sandbox, method="PUT", path="/Invoices")
    sync(synced)
    assert failing(synced) is not None
    sandbox.do("faults", clear=1)
    age_deliveries(1)
    sync(synced)
    assert failing(synced) is None
