"""Whose number a new document takes: Xero's, or ours where the company keeps it. Nothing is renumbered."""

from datetime import timedelta

import pytest

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Kind
from released.clock import now
from sync.models import DocumentLink, Problem, Schedule
from sync.numbering import choose_numbering
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, in_xero, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox

OURS, XERO = Connection.Numbering.OURS, Connection.Numbering.XERO


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


def sent_numbers(sandbox: Sandbox) -> list[str]:
    return sorted(row["number"] for row in in_xero(sandbox))


def take_in_xero(sandbox: Sandbox, number: str) -> str:
    """Give the number to an invoice that somebody typed in Xero; its id."""
    typed = sandbox.see("documents", organisation=HARBOUR_VIEW, q="INV-", limit=1)["documents"][0]
    sandbox.do("edit-document", organisation=HARBOUR_VIEW, document=typed["id"], set={"number": number})
    return str(typed["id"])


def content_in_xero(sandbox: Sandbox, xero_id: str) -> dict[str, object]:
    rows = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500)["documents"]
    return next(row for row in rows if row["id"] == xero_id)


def test_keeping_ours_sends_our_number(connection: Connection, sandbox: Sandbox, person: User) -> None:
    choose_numbering(connection, OURS, by=person)
    made = [approved(connection, kind=kind) for kind in (Kind.INVOICE, Kind.BILL, Kind.CREDIT_NOTE)]
    numbers = sorted(one.own_number for one in made)
    sync(connection)
    assert sent_numbers(sandbox) == numbers
    assert sorted(again(one).number for one in made) == numbers


def test_taking_xeros_sends_none(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    sync(connection)
    body = sandbox.see("writes", path="Invoices")["writes"][-1]["body"]
    assert "InvoiceNumber" not in body
    assert again(made).number == sent_numbers(sandbox)[0] != made.own_number


def test_a_number_that_exists_in_xero_overwrites_nothing_and_is_said(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    choose_numbering(connection, OURS, by=person)
    made = approved(connection)
    theirs = take_in_xero(sandbox, made.own_number)
    before = content_in_xero(sandbox, theirs)
    sync(connection)
    problem = Problem.objects.get()
    assert (problem.cause, problem.links.get().document) == (Problem.Cause.NUMBER, made)
    assert again(made).is_pending
    assert content_in_xero(sandbox, theirs) == before
    assert in_xero(sandbox) == []
    sandbox.do("edit-document", organisation=HARBOUR_VIEW, document=theirs, set={"number": "INV-9001"})
    ask(connection)
    assert not again(made).is_pending
    assert sent_numbers(sandbox) == [made.own_number]


def test_taking_xeros_after_all_cures_a_number_that_was_taken(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    choose_numbering(connection, OURS, by=person)
    made = approved(connection)
    take_in_xero(sandbox, made.own_number)
    sync(connection)
    choose_numbering(connection, XERO, by=person)
    sync(connection)
    assert not Problem.objects.filter(closed_at=None).exists()
    assert again(made).number == sent_numbers(sandbox)[0] != made.own_number


@pytest.mark.parametrize(("first", "then"), [(XERO, OURS), (OURS, XERO)])
def test_a_change_of_mind_renumbers_nothing(
    connection: Connection,
    sandbox: Sandbox,
    person: User,
    first: Connection.Numbering,
    then: Connection.Numbering,
) -> None:
    choose_numbering(connection, first, by=person)
    made = approved(connection)
    sync(connection)
    number = again(made).number
    choose_numbering(connection, then, by=person)
    sandbox.do("record/clear")
    ask(connection)
    assert again(made).number == number
    assert sent_numbers(sandbox) == [number]
    assert [row for row in sandbox.see("record")["requests"] if row["method"] in ("PUT", "POST")] == []
    assert DocumentLink.objects.get(document=made).blocked_revision is None


def test_a_number_that_nobody_here_knows_of_is_tried_again_once_a_night(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    choose_numbering(connection, OURS, by=person)
    made = approved(connection)
    theirs = take_in_xero(sandbox, made.own_number)
    sync(connection)
    DocumentLink.objects.filter(xero_id=theirs).delete()
    sandbox.do(
        "edit-document", organisation=HARBOUR_VIEW, document=theirs, set={"number": "INV-9001"}, touch=False
    )
    Schedule.objects.filter(pk=connection.pk).update(compared_at=now() - timedelta(days=1))
    sync(connection)
    assert not again(made).is_pending
