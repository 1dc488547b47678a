"""The idempotency key for the engine: reused, its store down, and what replays cost (docs/xero.md C10)."""

import json

import pytest

from integrations.models import Connection
from sync.models import Delivery, Problem
from sync.turn import take_turn
from tests.integration.sync.conftest import again, age_deliveries, approved, in_xero, sync
from tests.sandbox import Sandbox

SAID = "Idempotency Key: k is used with a different request."
AT_THE_TOP = {"ErrorNumber": 10, "Type": "ValidationException", "Message": SAID}
IN_AN_ELEMENT = {
    "ErrorNumber": 10,
    "Type": "ValidationException",
    "Message": "A validation exception occurred",
    "Elements": [{"ValidationErrors": [{"Message": SAID}]}],
}


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


@pytest.mark.parametrize("body", [AT_THE_TOP, IN_AN_ELEMENT])
def test_a_key_that_was_used_before_is_no_refusal_but_looked_up(
    synced: Connection, sandbox: Sandbox, body: dict[str, object]
) -> None:
    """The earlier request under it may have been carried out: neither a problem nor a second sending."""
    made = approved(synced)
    fault = {"action": "answer", "method": "PUT", "path": "/Invoices", "status": 400}
    sandbox.do("faults", **fault, body=json.dumps(body), times=100)
    take_turn(synced.pk)
    assert Delivery.objects.get(endpoint="Invoices").state == Delivery.State.OPEN
    assert not Problem.objects.exists()
    age_deliveries(6)
    sync(synced)
    assert Delivery.objects.get(endpoint="Invoices").sends == 1
    sandbox.do("faults", clear=1)
    age_deliveries(3)
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]


def test_while_the_store_of_the_keys_is_down_nothing_is_lost_or_blamed(
    synced: Connection, sandbox: Sandbox
) -> None:
    made = approved(synced)
    sandbox.do("idempotency", down=True)
    sync(synced)
    assert again(made).is_pending
    assert not Problem.objects.exists()
    sandbox.do("idempotency", down=False)
    age_deliveries(10)
    sync(synced)
    assert [row["number"] for row in in_xero(sandbox)] == [again(made).number]


def test_replays_take_their_share_of_the_allowance_and_leave_the_rest(
    synced: Connection, sandbox: Sandbox
) -> None:
    """They count like any other call, so they are few: seven in the five minutes of one delivery."""
    approved(synced)
    sandbox.do("faults", action="answer", method="PUT", path="/Invoices", status=500, times=1000)
    take_turn(synced.pk)
    delivery = Delivery.objects.get(endpoint="Invoices")
    for _ in range(60):
        age_deliveries(1 / 12)
        sync(synced)
    delivery.refresh_from_db()
    assert delivery.sends <= 9
