"""A contact that was merged in Xero: what waits for it here goes to the one that it was merged into."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from integrations.models import Connection
from released.billing.models import Status
from released.clock.database import database_now
from released.portfolio.models import Contact
from sync.models import ContactLink, Delivery, DeliveryItem, DocumentLink, Problem
from sync.pull.contacts import apply_contacts
from sync.scope import scope_of
from tests.factories.portfolio import PropertyFactory, TenancyFactory
from tests.integration.sync.conftest import again, approved, ask, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def two(connection: Connection) -> tuple[Contact, Contact]:
    """Both in Xero, with a document each."""
    sync(connection)
    made = [approved(connection), approved(connection)]
    sync(connection)
    return made[0].contact, made[1].contact


def merge(sandbox: Sandbox, old: Contact, kept: Contact) -> None:
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=old.name, merge_into=kept.name)


def test_what_waits_goes_to_the_successor_with_an_event(
    connection: Connection, sandbox: Sandbox, two: tuple[Contact, Contact]
) -> None:
    old, kept = two
    tenancy = TenancyFactory.create(premises=PropertyFactory.create(company=connection.company), lessee=old)
    merge(sandbox, old, kept)
    waiting, draft = approved(connection, contact=old), approved(connection, contact=old, status=Status.DRAFT)
    sync(connection)
    ask(connection)
    assert not again(waiting).is_pending
    assert DocumentLink.objects.get(document=waiting).xero_id
    assert {again(one).contact for one in (waiting, draft)} == {kept}
    says = f"Now for {kept.name}, into which {old.name} was merged in Xero"
    assert waiting.events.get(what="contact_merged").says == says
    tenancy.refresh_from_db()
    assert tenancy.lessee == kept
    assert not Problem.objects.filter(closed_at=None).exists()


def test_what_was_refused_before_the_merge_was_read_is_freed(
    connection: Connection, sandbox: Sandbox, two: tuple[Contact, Contact]
) -> None:
    old, kept = two
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=old.name, status="ARCHIVED")
    refused = approved(connection, contact=old)
    sync(connection)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.ARCHIVED_CONTACT
    sandbox.do("edit-contact", organisation=HARBOUR_VIEW, contact=old.name, status="ACTIVE")
    merge(sandbox, old, kept)
    ask(connection)
    assert not again(refused).is_pending
    assert again(refused).contact == kept
    assert not Problem.objects.filter(closed_at=None).exists()


def shown(connection: Connection, *contacts: Contact | tuple[Contact | UUID, UUID]) -> None:
    """A page of Xero's contacts, applied as by a worker of its own: active ones, or (merged, into which)."""
    records = []
    for one in contacts:
        who, into = one if isinstance(one, tuple) else (one, None)
        name = who.name if isinstance(who, Contact) else f"Contact {who}"
        record = {"ContactID": str(id_of(who)), "Name": name, "ContactStatus": "ACTIVE"}
        if into is not None:
            record |= {"ContactStatus": "ARCHIVED", "MergedToContactID": str(into)}
        records.append(record)
    with transaction.atomic():
        apply_contacts(scope_of(Connection.objects.get(pk=connection.pk)), records)


def id_of(who: Contact | UUID) -> UUID:
    found = who if isinstance(who, UUID) else ContactLink.objects.get(contact=who).xero_id
    assert found is not None
    return found


def new_in_xero(xero_id: UUID) -> dict[str, str]:
    return {"ContactID": str(xero_id), "Name": "The successor", "ContactStatus": "ACTIVE"}


def test_the_successor_may_come_on_a_later_page(connection: Connection, two: tuple[Contact, Contact]) -> None:
    old, successor = two[0], uuid4()
    waiting = approved(connection, contact=old)
    shown(connection, (old, successor))
    assert again(waiting).contact == old
    with transaction.atomic():
        apply_contacts(scope_of(connection), [new_in_xero(successor)])
    assert again(waiting).contact.name == "The successor"
    assert ContactLink.objects.get(contact=again(waiting).contact).xero_id == successor


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_chain_of_merges_ends_at_its_end_in_whatever_order_it_is_read(
    connection: Connection, two: tuple[Contact, Contact], order: tuple[int, ...]
) -> None:
    first, second = two
    last = uuid4()
    waiting = [approved(connection, contact=first), approved(connection, contact=second)]
    for number in order:
        if number == 0:
            shown(connection, (first, id_of(second)))
        elif number == 1:
            shown(connection, (second, last))
        else:
            with transaction.atomic():
                apply_contacts(scope_of(connection), [new_in_xero(last)])
    assert {again(one).contact.name for one in waiting} == {"The successor"}


def test_a_chain_leads_through_one_that_was_never_here(
    connection: Connection, two: tuple[Contact, Contact]
) -> None:
    (old, kept), between = two, uuid4()
    waiting = approved(connection, contact=old)
    shown(connection, (old, between))
    shown(connection, (between, id_of(kept)))
    assert again(waiting).contact == kept


def test_what_was_on_its_way_follows_once_it_is_known_not_to_be_there(
    connection: Connection, two: tuple[Contact, Contact]
) -> None:
    old, kept = two
    waiting, moment = approved(connection, contact=old), database_now()
    delivery = Delivery.objects.create(
        connection=connection,
        method="PUT",
        endpoint="Invoices",
        is_create=True,
        idempotency_key="k",
        first_sent_at=moment,
        last_sent_at=moment,
    )
    item = DeliveryItem.objects.create(
        delivery=delivery, position=0, document=waiting, revision=waiting.revision, sent={}
    )
    shown(connection, (old, id_of(kept)))
    assert again(waiting).contact == old
    DeliveryItem.objects.filter(pk=item.pk).update(is_open=False)
    shown(connection)
    assert again(waiting).contact == kept


def test_one_that_is_active_after_all_hands_nothing_over(
    connection: Connection, two: tuple[Contact, Contact]
) -> None:
    old, successor = two[0], uuid4()
    waiting = approved(connection, contact=old)
    shown(connection, (old, successor))
    shown(connection, old)
    with transaction.atomic():
        apply_contacts(scope_of(connection), [new_in_xero(successor)])
    assert again(waiting).contact == old


def test_a_circle_hands_nothing_over(connection: Connection, two: tuple[Contact, Contact]) -> None:
    old, kept = two
    waiting = approved(connection, contact=old)
    shown(connection, (old, id_of(kept)), (kept, id_of(old)))
    assert again(waiting).contact == old
