"""A person's word on what looks the same: linked it is one, kept apart both exist, each of them once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from integrations.models import Connection
from integrations.xero import steps
from released.accounts.models import User
from released.billing.models import Document, DocumentEvent
from released.billing.recording import void_document
from sync.excluding import exclude_document, include_document
from sync.models import Conflict, DocumentLink, LikelyPair, Problem, SetAside
from sync.pairs.settling import keep_apart, link_all, link_pair
from sync.problems import retry
from sync.turn import take_turn
from tests.factories.accounts import AccountFactory, member
from tests.integration.sync.by_hand import LINE, type_like
from tests.integration.sync.conftest import again, approved, ask, in_xero, living, sync
from tests.integration.sync.test_both_sides import edit
from tests.integration.sync.test_likely_pairs import pair_of, there
from tests.integration.sync.test_no_doubles import Crash
from tests.sandbox import HARBOUR_VIEW, Sandbox


@pytest.fixture
def person(connection: Connection) -> User:
    return member(connection.company.account)


@pytest.fixture
def ours(connection: Connection, sandbox: Sandbox) -> Document:
    """A document that Xero has too, in the same words, and nobody has said so yet."""
    made = approved(connection)
    line = made.line_items.get()
    same = LINE | {"Description": line.description, "UnitAmount": "1250.00"}
    type_like(sandbox, made, LineItems=[same], InvoiceNumber="INV-0877")
    sync(connection)
    return made


def creates(sandbox: Sandbox) -> int:
    """How often we made anything in Xero; what was typed there by hand is not ours."""
    rows = sandbox.see("record", path="/Invoices")["requests"]
    return len([row for row in rows if row["method"] == "PUT" and row["idempotency_key"]])


def told(document: Document) -> list[str]:
    return list(DocumentEvent.objects.filter(document=document).values_list("what", flat=True))


def test_linked_it_is_one_document_and_takes_its_number(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox
) -> None:
    assert link_pair(pair_of(ours), by=person)
    sync(connection)
    fresh = again(ours)
    assert (fresh.number, fresh.is_pending, creates(sandbox)) == ("INV-0877", False, 0)
    assert Document.objects.filter(company=connection.company, total=ours.total).count() == 1
    assert not SetAside.objects.exists()
    assert not Problem.objects.filter(closed_at=None).exists()
    assert "linked" in told(ours)


def test_linked_and_different_is_a_conflict_that_shows_both(
    connection: Connection, person: User, sandbox: Sandbox
) -> None:
    made = approved(connection, reference="Flat 4")
    type_like(sandbox, made, Reference="Four")
    sync(connection)
    link_pair(pair_of(made), by=person)
    sync(connection)
    conflict = Conflict.objects.get(document=made, resolved_at=None)
    assert conflict.clashing == ["lines", "reference"]
    assert (conflict.ours["reference"], conflict.theirs["reference"]) == ("Flat 4", "Four")
    assert creates(sandbox) == 0


def test_kept_apart_both_exist_once_and_nobody_is_asked_again(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox
) -> None:
    xero_id = pair_of(ours).xero_id
    assert keep_apart(pair_of(ours), by=person)
    sync(connection)
    for _ in range(2):
        ask(connection)
    other = DocumentLink.objects.get(xero_id=xero_id).document
    assert other != ours
    assert (len(there(sandbox, ours)), creates(sandbox)) == (2, 1)
    assert Document.objects.filter(company=connection.company, total=ours.total).count() == 2
    assert not LikelyPair.objects.filter(apart_at=None).exists()
    assert "kept apart" in told(ours)
    assert "kept apart" in told(other)


def test_edited_meanwhile_the_link_sends_the_edit_or_asks(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox
) -> None:
    edit(ours, person, reference="Mine")
    link_pair(pair_of(ours), by=person)
    sync(connection)
    assert Conflict.objects.get(resolved_at=None).clashing == ["reference"]
    assert (len(there(sandbox, ours)), creates(sandbox)) == (1, 0)


def test_ended_here_meanwhile_linking_must_not_void_it_in_xero(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox
) -> None:
    pair = pair_of(ours)
    void_document(again(ours), by=person)
    assert not link_pair(pair, by=person)
    sync(connection)
    assert [row["status"] for row in there(sandbox, ours)] == ["AUTHORISED"]


def test_voided_in_xero_meanwhile_linking_asks_whether_it_is_still_wanted(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox
) -> None:
    pair = pair_of(ours)
    sandbox.do("void-document", document=pair.xero_id, organisation=HARBOUR_VIEW)
    link_pair(pair, by=person)
    sync(connection)
    assert "is_alive" in Conflict.objects.get(resolved_at=None).clashing
    assert living(in_xero(sandbox)) == []


def test_the_same_word_twice_changes_nothing(connection: Connection, ours: Document, person: User) -> None:
    pair = pair_of(ours)
    assert link_pair(pair, by=person)
    assert not link_pair(pair, by=person)
    assert not keep_apart(pair, by=person)


def test_of_two_that_may_be_it_the_other_comes_here(
    connection: Connection, person: User, sandbox: Sandbox
) -> None:
    made = approved(connection)
    first, second = type_like(sandbox, made), type_like(sandbox, made)
    sync(connection)
    assert link_all(connection, by=person) == 0
    link_pair(LikelyPair.objects.get(document=made, xero_id=first), by=person)
    sync(connection)
    assert str(DocumentLink.objects.get(document=made).xero_id) == first
    assert DocumentLink.objects.filter(xero_id=second).exclude(document=made).exists()
    assert (len(there(sandbox, made)), creates(sandbox)) == (2, 0)


def test_all_that_agree_are_linked_at_once(connection: Connection, person: User, sandbox: Sandbox) -> None:
    sure = [approved(connection) for _ in range(3)]
    unsure = approved(connection)
    for made in sure:
        type_like(sandbox, made)
    type_like(sandbox, unsure, Date="2026-01-05", Reference=unsure.number)
    sync(connection)
    assert link_all(connection, by=person) == 3
    assert [pair.document for pair in LikelyPair.objects.all()] == [unsure]


@pytest.mark.parametrize("act", [link_pair, keep_apart])
@pytest.mark.parametrize(
    "point",
    [
        "pull.reconsidered.before_commit", "pull.reconsidered.committed", "push.saved.committed",
        "push.sent", "push.settle.before_commit", "pull.page.before_commit", "pull.page.committed",
    ],
)  # fmt: skip
def test_a_crash_after_the_word_doubles_nothing(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox, act: Any, point: str
) -> None:
    def die(reached: str) -> None:
        if reached == point:
            raise Crash

    act(pair_of(ours), by=person)
    try:
        with steps.listening(die):
            take_turn(connection.pk)
    except Crash:
        pass
    ask(connection)
    wanted = 1 if act is link_pair else 2
    assert len(there(sandbox, ours)) == wanted
    assert Document.objects.filter(company=connection.company, total=ours.total).count() == wanted
    assert not again(ours).is_pending


@pytest.mark.parametrize(
    "point", ["pull.page.before_commit", "pull.page.committed", "pull.completed.committed"]
)
def test_a_crash_while_it_is_found_sends_nothing(
    connection: Connection, sandbox: Sandbox, point: str
) -> None:
    made = approved(connection)
    type_like(sandbox, made)

    def die(reached: str) -> None:
        if reached == point:
            raise Crash

    with steps.listening(die), pytest.raises(Crash):
        sync(connection)
    sync(connection)
    assert pair_of(made).is_strong
    assert len(there(sandbox, made)) == 1


@pytest.mark.parametrize("point", ["pairs.refreshed.before_commit", "pairs.refreshed.committed"])
def test_a_crash_while_it_is_let_go_doubles_nothing(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox, point: str
) -> None:
    def die(reached: str) -> None:
        if reached == point:
            raise Crash

    edit(ours, person, date=ours.date - timedelta(days=20))
    with steps.listening(die), pytest.raises(Crash):
        take_turn(connection.pk)
    sync(connection)
    assert (len(there(sandbox, ours)), creates(sandbox)) == (2, 1)
    assert Document.objects.filter(company=connection.company, total=ours.total).count() == 2


def test_excluded_and_included_again_it_is_still_asked(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox
) -> None:
    exclude_document(ours, by=person)
    sync(connection)
    include_document(ours, by=person)
    sync(connection)
    assert pair_of(ours).apart_at is None
    assert (len(there(sandbox, ours)), creates(sandbox)) == (1, 0)


def test_it_cannot_be_sent_by_trying_again(
    connection: Connection, ours: Document, person: User, sandbox: Sandbox
) -> None:
    retry(Problem.objects.get(closed_at=None), by=person)
    sync(connection)
    assert (len(there(sandbox, ours)), creates(sandbox)) == (1, 0)


def test_somebody_of_another_account_settles_nothing(ours: Document) -> None:
    stranger = member(AccountFactory.create())
    for act in (link_pair, keep_apart):
        with pytest.raises(PermissionDenied):
            act(pair_of(ours), by=stranger)
    with pytest.raises(PermissionDenied):
        link_all(pair_of(ours).connection, by=stranger)
    assert pair_of(ours).apart_at is None
