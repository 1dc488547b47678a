"""A contact that Xero does not accept is a visible problem or healed by itself, and never sent in a loop."""

from uuid import uuid4

import pytest

from integrations.models import Connection
from released.portfolio.models import Contact
from sync.models import ContactLink, Problem
from tests.integration.sync.conftest import again, approved, ask, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox

Cause = Problem.Cause


@pytest.fixture
def contact(connection: Connection) -> Contact:
    """One that both sides have, as Ada Ltd."""
    sync(connection)
    made = approved(connection)
    Contact.objects.filter(pk=made.contact_id).update(name="Ada Ltd")
    sync(connection)
    return Contact.objects.get(pk=made.contact_id)


def change(contact: Contact, **fields: str) -> None:
    Contact.objects.filter(pk=contact.pk).update(**fields, revision=contact.revision + 1)


def writes(sandbox: Sandbox) -> list[str]:
    rows = sandbox.see("record")["requests"]
    return [f"{row['method']} {row['path']}" for row in rows if row["method"] in ("PUT", "POST")]


def stands_still(connection: Connection, sandbox: Sandbox) -> bool:
    """However often it is looked at, nothing more is sent."""
    sandbox.do("record/clear")
    for _ in range(3):
        ask(connection)
    return not [row for row in writes(sandbox) if "api.xro" in row]


def test_a_name_that_another_contact_has_by_now_is_a_problem_and_stops_nothing_else(
    connection: Connection, contact: Contact, sandbox: Sandbox
) -> None:
    other = approved(connection)
    sync(connection)
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=other.contact.name, name="Taken Ltd")
    change(contact, name="Taken Ltd")
    made = approved(connection, contact=Contact.objects.get(pk=contact.pk))
    sync(connection)
    problem = Problem.objects.get(closed_at=None)
    assert (problem.cause, problem.subject) == (Cause.CONTACT, "Taken Ltd")
    assert not again(made).is_pending  # the document itself names it by its id
    assert stands_still(connection, sandbox)


def test_a_change_of_an_archived_contact_waits_until_it_is_back(
    connection: Connection, contact: Contact, sandbox: Sandbox
) -> None:
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=contact.name, status="ARCHIVED")
    change(contact, email="ada@example.com")
    ask(connection)
    problem = Problem.objects.get(closed_at=None)
    assert problem.cause == Cause.ARCHIVED_CONTACT
    assert stands_still(connection, sandbox)
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=contact.name, status="ACTIVE")
    ask(connection)
    assert not Problem.objects.filter(closed_at=None).exists()
    assert not Contact.objects.get(pk=contact.pk).is_pending


def test_a_contact_that_xero_does_not_know_is_a_problem_of_its_documents(
    connection: Connection, contact: Contact, sandbox: Sandbox
) -> None:
    ContactLink.objects.filter(contact=contact).update(xero_id=uuid4())
    lost, other = approved(connection, contact=contact), approved(connection)
    sync(connection)
    problem = Problem.objects.get(closed_at=None)
    assert (problem.cause, problem.subject) == (Cause.CONTACT, contact.name)
    assert "most likely the contact" in problem.says
    assert problem.xero_says == ""
    assert again(lost).is_pending
    assert not again(other).is_pending
    assert stands_still(connection, sandbox)
