"""What Xero refuses stays here with its reason; one cause is one problem, fixed once, all retried."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from released.billing.recording import void_document
from sync.models import Problem
from sync.problems import retry
from sync.redating import open_day, redate
from tests.factories import billing
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, in_xero, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@transaction.atomic
def with_code(connection: Connection, code: str) -> Document:
    return approved(connection, lines=(billing.line(account_code=code),))


def test_one_refusal_does_not_stop_its_batch(connection: Connection, sandbox: Sandbox) -> None:
    good, bad = approved(connection), with_code(connection, "999")
    sync(connection)
    assert not again(good).is_pending
    assert again(bad).is_pending
    problem = Problem.objects.get()
    assert (problem.cause, problem.subject) == (Problem.Cause.ACCOUNT_CODE, "999")
    assert problem.xero_says.startswith("Account code '999'")
    assert len(in_xero(sandbox)) == 1


def test_one_cause_is_one_problem_and_one_fix(connection: Connection, sandbox: Sandbox, person: User) -> None:
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="200")
    made = [approved(connection) for _ in range(3)]
    sync(connection)
    problem = Problem.objects.get()
    assert problem.links.count() == 3
    sandbox.do("archive-account", organisation=HARBOUR_VIEW, code="200", restore=True)
    retry(problem, by=person)
    sync(connection)
    assert not any(again(one).is_pending for one in made)
    assert not Problem.objects.filter(closed_at=None).exists()


def test_what_is_refused_is_not_tried_in_vain(connection: Connection, sandbox: Sandbox) -> None:
    with_code(connection, "999")
    sync(connection)
    sandbox.do("record/clear")
    ask(connection)
    assert [row for row in sandbox.see("record")["requests"] if row["method"] == "PUT"] == []


def test_what_was_refused_and_is_voided_here_is_nobodys_problem_any_more(
    connection: Connection, person: User
) -> None:
    made = with_code(connection, "999")
    sync(connection)
    assert Problem.objects.filter(closed_at=None).exists()
    void_document(again(made), by=person)
    ask(connection)
    assert not Problem.objects.filter(closed_at=None).exists()
    assert not again(made).is_pending


def test_a_locked_period_is_retried_when_the_lock_moves(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("lock-dates", organisation=HARBOUR_VIEW, period_lock_date="2026-10-31")
    made = approved(connection, date=date(2026, 10, 5))
    sync(connection)
    assert Problem.objects.get().cause == Problem.Cause.LOCK_DATE
    sandbox.do("lock-dates", organisation=HARBOUR_VIEW, period_lock_date=None)
    ask(connection)
    assert not again(made).is_pending


def test_what_a_lock_refuses_arrives_on_the_first_open_day(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    """The lock is known from Xero's refusal alone: the organisation was read before it."""
    sync(connection)
    sandbox.do("lock-dates", organisation=HARBOUR_VIEW, period_lock_date="2026-10-31")
    made = approved(connection, date=date(2026, 10, 5))
    sync(connection)
    problem, first = Problem.objects.get(), date(2026, 11, 1)
    assert open_day(problem) == first
    assert redate(problem, first, by=person).documents == 1
    sync(connection)
    assert not again(made).is_pending
    assert [row["date"][:10] for row in in_xero(sandbox)] == ["2026-11-01"]
    assert not Problem.objects.filter(closed_at=None).exists()


@pytest.mark.parametrize("written", ["%d-%b-%Y", "%d %B %Y"])
def test_a_lock_that_we_have_not_read_yet_is_not_tried_in_every_turn(
    connection: Connection, sandbox: Sandbox, written: str
) -> None:
    sync(connection)
    sandbox.do("lock-dates", organisation=HARBOUR_VIEW, period_lock_date="2026-10-31")
    sandbox.do("switches", lock_date_format=written)
    made = approved(connection, date=date(2026, 10, 5))
    sync(connection)
    sandbox.do("record/clear")
    for _ in range(3):
        sync(connection)
    assert [row for row in sandbox.see("record")["requests"] if row["method"] == "PUT"] == []
    sandbox.do("lock-dates", organisation=HARBOUR_VIEW, period_lock_date=None)
    ask(connection)
    assert not again(made).is_pending


def test_an_archived_contact_holds_its_documents_until_it_is_back(
    connection: Connection, sandbox: Sandbox
) -> None:
    first = approved(connection)
    sync(connection)
    contact = first.contact
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=contact.name, status="ARCHIVED")
    second = approved(connection, contact=contact)
    sync(connection)
    assert Problem.objects.get().cause == Problem.Cause.ARCHIVED_CONTACT
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=contact.name, status="ACTIVE")
    ask(connection)
    assert not again(second).is_pending


def test_money_arrives_to_the_penny(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection, lines=(billing.line("33.335", quantity=Decimal("3")),))
    sync(connection)
    assert Decimal(str(in_xero(sandbox)[0]["total"])) == again(made).total
