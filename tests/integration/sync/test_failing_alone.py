"""Xero fails at one document, and nothing else is sent that could tell whether it fails at everything."""

import pytest

from integrations.models import Connection
from released.billing.models import Document
from released.clock.database import database_now
from sync.deliveries.lost import GIVEN_UP_AFTER, times_lost
from sync.models import Delivery, DocumentLink, Problem
from sync.problems import retry
from tests.factories.accounts import member
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import again, approved, ask, fresh_minute, in_xero, sync
from tests.integration.sync.test_failing_writes import fail, suffer
from tests.sandbox import Sandbox


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


@pytest.fixture
def alone(synced: Connection, sandbox: Sandbox) -> Document:
    """Xero makes its contact and nothing else."""
    made = approved(synced)
    fail(sandbox, method="PUT", path="/Invoices")
    return made


def is_problem(document: Document) -> bool:
    return DocumentLink.objects.filter(
        document=document, problem__closed_at=None, problem__isnull=False
    ).exists()


def test_it_is_seen_after_an_hour_and_sent_when_a_person_says_so(
    synced: Connection, alone: Document, sandbox: Sandbox
) -> None:
    suffer(synced, 6)
    assert not is_problem(alone)
    suffer(synced, 3)
    problem = Problem.objects.get(closed_at=None)
    assert "each time" in problem.says
    assert not Delivery.objects.filter(state=Delivery.State.OPEN).exists()
    sandbox.do("faults", clear=1)
    retry(problem, by=member(synced.company.account))
    sync(synced)
    assert not again(alone).is_pending
    assert len(in_xero(sandbox)) == 1


def test_after_an_outage_it_goes_out_without_anybody(
    synced: Connection, alone: Document, sandbox: Sandbox
) -> None:
    suffer(synced, 9)
    assert is_problem(alone)
    fresh_minute()
    ask(synced)  # while it still fails
    assert not is_problem(alone)
    suffer(synced, 2)
    assert is_problem(alone)
    sandbox.do("faults", clear=1)
    fresh_minute()
    ask(synced)
    assert not again(alone).is_pending
    assert not Problem.objects.filter(closed_at=None).exists()


def test_with_proof_it_waits_for_a_person(synced: Connection, sandbox: Sandbox) -> None:
    bad = approved(synced, reference="poison")
    fail(sandbox, method="PUT", body_contains='"poison"')
    suffer(synced, 4)
    approved(synced)
    suffer(synced, 5)
    assert is_problem(bad)
    sends = Delivery.objects.count()
    ask(synced)
    assert is_problem(bad)
    assert Delivery.objects.count() == sends


@pytest.mark.parametrize(("is_answered", "is_blamed"), [(False, False), (True, True)])
def test_what_other_organisations_meet_tells_too(
    synced: Connection, alone: Document, sandbox: Sandbox, *, is_answered: bool, is_blamed: bool
) -> None:
    elsewhere(unanswered=1)
    suffer(synced, 4)
    if is_answered:
        elsewhere(outcome={"answered": True})
    suffer(synced, 5)
    assert is_problem(alone) is is_blamed


def elsewhere(**fields: object) -> None:
    """A write of another company, just now."""
    other = ContactFactory.create().company
    connection, _ = Connection.objects.get_or_create(company=other)
    moment = database_now()
    given = {"first_sent_at": moment, "last_sent_at": moment, "is_create": True, "method": "PUT"} | fields
    Delivery.objects.create(
        connection=connection, endpoint="Invoices", body="{}", idempotency_key=str(connection.pk), **given
    )


def test_not_before_the_hour_is_over(synced: Connection, alone: Document) -> None:
    suffer(synced, 9, minutes=7.5)
    assert times_lost("document", [alone.pk])[alone.pk] >= GIVEN_UP_AFTER
    assert not is_problem(alone)
    suffer(synced, 3, minutes=7.5)
    assert is_problem(alone)
