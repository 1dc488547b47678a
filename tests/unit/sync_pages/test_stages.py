"""Progress is counts and an honest estimate: nothing is promised before there is a pace to go by."""

from datetime import UTC, datetime, timedelta

import pytest

from sync.models import Run
from sync.pages.pace import Pace, calls_to_read, calls_to_send, estimate
from sync.pages.stages import Stage, in_short, stages

START = datetime(2026, 9, 14, 10, 0, tzinfo=UTC)
Phase = Run.Phase


def at(phase: Run.Phase, minutes: float = 1, **counts: int) -> list[Stage]:
    run = Run(trigger=Run.Trigger.FIRST, phase=phase, started_at=START, **counts)
    return stages(run, START + timedelta(minutes=minutes))


def test_reading_shows_its_counts_and_how_long_it_may_take() -> None:
    read, send, compare = at(Phase.PULL, minutes=2, pull_total=2310, pulled=1284)
    assert read.counts == "1,284 of 2,310 documents"
    assert (read.percent, read.rest) == (56, "About 2 minutes left, at the pace so far.")
    assert (send.tone, compare.tone) == ("calm", "calm")


def test_sending_starts_after_reading_and_says_why() -> None:
    _, send, _ = at(Phase.PULL, pull_total=10, push_total=46)
    assert send.counts == "0 of 46 documents"
    assert "nothing changed in Xero is overwritten" in send.rest


def test_what_is_done_stays_done() -> None:
    read, send, _ = at(Phase.PUSH, pulled=46, pull_total=46, applied=3, pushed=4, push_total=9)
    assert (read.tone, read.rest) == ("done", "3 changes taken over.")
    assert send.counts == "4 of 9 documents"


@pytest.mark.parametrize("counts", [{}, {"pulled": 3, "pull_total": 0}])
def test_before_xero_has_said_how_much_there_is_nothing_is_claimed(counts: dict[str, int]) -> None:
    read, *_ = at(Phase.PULL, **counts)
    assert (read.value, read.rest) == (0, "Asking Xero how much there is.")


@pytest.mark.parametrize(
    ("done", "total", "seconds", "says"),
    [
        (4, 100, 60, ""),
        (50, 100, 2, ""),
        (100, 100, 60, ""),
        (50, 100, 30, "Less than a minute left, at the pace so far."),
        (10, 100, 60, "About 9 minutes left, at the pace so far."),
    ],
)
def test_an_estimate_needs_a_pace(done: int, total: int, seconds: int, says: str) -> None:
    assert estimate(done, total, timedelta(seconds=seconds)) == says


@pytest.mark.parametrize(
    ("done", "seconds", "calls", "says"),
    [
        (0, 0, 220, "Xero allows 60 calls a minute; about 4 minutes left."),
        (50, 30, 220, "Xero allows 60 calls a minute; about 4 minutes left."),
        (50, 3600, 220, "About 60 minutes left, at the pace so far."),
        (0, 0, 40, ""),
        (50, 30, 40, "Less than a minute left, at the pace so far."),
        (0, 0, 9000, "Xero allows 60 calls a minute; about 3 hours left."),
    ],
)
def test_no_pace_beats_what_xero_allows_in_a_minute(done: int, seconds: int, calls: int, says: str) -> None:
    assert estimate(done, 100, timedelta(seconds=seconds), calls=calls) == says


def test_where_the_day_is_too_short_it_says_so() -> None:
    says = estimate(0, 100, timedelta(), calls=2200, today=1400)
    assert says == "About 2,200 calls are needed and Xero allows 1,400 more today: the rest follows later."
    assert "minutes left" in estimate(0, 100, timedelta(), calls=200, today=1400)


def test_calls_are_counted_as_they_are_made() -> None:
    assert (calls_to_read(1), calls_to_read(1000), calls_to_read(100_000)) == (1, 1, 100)
    assert (calls_to_send(1), calls_to_send(50), calls_to_send(51)) == (2, 2, 4)


def test_sending_is_paced_since_the_first_sending_not_since_the_reading_began() -> None:
    run = Run(phase=Phase.PUSH, pushed=500, push_total=1000, started_at=START)
    pace = Pace(sending_for=timedelta(minutes=2))
    _, send, _ = stages(run, START + timedelta(hours=1), pace)
    assert send.rest == "About 2 minutes left, at the pace so far."


def test_a_list_has_room_for_a_few_words() -> None:
    run = Run(phase=Phase.PULL, pulled=1284, pull_total=2310, started_at=START)
    assert in_short(run) == "1,284 of 2,310 read"
