"""What people typed on both sides is found before ours is sent, and waits for a person."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from integrations.models import Connection
from integrations.transitions import change_sync_from
from released.accounts.models import User
from released.billing.models import Document, Kind
from released.billing.recording import void_document
from released.clock import now, today
from sync import standing
from sync.models import ContactLink, DocumentLink, LikelyPair, Problem, Reconciliation, SetAside
from sync.scope import marker_of
from tests.factories.accounts import member
from tests.integration.sync.by_hand import type_like
from tests.integration.sync.conftest import again, approved, ask, in_xero, living, sync
from tests.integration.sync.test_both_sides import edit
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


def stands(document: Document) -> str:
    rows = standing.with_standing(Document.objects.filter(pk=document.pk))
    return rows.values_list("standing", flat=True).get()


def pair_of(document: Document) -> LikelyPair:
    return LikelyPair.objects.get(document=document, apart_at=None)


def here(document: Document) -> int:
    """How many documents of the company are like it."""
    return Document.objects.filter(company=document.company, total=document.total).count()


def there(sandbox: Sandbox, document: Document) -> list[dict[str, Any]]:
    """What Xero has for this money with this contact."""
    contact = str(ContactLink.objects.get(contact=document.contact_id).xero_id)
    rows = [row for row in living(in_xero(sandbox)) if row["contact_id"] == contact]
    return [row for row in rows if Decimal(str(row["total"])) == document.total]


@pytest.mark.parametrize("kind", list(Kind))
def test_on_the_first_sync_ours_is_not_sent_and_theirs_does_not_come(
    connection: Connection, sandbox: Sandbox, kind: Kind
) -> None:
    made = approved(connection, kind=kind)
    xero_id = type_like(sandbox, made)
    sync(connection)
    pair = pair_of(made)
    assert (pair.xero_id, pair.is_strong, pair.says) == (xero_id, True, "Same contact, total and date")
    assert SetAside.objects.get(xero_id=xero_id).reason == SetAside.Reason.LIKELY_PAIR
    assert (stands(made), here(made), len(there(sandbox, made))) == (standing.UNCLEAR, 1, 1)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.LIKELY_PAIR


def test_on_a_regular_pull_of_what_waits_longer(connection: Connection, sandbox: Sandbox) -> None:
    """What was approved just now goes ahead of any reading (`sync.ahead`)."""
    sync(connection)
    made = approved(connection)
    Document.objects.filter(pk=made.pk).update(changed_at=now() - timedelta(minutes=10))
    type_like(sandbox, made)
    ask(connection)
    assert stands(made) == standing.UNCLEAR


def test_when_a_moved_date_makes_both_visible(connection: Connection, sandbox: Sandbox, person: User) -> None:
    change_sync_from(connection, sync_from=today() - timedelta(days=5), by=person)
    sync(connection)
    old = approved(connection, date=today() - timedelta(days=30))
    xero_id = type_like(sandbox, old)
    ask(connection)
    assert (stands(old), LikelyPair.objects.count()) == (standing.HELD, 0)
    connection.refresh_from_db()
    change_sync_from(connection, sync_from=today() - timedelta(days=60), by=person)
    sync(connection)
    assert (stands(old), pair_of(old).xero_id) == (standing.UNCLEAR, xero_id)


def test_one_problem_for_all_and_the_closest_goes_with_the_closest(
    connection: Connection, sandbox: Sandbox
) -> None:
    first = approved(connection)
    second = approved(connection, contact=first.contact, date=first.date - timedelta(days=2))
    of_second, of_first = type_like(sandbox, second), type_like(sandbox, first)
    sync(connection)
    assert (pair_of(first).xero_id, pair_of(second).xero_id) == (of_first, of_second)
    assert Problem.objects.get(closed_at=None).links.count() == 2


def test_equally_close_ones_are_all_candidates(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    ids = {type_like(sandbox, made), type_like(sandbox, made)}
    sync(connection)
    assert {pair.xero_id for pair in LikelyPair.objects.filter(document=made)} == ids


def test_an_edit_does_not_slip_past(connection: Connection, sandbox: Sandbox, person: User) -> None:
    made = approved(connection)
    type_like(sandbox, made)
    sync(connection)
    edit(made, person, reference="Changed meanwhile")
    sync(connection)
    assert (stands(made), len(there(sandbox, made))) == (standing.UNCLEAR, 1)
    assert pair_of(made).revision == again(made).revision


def test_edited_so_that_nothing_is_alike_both_exist(
    connection: Connection, sandbox: Sandbox, person: User
) -> None:
    made = approved(connection)
    xero_id = type_like(sandbox, made)
    sync(connection)
    edit(made, person, date=made.date - timedelta(days=20))
    sync(connection)
    assert DocumentLink.objects.filter(xero_id=xero_id).exclude(document=made).exists()
    assert (stands(made), len(there(sandbox, made))) == (standing.IN_XERO, 2)
    assert not Problem.objects.filter(closed_at=None).exists()


def test_edited_in_xero_so_that_nothing_is_alike_both_exist(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    xero_id = type_like(sandbox, made)
    sync(connection)
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set={"total": "77.00"})
    ask(connection)
    assert (stands(made), len(there(sandbox, made))) == (standing.IN_XERO, 1)
    assert DocumentLink.objects.filter(xero_id=xero_id).exclude(document=made).exists()


def test_voided_in_xero_meanwhile_ours_is_sent(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    xero_id = type_like(sandbox, made)
    sync(connection)
    sandbox.do("void-document", document=xero_id, organisation=HARBOUR_VIEW)
    ask(connection)
    assert (stands(made), here(made), len(there(sandbox, made))) == (standing.IN_XERO, 1, 1)
    assert not SetAside.objects.exists()


def test_voided_here_meanwhile_theirs_comes(connection: Connection, sandbox: Sandbox, person: User) -> None:
    made = approved(connection)
    xero_id = type_like(sandbox, made)
    sync(connection)
    void_document(again(made), by=person)
    sync(connection)
    assert DocumentLink.objects.get(xero_id=xero_id).document_id != made.pk
    assert (here(made), len(there(sandbox, made))) == (2, 1)


def test_an_address_of_ours_says_more_than_a_likeness(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    xero_id = type_like(sandbox, made)
    sync(connection)
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set={"url": marker_of(made)})
    ask(connection)
    assert str(DocumentLink.objects.get(document=made).xero_id) == xero_id
    assert not LikelyPair.objects.exists()


def test_the_comparison_lists_it_as_what_it_is(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    type_like(sandbox, made, InvoiceNumber="INV-0877")
    sync(connection)
    ask(connection)
    compared = Reconciliation.objects.filter(connection=connection, ended_at__isnull=False).first()
    assert compared is not None
    assert [(one["what"], one["document"]) for one in compared.differences] == [
        ("May be INV-0877 in Xero", made.pk)
    ]
    asked = sandbox.see("record", path="/Invoices")["requests"]
    assert not [row for row in asked if "IDs=" in row["query"]]
