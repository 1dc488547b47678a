"""When refused documents are told, and what their author does next."""

from datetime import UTC, datetime, timedelta

import pytest

from notifications.next_steps import STEPS, next_step
from notifications.refusals import due_at
from sync.models import Problem

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
WINDOW = timedelta(seconds=20)
LONDON = "Europe/London"


def due(*seconds: int, daily: bool = False, zone: str = LONDON) -> datetime:
    sinces = [START + timedelta(seconds=one) for one in seconds]
    return due_at(sinces, zone=zone, daily=daily, window=WINDOW)


def test_at_once_means_when_nothing_new_has_come() -> None:
    assert due(0) == START + WINDOW
    assert due(0, 15) == START + timedelta(seconds=35)


def test_never_later_than_two_minutes_after_the_first() -> None:
    assert due(0, 115) == START + timedelta(minutes=2)


def test_daily_is_the_next_morning_at_eight_where_the_company_is() -> None:
    assert due(0, daily=True) == datetime(2026, 9, 15, 7, 0, tzinfo=UTC)  # summer time
    assert due(0, daily=True, zone="America/New_York") == datetime(2026, 9, 14, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("cause", sorted(set(Problem.Cause) - {Problem.Cause.AMBIGUOUS}))
def test_every_cause_has_a_next_step(cause: str) -> None:
    assert next_step(cause).endswith("It is then sent by itself.")


def test_only_an_unsorted_refusal_has_the_general_step() -> None:
    assert set(STEPS) == set(Problem.Cause) - {*Problem.UNDECIDED, Problem.Cause.VALIDATION}
