"""A company that was released and is bound to the same organisation again: both sides know each other."""

from datetime import date
from uuid import uuid4

import pytest

from integrations import transitions
from integrations.models import Connection
from integrations.organisations import Offered
from integrations.xero import steps
from released.accounts.models import User
from released.billing.models import Document, Kind, Status
from released.portfolio.models import Contact
from sync.excluding import exclude_document
from sync.models import ContactLink, DocumentLink, EarlierLink, LikelyPair, Schedule
from sync.states import states_for
from tests.factories import billing
from tests.factories.accounts import member
from tests.integration.sync.by_hand import type_in_xero
from tests.integration.sync.conftest import again, approved, ask, fresh_minute, in_xero, sync
from tests.integration.sync.test_both_sides import edit, in_sandbox
from tests.sandbox import HARBOUR_VIEW, Sandbox

TYPED = {
    "Contact": {"Name": "Quayside Cleaning"},
    "Date": "2026-09-14",
    "DueDate": "2026-10-14",
    "LineItems": [
        {"Description": "Stairs", "Quantity": 1, "UnitAmount": "80", "TaxType": "NONE", "AccountCode": "473"}
    ],
}


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


def pay(connection: Connection, sandbox: Sandbox, document: Document) -> None:
    xero_id = str(DocumentLink.objects.get(document=document).xero_id)
    sandbox.do("record-payment", organisation=HARBOUR_VIEW, document=xero_id)


def typed_there(sandbox: Sandbox, kind: str = "ACCPAY") -> Document:
    """One that never had an address of ours."""
    xero_id = type_in_xero(sandbox, kind, **TYPED)
    connection = Connection.objects.get()
    ask(connection)
    return DocumentLink.objects.get(xero_id=xero_id).document


def let_go(connection: Connection, by: User) -> None:
    transitions.disconnect(connection, by=by)
    transitions.release(connection, by=None, reason="a mistake")


def bind_again(connection: Connection, by: User, before: Connection) -> None:
    """As a consent does, with the date confirmed."""
    assert before.grant is not None
    assert before.xero_tenant_id is not None
    assert before.xero_connection_id is not None
    organisation = Offered(before.xero_connection_id, before.xero_tenant_id, before.organisation_name)
    transitions.bind(connection.company, grant=before.grant, organisation=organisation, by=by)
    transitions.confirm_sync_from(connection, sync_from=date(2000, 1, 1), by=by)
    connection.refresh_from_db()
    fresh_minute()
    sync(connection)
    fresh_minute()
    ask(connection)


def release_and_bind(connection: Connection, by: User) -> None:
    before = Connection.objects.select_related("grant").get(pk=connection.pk)
    let_go(connection, by)
    bind_again(connection, by, before)


def everything_there(sandbox: Sandbox) -> int:
    rows = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500)["documents"]
    return len(rows)


def test_nothing_is_doubled_on_either_side(connection: Connection, sandbox: Sandbox, person: User) -> None:
    paid, unpaid = approved(connection), approved(connection)
    credit = approved(connection, kind=Kind.CREDIT_NOTE)
    sync(connection)
    typed_paid, typed = typed_there(sandbox), typed_there(sandbox)
    typed_credit = typed_there(sandbox, "ACCPAYCREDIT")
    pay(connection, sandbox, paid)
    pay(connection, sandbox, typed_paid)
    ask(connection)
    assert {again(paid).status, again(typed_paid).status} == {Status.PAID}
    here, there = Document.objects.count(), everything_there(sandbox)
    release_and_bind(connection, person)
    assert (Document.objects.count(), everything_there(sandbox)) == (here, there)
    mine = [again(one) for one in (paid, unpaid, credit, typed_paid, typed, typed_credit)]
    assert {state.kind for state in states_for(mine).values()} == {"in_xero"}
    assert not LikelyPair.objects.exists()
    assert again(typed_paid).events.filter(what="included").count() == 1
    assert not again(typed).events.filter(what="included").exists()
    assert not EarlierLink.objects.exists()


def test_what_either_side_changed_meanwhile_is_shared(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    """Also what no likeness could find: another amount, another date, a contact of another name."""
    theirs = approved(connection)
    ours = approved(connection, kind=Kind.CREDIT_NOTE, lines=(billing.line("70"),))
    sync(connection)
    before = Connection.objects.select_related("grant").get(pk=connection.pk)
    here, there = Document.objects.count(), everything_there(sandbox)
    contacts = Contact.objects.count()
    in_sandbox(sandbox, theirs, reference="Theirs")
    let_go(connection, person)
    edit(ours, person, lines=(billing.line("75"),), reference="Ours")
    contact = Contact.objects.get(pk=ours.contact_id)
    contact.name, contact.revision = "Another name", contact.revision + 1
    contact.save()
    bind_again(connection, person, before)
    assert (Document.objects.count(), everything_there(sandbox)) == (here, there)
    assert Contact.objects.count() == contacts
    assert again(theirs).reference == "Theirs"
    held = next(row for row in in_xero(sandbox) if row["reference"] == "Ours")
    assert held["total"] == 75
    assert held["contact_id"] == str(ContactLink.objects.get(contact=contact).xero_id)
    assert not Contact.objects.get(pk=contact.pk).is_pending


def test_what_a_person_excluded_stays_excluded(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    first, second, paid = (approved(connection) for _ in range(3))
    sync(connection)
    pay(connection, sandbox, paid)
    ask(connection)
    before = Connection.objects.select_related("grant").get(pk=connection.pk)
    exclude_document(first, by=person)
    let_go(connection, person)
    exclude_document(second, by=person)
    bind_again(connection, person, before)
    found = {link.document_id: link for link in DocumentLink.objects.all()}
    assert all(found[one.pk].xero_id for one in (first, second, paid))
    assert [found[one.pk].excluded_by for one in (first, second, paid)] == [person, person, None]
    assert found[paid.pk].excluded_at is None


def test_other_books_in_between_change_nothing_of_that(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    made = approved(connection)
    sync(connection)
    xero_id = DocumentLink.objects.get(document=made).xero_id
    first = Connection.objects.select_related("grant").get(pk=connection.pk)
    let_go(connection, person)
    other = Offered(uuid4(), uuid4(), "Other books")
    assert first.grant is not None
    transitions.bind(connection.company, grant=first.grant, organisation=other, by=person)
    assert not DocumentLink.objects.filter(document=made, xero_id__isnull=False).exists()
    let_go(Connection.objects.get(pk=connection.pk), person)
    bind_again(connection, person, first)
    assert DocumentLink.objects.get(document=made).xero_id == xero_id


def test_a_turn_under_way_writes_nothing_of_the_books_that_were_left(
    connection: Connection, person: User
) -> None:
    sync(connection)
    made = approved(connection)

    def leave(name: str) -> None:
        if name == "push.sent":
            let_go(connection, person)

    with steps.listening(leave):
        sync(connection)
    assert not DocumentLink.objects.filter(document=made, xero_id__isnull=False).exists()
    assert again(made).shared_revision == 0
    assert Schedule.objects.get(pk=connection.pk).failures == 0
