"""Kept out of sync and taken in again: no question is lost over it, and none is left behind."""

import pytest

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document
from sync.ambiguity import link_candidate
from sync.excluding import exclude_document, include_document
from sync.models import Conflict, DocumentLink, Problem, SetAside
from tests.factories.accounts import member
from tests.integration.sync.conftest import again, approved, ask, fresh_minute, in_xero, sync
from tests.integration.sync.test_ambiguous import doubtful
from tests.integration.sync.test_both_sides import edit
from tests.sandbox import HARBOUR_VIEW, Sandbox

__all__ = ["doubtful"]


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


def open_conflicts() -> int:
    return Conflict.objects.filter(resolved_at=None).count()


def test_what_may_be_in_xero_is_not_sent_again_by_including_it(
    connection: Connection, person: User, doubtful: Document, sandbox: Sandbox
) -> None:
    exclude_document(doubtful, by=person)
    sync(connection)
    include_document(doubtful, by=person)
    sync(connection)
    assert len(in_xero(sandbox)) == 1
    assert Problem.objects.get(closed_at=None).cause == Problem.Cause.AMBIGUOUS
    link_candidate(SetAside.objects.get(), by=person)
    sync(connection)
    assert len(in_xero(sandbox)) == 1
    assert DocumentLink.objects.get(document=doubtful).problem is None


@pytest.fixture
def clashing(connection: Connection, person: User, sandbox: Sandbox) -> Document:
    made = approved(connection)
    sync(connection)
    edit(again(made), person, reference="Ours")
    write_in_xero(sandbox, made, "Theirs")
    ask(connection)
    assert open_conflicts() == 1
    fresh_minute()
    return again(made)


def write_in_xero(sandbox: Sandbox, document: Document, reference: str) -> None:
    there = str(DocumentLink.objects.get(document=document).xero_id)
    sandbox.do("edit-document", organisation=HARBOUR_VIEW, document=there, set={"reference": reference})


def test_a_conflict_that_ended_meanwhile_is_not_left_behind(
    connection: Connection, person: User, clashing: Document, sandbox: Sandbox
) -> None:
    exclude_document(clashing, by=person)
    assert open_conflicts() == 0
    write_in_xero(sandbox, clashing, "Ours")
    ask(connection)
    include_document(clashing, by=person)
    sync(connection)
    assert open_conflicts() == 0
    assert not again(clashing).is_pending


def test_a_conflict_that_lasts_is_shown_again(
    connection: Connection, person: User, clashing: Document, sandbox: Sandbox
) -> None:
    exclude_document(clashing, by=person)
    include_document(clashing, by=person)
    sync(connection)
    assert Conflict.objects.get(resolved_at=None).theirs["reference"] == "Theirs"
    assert [row["reference"] for row in in_xero(sandbox)] == ["Theirs"]
