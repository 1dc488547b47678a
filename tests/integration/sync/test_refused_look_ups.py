"""What Xero refuses to say for an hour is told to a person, in Xero's words; it is never sent twice."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.clock.database import database_now
from sync.deliveries.resting import ask_now
from sync.models import Delivery, Problem
from sync.problems import retry
from sync.states import states_for
from tests.factories.accounts import AccountFactory, member
from tests.integration.sync.conftest import again, age_deliveries, approved, in_xero, sync
from tests.integration.sync.test_both_sides import edit
from tests.integration.sync.test_contacts_looked_up import bearing
from tests.sandbox import Sandbox

WORDS = "This app may not list invoices."
BODY = json.dumps({"ErrorNumber": 16, "Type": "QueryParseException", "Message": WORDS})


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@pytest.fixture
def synced(connection: Connection) -> Connection:
    sync(connection)
    return connection


def lost(connection: Connection, sandbox: Sandbox, fault: str, endpoint: str = "Invoices") -> Document:
    made = approved(connection)
    sandbox.do("faults", action=fault, method="PUT", path=f"/{endpoint}", times=1)
    sync(connection)
    age_deliveries(10)
    return made


def refuse_look_up(connection: Connection, sandbox: Sandbox, at: str = "/Invoices", times: int = 1) -> None:
    sandbox.do("faults", action="answer", method="GET", path=at, status=400, times=times, body=BODY)
    sync(connection)
    sandbox.do("faults", clear=True)


def wait(minutes: float) -> None:
    """As if so much time had passed since the look-up was first refused; its rest is over."""
    for delivery in Delivery.objects.filter(outcome__has_key="refused_since"):
        since = database_now() - timedelta(minutes=minutes)
        delivery.outcome = {"refused_since": since.isoformat()}
        delivery.save()


def open_problems() -> list[str]:
    return list(Problem.objects.filter(closed_at=None).values_list("cause", flat=True))


@pytest.mark.parametrize("fault", ["commit_then_drop", "reset"])
def test_after_an_hour_a_person_sees_it_and_it_is_there_once_in_the_end(
    synced: Connection, sandbox: Sandbox, person: User, fault: str
) -> None:
    made = lost(synced, sandbox, fault)
    refuse_look_up(synced, sandbox)
    wait(45)
    refuse_look_up(synced, sandbox)
    assert open_problems() == []
    wait(61)
    refuse_look_up(synced, sandbox)
    problem = Problem.objects.get(closed_at=None)
    assert (problem.cause, WORDS in problem.xero_says) == (Problem.Cause.UNSEEN, True)
    assert problem.says.startswith("Xero will not say whether this arrived. It is not sent again")
    state = states_for([again(made)])[made.pk]
    assert (state.kind, state.why) == ("unclear", problem.says)
    edit(made, person, reference="Edited")
    assert retry(problem, by=person) == 0
    ask_now(problem, by=person)
    refuse_look_up(synced, sandbox)
    assert open_problems() == [Problem.Cause.UNSEEN]
    assert again(made).events.filter(what="unclear").count() == 1
    assert len(in_xero(sandbox)) == (fault == "commit_then_drop")
    ask_now(problem, by=person)
    sync(synced)
    assert (open_problems(), again(made).is_pending) == ([], False)
    assert [row["reference"] for row in in_xero(sandbox)] == ["Edited"]


def test_a_contact_that_xero_will_not_speak_of_holds_its_documents_in_sight(
    synced: Connection, sandbox: Sandbox
) -> None:
    made = lost(synced, sandbox, "commit_then_drop", "Contacts")
    refuse_look_up(synced, sandbox, "/Contacts", times=2)  # by name, and as a list
    wait(61)
    refuse_look_up(synced, sandbox, "/Contacts", times=2)
    problem = Problem.objects.get(closed_at=None)
    assert [link.document for link in problem.links.all()] == [made]
    wait(61)
    sync(synced)
    assert (open_problems(), again(made).is_pending) == ([], False)
    assert (bearing(synced, made.contact.name), len(in_xero(sandbox))) == (1, 1)


def test_only_who_may_settle_problems_has_xero_asked(synced: Connection, sandbox: Sandbox) -> None:
    lost(synced, sandbox, "commit_then_drop")
    refuse_look_up(synced, sandbox)
    wait(61)
    refuse_look_up(synced, sandbox)
    with pytest.raises(PermissionDenied):
        ask_now(Problem.objects.get(closed_at=None), by=member(AccountFactory.create()))
