"""A contact whose create was lost is found by its name, whatever the name and however few calls are left."""

import json
import signal

import pytest

from integrations.models import Connection
from integrations.xero.client import open_client
from released.billing.models import Document
from sync import allowance
from sync.due import open_deliveries
from sync.models import ContactLink, Delivery, Problem, Schedule
from sync.turn import take_turn
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import again, age_deliveries, approved, fresh_minute, in_xero, sync
from tests.integration.sync.stateful.there import enter
from tests.integration.sync.test_killed_workers import lease_runs_out, work
from tests.sandbox import HARBOUR_VIEW, Sandbox
from tests.struck_worker import StruckWorker

QUOTED = 'Ada "Flat" Ltd'
NO = json.dumps({"ErrorNumber": 16, "Type": "QueryParseException", "Message": "Syntax error"})
A_MINUTE, MANY, TURNS = 18, 25, 8


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    fresh_minute()
    return connection


def named(connection: Connection, name: str) -> Document:
    return approved(connection, contact=ContactFactory.create(company=connection.company, name=name))


def lose(connection: Connection, sandbox: Sandbox, action: str) -> None:
    """The next create of contacts gets no answer; and then so much time passes that it is looked up."""
    sandbox.do("faults", action=action, method="PUT", path="/Contacts", times=1)
    sync(connection)
    assert open_ones(connection) == 1
    age_deliveries(10)
    fresh_minute()


def open_ones(connection: Connection) -> int:
    return Delivery.objects.filter(connection=connection, state=Delivery.State.OPEN).count()


def bearing(connection: Connection, name: str) -> int:
    """How many contacts in Xero bear it, by reading all of them."""
    with open_client(connection) as books:
        page = books.list("Contacts", params={"includeArchived": "true"})
    return sum(record["Name"] == name for record in page.records)


@pytest.mark.fact("C23")
@pytest.mark.parametrize("name", [QUOTED, "Back\\", 'At the "end"', "Plain Ltd"])
@pytest.mark.parametrize("action", ["reset", "commit_then_drop"])
def test_whatever_its_name_nothing_else_waits_for_it_and_it_is_made_once(
    synced: Connection, sandbox: Sandbox, name: str, action: str
) -> None:
    made = named(synced, name)
    lose(synced, sandbox, action)
    other = approved(synced)
    sync(synced)
    assert not again(made).is_pending
    assert not again(other).is_pending
    assert bearing(synced, name) == 1


def test_what_is_found_stays_found_when_the_minute_is_used_up(
    synced: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each turn would begin with the first name again, and never come to the last."""
    made = [approved(synced) for _ in range(MANY)]
    lose(synced, sandbox, "commit_then_drop")
    monkeypatch.setattr(allowance, "MINUTE", A_MINUTE)
    monkeypatch.setattr(allowance, "_remaining", lambda _: ("", "", ""))  # Xero itself would allow more
    turns = 0
    while open_ones(synced) and turns < TURNS:
        turns += 1
        fresh_minute()  # as if the next one had come
        Schedule.objects.update(held_until=None)
        take_turn(synced.pk)
    assert not open_ones(synced), f"still open after {turns} minutes"
    assert ContactLink.objects.filter(contact__documents__in=made, xero_id=None).count() == 0


@pytest.mark.parametrize("moment", ["before_commit", "committed"])
def test_killed_between_two_names_it_goes_on_with_the_others(
    synced: Connection, sandbox: Sandbox, moment: str
) -> None:
    made = [approved(synced) for _ in range(3)]
    lose(synced, sandbox, "commit_then_drop")
    worker = StruckWorker(lambda: work(synced.pk), f"push.looked_up.{moment}", signal.SIGKILL)
    assert worker.killed()
    worker.end()
    lease_runs_out()
    sync(synced)
    assert not any(again(one).is_pending for one in made)
    assert [bearing(synced, one.contact.name) for one in made] == [1, 1, 1]


def test_a_look_up_that_xero_refuses_rests_and_stops_nothing_else(
    synced: Connection, sandbox: Sandbox
) -> None:
    """Nothing is concluded from it, and it is made again."""
    made = approved(synced)
    sandbox.do("faults", action="commit_then_drop", method="PUT", path="/Invoices", times=1)
    sync(synced)
    age_deliveries(10)
    other = approved(synced)
    sandbox.do("faults", action="answer", method="GET", path="/Invoices", status=400, times=1, body=NO)
    sync(synced)
    assert (again(made).is_pending, again(other).is_pending) == (True, False)
    assert not open_deliveries(synced).exists()  # or turn would follow turn
    Delivery.objects.update(outcome={})  # the rest is over
    sync(synced)
    assert not again(made).is_pending
    assert len(in_xero(sandbox)) == 2


@pytest.mark.parametrize("name", [QUOTED, "Plain Ltd"])
def test_a_namesake_typed_in_xero_meanwhile_is_linked(
    synced: Connection, sandbox: Sandbox, name: str
) -> None:
    enter(sandbox, HARBOUR_VIEW, "Contacts", {"Name": name})
    made = named(synced, name)
    for _ in range(2):
        sync(synced)
    assert not again(made).is_pending
    assert bearing(synced, name) == 1
    assert not Problem.objects.filter(closed_at=None).exists()


def test_a_namesake_that_xero_will_not_name_stops_nothing_else(synced: Connection, sandbox: Sandbox) -> None:
    enter(sandbox, HARBOUR_VIEW, "Contacts", {"Name": QUOTED})
    made = named(synced, QUOTED)
    other = approved(synced)
    sandbox.do("faults", action="answer", method="GET", path="/Contacts", status=400, times=1, body=NO)
    sync(synced)
    assert not again(other).is_pending
    assert again(made).is_pending
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.CONTACT


def test_a_name_that_another_of_ours_has_in_xero_by_now_is_not_taken_twice(
    synced: Connection, sandbox: Sandbox
) -> None:
    older = approved(synced)
    sync(synced)
    made = named(synced, "Moved Ltd")
    lose(synced, sandbox, "reset")
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=older.contact.name, name="Moved Ltd")
    other = approved(synced)
    sync(synced)
    assert (again(made).is_pending, again(other).is_pending) == (True, False)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.CONTACT
