"""What held a document back lets go of it: its problem, its exclusion, a payment in Xero."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import F

from integrations.models import Connection
from integrations.xero import steps
from released.accounts.models import User
from released.billing.contents import contents_of
from released.billing.models import Document
from released.billing.recording import void_document
from sync.asking import ask_sync
from sync.conflicts import resolve_conflict
from sync.excluding import exclude_document, include_document
from sync.models import Conflict, DocumentLink, Problem, PullPlace, Run
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, in_xero, sync
from tests.integration.sync.test_both_sides import edit, in_sandbox
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@pytest.fixture
def shared(connection: Connection) -> Document:
    made = approved(connection)
    sync(connection)
    return again(made)


def hear(connection: Connection) -> None:
    """A turn that reads and does not compare."""
    ask_sync(connection, by=None, trigger=Run.Trigger.WEBHOOK)
    sync(connection)


def pay_unseen(sandbox: Sandbox, document: Document, connection: Connection) -> str:
    """A payment in Xero between our reading the document and sending our change of it; its id."""
    xero_id = str(DocumentLink.objects.get(document=document).xero_id)
    paid: list[str] = []

    def pay(name: str) -> None:
        if name == "push.saved.committed" and not paid:
            asked = {"document": xero_id, "organisation": HARBOUR_VIEW, "amount": 10}
            paid.append(str(sandbox.do("record-payment", **asked)["payment_id"]))

    with steps.listening(pay):
        sync(connection)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.STATUS
    return paid[0]


def test_a_conflict_takes_the_place_of_what_was_refused(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    lines = tuple(replace(line, account_code="999") for line in contents_of(shared).lines)
    edit(shared, person, reference="Ours", lines=lines)
    sync(connection)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.ACCOUNT_CODE
    in_sandbox(sandbox, shared, reference="Theirs")
    ask(connection)
    conflict = Conflict.objects.get(resolved_at=None)
    assert not Problem.objects.filter(closed_at=None).exists()
    resolve_conflict(conflict, Conflict.Choice.OURS, by=person)
    sync(connection)
    assert Problem.objects.get(closed_at=None).links.get().document == shared


def test_what_xero_changed_during_an_exclusion_is_read_when_it_ends(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    exclude_document(shared, by=person)
    in_sandbox(sandbox, shared, reference="Theirs")
    hear(connection)
    assert again(shared).reference != "Theirs"
    PullPlace.objects.update(high_water=F("high_water") + timedelta(minutes=10))
    sandbox.do("record/clear")
    include_document(shared, by=person)
    sync(connection)
    assert (again(shared).reference, again(shared).is_pending) == ("Theirs", False)
    assert not [row for row in sandbox.see("record")["requests"] if row["method"] == "POST"]


def test_a_void_that_was_insisted_on_goes_out_once_its_payment_is_gone_in_xero(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    void_document(again(shared), by=person)
    xero_id = str(DocumentLink.objects.get(document=shared).xero_id)
    sandbox.do("record-payment", document=xero_id, organisation=HARBOUR_VIEW, amount=10)
    sync(connection)
    resolve_conflict(Conflict.objects.get(resolved_at=None), Conflict.Choice.OURS, by=person)
    sync(connection)
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.STATUS
    payment = again(shared).settlements.get().source_id
    sandbox.do("delete-payment", organisation=HARBOUR_VIEW, payment=str(payment))
    hear(connection)
    assert in_xero(sandbox)[0]["status"] == "VOIDED"
    assert not Problem.objects.filter(closed_at=None).exists()


def test_a_payment_that_came_and_went_between_two_readings_holds_nothing_for_good(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    void_document(again(shared), by=person)
    payment = pay_unseen(sandbox, shared, connection)
    sandbox.do("delete-payment", organisation=HARBOUR_VIEW, payment=payment)
    ask(connection)
    assert in_xero(sandbox)[0]["status"] == "VOIDED"
    assert not Problem.objects.filter(closed_at=None).exists()
