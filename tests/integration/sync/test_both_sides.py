"""Edits on both sides: sent, taken, merged, or shown as a conflict that a person settles."""

from datetime import timedelta
from typing import Any

import pytest

from integrations.models import Connection
from released.accounts.models import User
from released.billing.contents import contents_of
from released.billing.models import Document, Status
from released.billing.recording import edit_document, void_document
from sync.conflicts import resolve_conflict
from sync.models import Conflict, DocumentLink
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, in_xero, living, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@pytest.fixture
def shared(connection: Connection) -> Document:
    """A document that both sides agree to."""
    made = approved(connection, reference="Flat 4")
    sync(connection)
    return again(made)


def edit(document: Document, person: User, **fields: Any) -> Document:
    fresh = again(document)
    contents = contents_of(fresh)
    for name, value in fields.items():
        object.__setattr__(contents, name, value)
    return edit_document(fresh, contents, by=person, revision=fresh.revision)


def in_sandbox(sandbox: Sandbox, document: Document, **fields: Any) -> None:
    xero_id = str(DocumentLink.objects.get(document=document).xero_id)
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set=fields)


def test_an_edit_here_reaches_xero_and_only_what_changed(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    edit(shared, person, reference="Flat 5")
    sync(connection)
    assert in_xero(sandbox)[0]["reference"] == "Flat 5"
    posted = [row for row in sandbox.see("record", path="/Invoices")["requests"] if row["method"] == "POST"]
    assert len(posted) == 1


def test_an_edit_in_xero_is_taken_and_not_sent_back(
    connection: Connection, shared: Document, sandbox: Sandbox
) -> None:
    in_sandbox(sandbox, shared, reference="From Xero")
    sandbox.do("record/clear")
    ask(connection)
    assert again(shared).reference == "From Xero"
    assert not again(shared).is_pending
    writes = [row for row in sandbox.see("record")["requests"] if row["method"] in ("PUT", "POST")]
    assert [row for row in writes if "/Invoices" in row["path"]] == []


def test_edits_of_different_fields_merge(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    edit(shared, person, reference="Mine")
    in_sandbox(sandbox, shared, due_date="2027-01-31")
    sync(connection)
    fresh = again(shared)
    assert (fresh.reference, str(fresh.due_date), fresh.is_pending) == ("Mine", "2027-01-31", False)
    assert in_xero(sandbox)[0]["reference"] == "Mine"


@pytest.mark.parametrize(
    ("choice", "outcome"), [(Conflict.Choice.OURS, "Mine"), (Conflict.Choice.THEIRS, "Theirs")]
)
def test_a_conflict_waits_for_a_person(
    connection: Connection,
    shared: Document,
    person: User,
    sandbox: Sandbox,
    choice: Conflict.Choice,
    outcome: str,
) -> None:
    edit(shared, person, reference="Mine")
    in_sandbox(sandbox, shared, reference="Theirs")
    sync(connection)
    conflict = Conflict.objects.get(resolved_at=None)
    assert conflict.clashing == ["reference"]
    assert (again(shared).reference, in_xero(sandbox)[0]["reference"]) == ("Mine", "Theirs")
    resolve_conflict(conflict, choice, by=person)
    sync(connection)
    assert (again(shared).reference, in_xero(sandbox)[0]["reference"]) == (outcome, outcome)
    assert not again(shared).is_pending


@pytest.mark.parametrize(
    ("choice", "outcome"), [(Conflict.Choice.OURS, "Mine"), (Conflict.Choice.THEIRS, "Theirs")]
)
def test_what_one_side_alone_changed_is_kept_whichever_version_is_chosen(
    connection: Connection,
    shared: Document,
    person: User,
    sandbox: Sandbox,
    choice: Conflict.Choice,
    outcome: str,
) -> None:
    """The reference clashes; the date was moved here alone, the due date there alone."""
    day = again(shared).date - timedelta(days=1)
    edit(shared, person, reference="Mine", date=day)
    in_sandbox(sandbox, shared, reference="Theirs", due_date="2027-01-31")
    sync(connection)
    conflict = Conflict.objects.get(resolved_at=None)
    assert conflict.clashing == ["reference"]
    resolve_conflict(conflict, choice, by=person)
    sync(connection)
    here, there = again(shared), in_xero(sandbox)[0]
    assert (here.reference, here.date, str(here.due_date)) == (outcome, day, "2027-01-31")
    assert (there["reference"], there["date"], there["due_date"]) == (outcome, str(day), "2027-01-31")
    assert not here.is_pending
    assert not Conflict.objects.filter(resolved_at=None).exists()


def test_a_void_here_is_a_void_there(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    void_document(again(shared), by=person)
    sync(connection)
    assert in_xero(sandbox)[0]["status"] == "VOIDED"
    assert not again(shared).is_pending


def test_a_void_there_is_a_void_here(connection: Connection, shared: Document, sandbox: Sandbox) -> None:
    xero_id = str(DocumentLink.objects.get(document=shared).xero_id)
    sandbox.do("void-document", document=xero_id, organisation=HARBOUR_VIEW)
    ask(connection)
    assert again(shared).state is Status.VOIDED
    assert not again(shared).amount_due


def test_ended_in_xero_and_edited_here_is_a_conflict_and_ours_makes_it_anew(
    connection: Connection, shared: Document, person: User, sandbox: Sandbox
) -> None:
    xero_id = str(DocumentLink.objects.get(document=shared).xero_id)
    edit(shared, person, reference="Still wanted")
    sandbox.do("void-document", document=xero_id, organisation=HARBOUR_VIEW)
    sync(connection)
    resolve_conflict(Conflict.objects.get(resolved_at=None), Conflict.Choice.OURS, by=person)
    sync(connection)
    assert [row["reference"] for row in living(in_xero(sandbox))] == ["Still wanted"]
    assert not again(shared).is_pending
