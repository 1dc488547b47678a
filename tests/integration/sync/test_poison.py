"""A document at which Xero fails every time waits alone, visibly; the rest of its batch goes through."""

import pytest

from integrations.models import Connection
from sync.models import Delivery, Problem
from tests.integration.sync.conftest import again, age_deliveries, approved, fresh_minute, in_xero, sync
from tests.sandbox import Sandbox

CYCLES = 12


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def suffer(connection: Connection) -> None:
    """So many times the minutes after which a lost sending is looked up."""
    for _ in range(CYCLES):
        fresh_minute()
        sync(connection)
        age_deliveries(10)


def test_only_the_culprit_waits_and_is_a_problem(synced: Connection, sandbox: Sandbox) -> None:
    made = [approved(synced, reference=f"ref {place}") for place in range(8)]
    sandbox.do("faults", action="answer", status=500, times=1000, body_contains='"ref 5"', method="PUT")
    suffer(synced)
    waiting = [one.reference for one in map(again, made) if one.is_pending]
    assert waiting == ["ref 5"]
    assert len(in_xero(sandbox)) == 7
    problem = Problem.objects.get(closed_at=None)
    assert "each time" in problem.says
    assert not Delivery.objects.filter(state=Delivery.State.OPEN).exists()


def test_a_lost_answer_is_no_reason_to_send_fewer(synced: Connection, sandbox: Sandbox) -> None:
    made = [approved(synced) for _ in range(3)]
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices")
    sync(synced, patiently=False)
    age_deliveries(10)
    sync(synced)
    assert not any(again(one).is_pending for one in made)
    assert len(in_xero(sandbox)) == 3
