"""Contacts that are nearly namesakes: linked they are one, kept apart both exist; nobody is asked twice."""

import pytest
from django.core.exceptions import PermissionDenied

from integrations.models import Connection, Event
from integrations.xero.client import open_client
from released.accounts.models import User
from released.portfolio.models import Contact
from sync.matching.looking import look
from sync.matching.settling import keep_apart, link_near
from sync.matching.standing import near_of, state_of
from sync.models import ContactLink, NearContact
from tests.factories.accounts import AccountFactory, member
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import approved, sync
from tests.integration.sync.matched.playing import person_of
from tests.sandbox import HARBOUR_VIEW, Sandbox

State = Connection.State
THEIRS, OURS = "Ferris & Cole Plumbing Ltd", "Ferris and Cole Plumbing Limited"


@pytest.fixture
def person(connection: Connection) -> User:
    return person_of(connection)


@pytest.fixture
def ours(connection: Connection, sandbox: Sandbox) -> Contact:
    """Ours, with a document; Xero has it under another spelling, and the date is not confirmed yet."""
    names = [row["Name"] for row in _contacts(connection, sandbox)]
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=names[0], name=THEIRS)
    made = ContactFactory.create(company=connection.company, name=OURS, email="")
    approved(connection, contact=made)
    Connection.objects.filter(pk=connection.pk).update(state=State.AWAITING_DATE)
    connection.refresh_from_db()
    look(connection)
    return made


def _contacts(connection: Connection, sandbox: Sandbox) -> list[dict[str, str]]:
    with open_client(connection) as books:
        return list(books.list("Contacts").records)


def confirm(connection: Connection) -> None:
    Connection.objects.filter(pk=connection.pk).update(state=State.CONNECTED)
    connection.refresh_from_db()


def alike(connection: Connection, sandbox: Sandbox) -> int:
    """How many contacts of either spelling Xero has."""
    return sum(row["Name"] in (THEIRS, OURS) for row in _contacts(connection, sandbox))


def test_they_are_asked_about_before_anything_is_sent(connection: Connection, ours: Contact) -> None:
    (pair,) = near_of(connection)
    assert (pair.contact, pair.name, pair.reason) == (ours, THEIRS, "nearly the same name")
    assert state_of(connection).needs_person


def test_linked_they_are_one_and_keep_their_names(
    connection: Connection, ours: Contact, person: User, sandbox: Sandbox
) -> None:
    (pair,) = near_of(connection)
    assert link_near(pair, by=person)
    assert not link_near(pair, by=person)
    confirm(connection)
    sync(connection)
    assert alike(connection, sandbox) == 1
    assert Contact.objects.get(pk=ours.pk).name == OURS
    assert not Contact.objects.filter(company=connection.company, name=THEIRS).exists()
    assert ContactLink.objects.get(contact=ours).xero_id == pair.xero_id
    assert Event.objects.filter(connection=connection, what="contact_matched", actor=person).count() == 1


def test_kept_apart_both_exist_and_nobody_is_asked_again(
    connection: Connection, ours: Contact, person: User, sandbox: Sandbox
) -> None:
    (pair,) = near_of(connection)
    assert keep_apart(pair, by=person)
    look(connection)
    assert near_of(connection) == []
    confirm(connection)
    sync(connection)
    assert alike(connection, sandbox) == 2


def test_undecided_nothing_waits(connection: Connection, ours: Contact, sandbox: Sandbox) -> None:
    confirm(connection)
    sync(connection)
    assert alike(connection, sandbox) == 2
    assert near_of(connection) == []


def test_who_may_not_manage_add_ons_decides_nothing(connection: Connection, ours: Contact) -> None:
    (pair,) = near_of(connection)
    for somebody in (
        member(connection.company.account, "Property manager"), member(AccountFactory.create()),
    ):  # fmt: skip
        for decide in (link_near, keep_apart):
            with pytest.raises(PermissionDenied):
                decide(pair, by=somebody)
    assert NearContact.objects.get().decision == ""


def test_contacts_that_can_not_be_read_are_not_asked_about(connection: Connection, sandbox: Sandbox) -> None:
    ContactFactory.create(company=connection.company)
    Connection.objects.filter(pk=connection.pk).update(state=State.AWAITING_DATE)
    connection.refresh_from_db()
    sandbox.do("faults", path="/Contacts", times=9, action="answer", status=500, body="oops")
    reading = look(connection)
    assert reading is not None
    assert reading.sorts
    assert near_of(connection) == []
