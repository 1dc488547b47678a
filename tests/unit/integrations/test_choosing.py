"""Which organisation was granted: by the event, else by the newest change, else nobody guesses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.choosing import choose
from integrations.organisations import Offered

BEGAN = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
BEFORE, AFTER = BEGAN - timedelta(days=100), BEGAN + timedelta(seconds=40)


def offered(number: int, *, event: str = "old", updated: datetime = BEFORE) -> Offered:
    return Offered(UUID(int=number), UUID(int=number), f"Organisation {number}", event, BEFORE, updated)


def test_the_event_of_this_consent_decides() -> None:
    rows = [offered(1, updated=AFTER), offered(2, event="this"), offered(3)]
    assert choose(rows, event_id="this", since=BEGAN).chosen == rows[1]


def test_without_its_event_the_newest_change_decides() -> None:
    rows = [offered(1), offered(2, updated=AFTER), offered(3)]
    assert choose(rows, event_id="this", since=BEGAN).chosen == rows[1]


def test_a_newest_change_from_before_the_consent_decides_nothing() -> None:
    rows = [offered(1), offered(2, updated=BEFORE + timedelta(days=1))]
    choice = choose(rows, event_id="this", since=BEGAN)
    assert choice.chosen is None
    assert choice.candidates == tuple(rows)


def test_two_changes_at_one_instant_are_asked_about() -> None:
    rows = [offered(1, updated=AFTER), offered(2, updated=AFTER)]
    assert choose(rows, event_id=None, since=BEGAN).chosen is None


def test_the_only_organisation_is_the_one() -> None:
    assert choose([offered(1)], event_id="this", since=BEGAN).chosen == offered(1)


def test_an_organisation_that_is_listed_twice_is_offered_once() -> None:
    twice = [replace(offered(1), connection_id=UUID(int=9)), offered(1, updated=BEGAN - timedelta(days=1))]
    assert choose(twice, event_id="this", since=BEGAN).chosen == twice[1]
    rows = [*twice, offered(2)]
    assert choose(rows, event_id="this", since=BEGAN).candidates == (twice[1], rows[2])


def test_nothing_granted_is_nothing_chosen() -> None:
    choice = choose([], event_id="this", since=BEGAN)
    assert choice.chosen is None
    assert choice.candidates == ()


def test_of_several_granted_at_once_the_expected_one_wins() -> None:
    rows = [offered(1, event="this"), offered(2, event="this")]
    assert choose(rows, event_id="this", since=BEGAN, expected=UUID(int=2)).chosen == rows[1]


def test_of_several_granted_at_once_without_the_expected_one_the_person_chooses() -> None:
    rows = [offered(1, event="this"), offered(2, event="this"), offered(3)]
    choice = choose(rows, event_id="this", since=BEGAN, expected=UUID(int=3))
    assert choice.chosen is None
    assert choice.candidates == tuple(rows[:2])


@given(order=st.permutations(range(5)), event=st.sampled_from(["this", "old", None]))
def test_the_order_of_the_list_never_matters(order: list[int], event: str | None) -> None:
    rows = [offered(0, event="this"), offered(1, updated=AFTER), offered(2), offered(3), offered(4)]
    expected = choose(rows, event_id=event, since=BEGAN)
    found = choose([rows[place] for place in order], event_id=event, since=BEGAN)
    assert found.chosen == expected.chosen
    assert set(found.candidates) == set(expected.candidates)


@pytest.mark.parametrize("created", [BEFORE, None])
def test_what_is_kept_with_a_consent_reads_back(created: datetime | None) -> None:
    one = Offered(UUID(int=1), UUID(int=2), "Harbour View Ltd", created_at=created)
    assert Offered.from_json(one.to_json()) == one
