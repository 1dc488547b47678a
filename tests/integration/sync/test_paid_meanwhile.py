"""A change here that meets a payment in Xero: the payment stands, and a person chooses about the change."""

from dataclasses import replace
from decimal import Decimal

import pytest

from integrations.models import Connection
from released.accounts.models import User
from released.billing.contents import contents_of
from released.billing.models import Document, Kind, Status
from released.billing.recording import edit_document, void_document
from sync.conflicts import resolve_conflict
from sync.models import Conflict, DocumentLink, Problem
from sync.problems import retry
from sync.states import states_for
from tests.factories import billing
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, in_xero, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox

OURS, THEIRS = Conflict.Choice.OURS, Conflict.Choice.THEIRS


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@pytest.fixture
def shared(connection: Connection) -> Document:
    made = approved(connection, lines=(billing.line("1250"),))
    sync(connection)
    return again(made)


def raise_to_1300(document: Document, person: User) -> None:
    contents = contents_of(document)
    lines = tuple(replace(line, unit_amount=Decimal(1300)) for line in contents.lines)
    edit_document(document, replace(contents, lines=lines), by=person, revision=document.revision)


def pay(sandbox: Sandbox, document: Document, **amount: int) -> None:
    xero_id = str(DocumentLink.objects.get(document=document).xero_id)
    sandbox.do("record-payment", organisation=HARBOUR_VIEW, document=xero_id, **amount)


def the_conflict() -> Conflict:
    return Conflict.objects.get(resolved_at=None)


def open_causes() -> list[str]:
    return list(Problem.objects.filter(closed_at=None).values_list("cause", flat=True))


def test_xeros_version_takes_the_edit_back(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    raise_to_1300(shared, person)
    pay(sandbox, shared)
    ask(connection)
    assert (the_conflict().clashing, the_conflict().locked, open_causes()) == (["lines"], ["lines"], [])
    resolve_conflict(the_conflict(), THEIRS, by=person)
    sync(connection)
    fresh = again(shared)
    assert (fresh.state, fresh.total, fresh.amount_due) == (Status.PAID, Decimal(1250), Decimal(0))
    assert not fresh.is_pending
    assert fresh.line_items.get().unit_amount == Decimal(1250)


def test_until_somebody_chooses_what_is_due_is_told_as_xero_holds_it(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    """Also while ours, which was insisted on, is refused: no edit of ours alters what was paid there."""
    raise_to_1300(shared, person)
    pay(sandbox, shared)
    ask(connection)
    told = states_for([again(shared)])[shared.pk]
    assert (told.short, "Xero has payments or credits on it" in told.why) == (
        "paid or credited in Xero",
        True,
    )
    before = again(shared)
    assert (before.total, before.amount_paid, before.amount_due) == (
        Decimal(1300),
        Decimal(1250),
        Decimal(0),
    )
    resolve_conflict(the_conflict(), OURS, by=person)
    ask(connection)
    after = again(shared)
    assert open_causes() == [Problem.Cause.STATUS]
    assert (after.amount_paid, after.amount_due) == (Decimal(1250), Decimal(0))


def test_xeros_version_takes_the_void_back(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    void_document(shared, by=person)
    pay(sandbox, shared, amount=100)
    ask(connection)
    assert (again(shared).state, the_conflict().clashing) == (Status.VOIDED, ["is_alive"])
    resolve_conflict(the_conflict(), THEIRS, by=person)
    sync(connection)
    fresh = again(shared)
    assert (fresh.state, fresh.amount_paid, fresh.amount_due) == (
        Status.AUTHORISED,
        Decimal(100),
        Decimal(1150),
    )
    assert not fresh.is_pending
    assert in_xero(sandbox)[0]["status"] == "AUTHORISED"


def test_ours_is_refused_in_public_and_asked_about_again_when_tried_again(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    raise_to_1300(shared, person)
    pay(sandbox, shared)
    ask(connection)
    resolve_conflict(the_conflict(), OURS, by=person)
    ask(connection)
    ask(connection)
    assert (open_causes(), again(shared).is_pending) == ([Problem.Cause.STATUS], True)
    assert not Conflict.objects.filter(resolved_at=None).exists()
    retry(Problem.objects.get(closed_at=None), by=person)
    sync(connection)
    assert (the_conflict().locked, open_causes()) == (["lines"], [])


@pytest.mark.parametrize("is_void", [True, False])
def test_ours_reaches_xero_once_the_payment_is_gone(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox, is_void: bool
) -> None:
    if is_void:
        void_document(shared, by=person)
    else:
        raise_to_1300(shared, person)
    pay(sandbox, shared)
    ask(connection)
    resolve_conflict(the_conflict(), OURS, by=person)
    sync(connection)
    assert open_causes() == [Problem.Cause.STATUS]
    payment = again(shared).settlements.get().source_id
    sandbox.do("delete-payment", organisation=HARBOUR_VIEW, payment=str(payment))
    ask(connection)
    for problem in Problem.objects.filter(closed_at=None):
        retry(problem, by=person)
    sync(connection)
    there = in_xero(sandbox)[0]
    assert (there["status"], Decimal(str(there["total"]))) == (
        ("VOIDED", Decimal(1250)) if is_void else ("AUTHORISED", Decimal(1300))
    )
    assert not again(shared).is_pending
    assert not Conflict.objects.filter(resolved_at=None).exists()


def test_a_payment_removed_before_anybody_chose_lets_the_edit_through(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    raise_to_1300(shared, person)
    pay(sandbox, shared)
    ask(connection)
    payment = again(shared).settlements.get().source_id
    sandbox.do("delete-payment", organisation=HARBOUR_VIEW, payment=str(payment))
    ask(connection)
    assert Decimal(str(in_xero(sandbox)[0]["total"])) == 1300
    assert not again(shared).is_pending
    assert not Conflict.objects.filter(resolved_at=None).exists()


def test_what_xero_leaves_open_on_a_paid_bill_is_sent(
    connection: Connection, person: User, sandbox: Sandbox
) -> None:
    bill = approved(connection, kind=Kind.BILL)
    sync(connection)
    fresh = again(bill)
    edit_document(fresh, replace(contents_of(fresh), reference="Mine"), by=person, revision=fresh.revision)
    pay(sandbox, bill)
    ask(connection)
    assert (in_xero(sandbox)[0]["reference"], again(bill).is_pending) == ("Mine", False)
    assert not Conflict.objects.exists()
