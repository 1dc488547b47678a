"""Three losses within thirty days are often; outages never count."""

from datetime import UTC, datetime, timedelta

import pytest

from integrations.frequency import is_often, often_said, times_lost
from integrations.models import Episode

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
LOST, UNAVAILABLE = Episode.Kind.LOST, Episode.Kind.UNAVAILABLE


def began(days_ago: float, kind: Episode.Kind = LOST) -> Episode:
    return Episode(kind=kind, opened_at=NOON - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("episodes", "times"),
    [
        ([], 0),
        ([began(0), began(1), began(29.9)], 3),
        ([began(0), began(1), began(30)], 2),
        ([began(0), began(1), began(2, UNAVAILABLE)], 2),
        ([began(-1), began(1)], 1),
    ],
)
def test_only_losses_within_thirty_days_count(episodes: list[Episode], times: int) -> None:
    assert times_lost(episodes, at=NOON) == times


def test_three_are_often() -> None:
    assert [is_often(times) for times in (0, 2, 3, 4)] == [False, False, True, True]
    assert often_said(2) == ""
    assert often_said(3) == "3 times in 30 days"
