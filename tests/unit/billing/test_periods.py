"""Stretches of time in the filter of the list."""

from datetime import date

import pytest

from released.billing.periods import Period, choices, period_of

TODAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("this-month", date(2026, 1, 1), date(2026, 1, 31)),
        ("last-month", date(2025, 12, 1), date(2025, 12, 31)),
        ("last-3-months", date(2025, 11, 1), date(2026, 1, 31)),
        ("last-12-months", date(2025, 2, 1), date(2026, 1, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_has_its_first_and_last_day(value: str, first: date, last: date) -> None:
    assert period_of(value, TODAY) == Period(first, last)


def test_everything_offered_is_understood() -> None:
    for value, _ in choices(TODAY):
        period = period_of(value, TODAY)
        assert period.first <= period.last


def test_what_was_never_offered_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        period_of("yesterday", TODAY)
