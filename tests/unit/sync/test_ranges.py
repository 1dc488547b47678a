"""Which changes are shared, and which days are read when the date moves."""

from datetime import date

import pytest

from sync.ranges import BEGINNING, Range, Slice, middle, slice_to_read, still_covered

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("days", "shared"),
    [
        ((APRIL,), True),
        ((MARCH,), False),
        ((MARCH, MAY), True),
        ((MAY, MARCH), True),
        ((None,), False),
        ((None, MAY), True),
    ],
)
def test_the_date_last_agreed_or_the_new_one_decides(days: tuple[date | None, ...], shared: bool) -> None:
    assert Range(APRIL).covers(*days) is shared


def test_all_time_covers_everything() -> None:
    assert Range(None).covers(date(1999, 1, 1))
    assert slice_to_read(Range(None), None) == Slice(BEGINNING, None)


def test_the_first_sync_reads_from_the_date_on() -> None:
    assert slice_to_read(Range(APRIL), None) == Slice(APRIL, None)


def test_an_earlier_date_reads_only_what_became_visible() -> None:
    assert slice_to_read(Range(MARCH), APRIL) == Slice(MARCH, APRIL)


def test_a_later_date_reads_nothing_and_forgets_what_it_leaves_out() -> None:
    assert slice_to_read(Range(MAY), APRIL) is None
    assert still_covered(Range(MAY), APRIL) == MAY


def test_back_to_the_earlier_date_reads_again_what_was_left_out() -> None:
    covered = still_covered(Range(MAY), APRIL)
    assert slice_to_read(Range(APRIL), covered) == Slice(APRIL, MAY)


@pytest.mark.parametrize(
    ("start", "end", "cut"),
    [
        (MARCH, MAY, date(2026, 3, 31)),
        (MARCH, date(2026, 3, 3), date(2026, 3, 2)),
        (MARCH, date(2026, 3, 2), None),
        (date(2027, 12, 29), None, date(2027, 12, 30)),
        (date(2031, 1, 1), None, None),
    ],
)
def test_days_that_hold_too_much_are_halved_down_to_one(start: date, end: date | None, cut: date) -> None:
    assert middle(start, end, MAY) == cut
