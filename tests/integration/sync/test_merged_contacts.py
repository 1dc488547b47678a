"""A contact that was merged in Xero: what waits for it here goes to the one that it was merged into."""

import pytest

from integrations.models import Connection
from released.billing.models import Status
from released.portfolio.models import Contact
from sync.models import DocumentLink, Problem
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
