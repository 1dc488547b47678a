"""Where the matching stands, and what a person's decisions leave on the record."""

import pytest
from django.core.exceptions import PermissionDenied

from integrations.models import Connection, Event
from released.accounts.models import User
from released.billing.models import Document, Kind, Status
from sync.matching.looking import look
from sync.matching.settling import set_match, set_matches, take_suggestions
from sync.matching.standing import Row, state_of
from sync.models import Match
from sync.models.matching import Sort
from tests.factories import billing
from tests.factories.accounts import AccountFactory, member
from tests.integration.sync.conftest import approved
from tests.integration.sync.matched.playing import MORE, REPAIRS, SALES, chart, person_of
from tests.sandbox import Sandbox

How = Match.How
MILL_LANE = {"category": "Property", "option": "Mill Lane"}


@pytest.fixture
def person(connection: Connection) -> User:
    return person_of(connection)


@pytest.fixture
def read(connection: Connection, sandbox: Sandbox) -> Connection:
    """Its documents use 200, 473 and 408 and one tracking; Xero has other accounts."""
    chart(sandbox, SALES | {"name": "Sales"}, MORE, REPAIRS, tracking={"property": ["Mill Lane", "Quay"]})
    approved(connection, lines=(billing.line(tracking=(MILL_LANE,)), billing.line()))
    approved(connection)
    approved(connection, kind=Kind.BILL)
    approved(connection, kind=Kind.BILL, lines=(billing.line(account_code="408", tax_type="INPUT2"),))
    approved(connection, status=Status.DRAFT, lines=(billing.line(account_code="260"),))
    look(connection)
    return connection


def row(connection: Connection, sort: str, ours: str) -> Row:
    return next(one for one in state_of(connection).of(sort) if one.ours == ours)


def test_only_what_can_be_shared_is_counted(read: Connection) -> None:
    state = state_of(read)
    assert {one.ours: one.documents for one in state.of(Sort.ACCOUNT)} == {"200": 2, "408": 1, "473": 1}
    assert {one.ours: one.documents for one in state.of(Sort.TAX_TYPE)} == {"EXEMPTOUTPUT": 2, "INPUT2": 2}
    (option,) = state.of(Sort.TRACKING_OPTION)
    assert (option.ours, option.documents) == ("Property\x1fMill Lane", 1)
    assert not any(one.documents for one in state_of(read, counted=False).rows)


def test_what_is_the_same_is_settled_and_the_rest_is_open(read: Connection) -> None:
    state = state_of(read)
    assert {one.how for one in state.of(Sort.TAX_TYPE)} == {How.EXACT}
    assert {one.ours: one.lack for one in state.of(Sort.ACCOUNT)} == {
        "200": "missing", "408": "missing", "473": "missing",
    }  # fmt: skip
    suggested = {one.ours: one.suggestion and one.suggestion.theirs for one in state.rows if one.is_open}
    assert suggested == {
        "200": "4000",
        "408": None,
        "473": "7000",
        "Property": "property",
        "Property\x1fMill Lane": "property\x1fMill Lane",
    }
    assert state.needs_person
    assert state.says == "3 accounts, 2 tax types, 1 tracking category, 1 tracking option, 5 to decide"


def test_all_suggestions_are_taken_at_once_and_told_once(read: Connection, person: User) -> None:
    assert take_suggestions(read, by=person) == 4
    assert row(read, Sort.ACCOUNT, "473").how == How.SUGGESTED
    assert row(read, Sort.ACCOUNT, "473").theirs_name == "Repairs and maintenance"
    assert row(read, Sort.ACCOUNT, "408").is_open
    assert take_suggestions(read, by=person) == 0
    event = Event.objects.get(connection=read, what="matched")
    assert event.actor == person
    assert "200 is 4000" in event.says


def test_what_a_person_chooses_is_kept_and_can_be_changed(read: Connection, person: User) -> None:
    word = (Sort.ACCOUNT, "408")
    assert set_matches(read, {word: "7000"}, by=person) == 1
    assert (row(read, *word).theirs, row(read, *word).how) == ("7000", How.PERSON)
    set_match(read, *word, None, by=person)
    assert (row(read, *word).theirs, row(read, *word).how) == ("408", How.KEPT)
    assert not row(read, *word).is_open
    assert set_matches(read, {word: None, (Sort.TAX_TYPE, "INPUT2"): "INPUT2"}, by=person) == 0
    assert Event.objects.filter(connection=read, what="matched").count() == 2


def test_matches_outlive_disconnecting(read: Connection, person: User) -> None:
    take_suggestions(read, by=person)
    Connection.objects.filter(pk=read.pk).update(state=Connection.State.DISCONNECTED, grant=None)
    read.refresh_from_db()
    assert row(read, Sort.ACCOUNT, "200").theirs == "4000"


def test_who_may_not_manage_add_ons_decides_nothing(read: Connection) -> None:
    for somebody in (
        member(read.company.account, "Property manager"), member(AccountFactory.create()),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            take_suggestions(read, by=somebody)
        with pytest.raises(PermissionDenied):
            set_match(read, Sort.ACCOUNT, "200", "4000", by=somebody)
    assert not Match.objects.exists()


ODD = [
    ("colour", "200", "4000"),
    ("account", "", "4"),
    ("account", "2", "x" * 256),
    ("tracking_option", "a", "b"),
]


@pytest.mark.parametrize("asked", ODD)
def test_what_is_no_match_is_refused(read: Connection, person: User, asked: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="no "):
        set_match(read, *asked, by=person)


def test_a_company_without_approved_documents_needs_nobody(connection: Connection, sandbox: Sandbox) -> None:
    approved(connection, status=Status.DRAFT)
    look(connection)
    state = state_of(connection)
    assert (state.is_blank, state.needs_person, state.says) == (True, False, "")


def test_documents_before_the_date_use_nothing(read: Connection) -> None:
    Document.objects.filter(company=read.company).update(date="2020-01-01")
    assert state_of(read).rows == ()
