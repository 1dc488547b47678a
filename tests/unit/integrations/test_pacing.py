"""A long list is read less often, but never so seldom that Disconnect App goes unseen for a minute."""

import pytest

from integrations.pacing import LONGEST, interval


@pytest.mark.parametrize(
    ("size", "seconds"), [(0, 20.0), (50_000, 20.0), (87_000, 30.0672), (900_000, LONGEST), (10**9, LONGEST)]
)
def test_the_interval_follows_the_bytes(size: int, seconds: float) -> None:
    assert interval(size, 20.0) == pytest.approx(seconds)


def test_an_installation_that_looks_less_often_is_left_at_it() -> None:
    assert interval(900_000, 60.0) == 60.0


def test_with_one_ring_of_beat_in_between_it_stays_within_a_minute() -> None:
    assert LONGEST + 20 <= 60
