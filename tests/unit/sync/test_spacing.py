"""Reading alone must never use up what Xero allows in a day."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from sync.spacing import ENOUGH, MOST, furthest, next_reading

DAY, CALLS = timedelta(days=1), 3


@pytest.mark.parametrize("left", [None, 5000, ENOUGH])
def test_where_there_is_plenty_it_is_read_as_often_as_the_setting_says(
    settings: Settings, left: int | None
) -> None:
    settings.SYNC_PULL_EVERY = 120
    assert next_reading(left) == timedelta(minutes=2)


@pytest.mark.parametrize("left", [1000, 800, 600, 400])
def test_of_what_is_left_at_least_half_is_for_other_things(settings: Settings, left: int) -> None:
    settings.SYNC_PULL_EVERY = 300
    assert DAY / next_reading(left) * CALLS <= left / 2


@pytest.mark.parametrize("left", [0, -1, 10])
def test_it_is_never_given_up(settings: Settings, left: int) -> None:
    settings.SYNC_PULL_EVERY = 300
    assert next_reading(left) == timedelta(minutes=30) == MOST * timedelta(minutes=5) < furthest()
