"""A sync-from date on the record: from what to what, whoever moved it and with whichever button."""

from datetime import date

import pytest

from integrations.dates import compared, confirmed, moved
from integrations.history import Facts
from released.accounts.models import User

PRIYA = User(name="Priya Shah")
MARCH = date(2026, 3, 15)
NONE: Facts = {"sync_from": None, "all_time": False}
NOVEMBER: Facts = {"sync_from": "2024-11-01", "all_time": False}
IN_MARCH: Facts = {"sync_from": "2026-03-15", "all_time": False}
ALL: Facts = {"sync_from": None, "all_time": True}


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (NONE, "Priya Shah confirmed sync from 15 Mar 2026."),
        (IN_MARCH, "Priya Shah confirmed sync from 15 Mar 2026."),
        (NOVEMBER, "Priya Shah moved sync from 1 Nov 2024 to 15 Mar 2026."),
        (ALL, "Priya Shah moved sync from all time to 15 Mar 2026."),
    ],
)
def test_what_reconnecting_with_a_date_is_called(before: Facts, says: str) -> None:
    assert confirmed(PRIYA, before, MARCH) == says


def test_what_moving_it_is_called() -> None:
    assert moved(PRIYA, NOVEMBER, MARCH) == "Priya Shah moved sync from 1 Nov 2024 to 15 Mar 2026."
    assert moved(None, NOVEMBER, None) == "An operator moved sync from 1 Nov 2024 to all time."
    assert moved(None, NONE, MARCH) == "An operator set sync from 15 Mar 2026."


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (NOVEMBER, IN_MARCH, "15 Mar 2026, moved from 1 Nov 2024"),
        (IN_MARCH, IN_MARCH, "15 Mar 2026, unchanged"),
        (ALL, IN_MARCH, "15 Mar 2026, moved from all time"),
        (NONE, IN_MARCH, "15 Mar 2026"),
    ],
)
def test_what_a_receipt_says_of_it(before: Facts, after: Facts, says: str) -> None:
    assert compared(before, after) == says
