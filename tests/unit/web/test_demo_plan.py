"""The documents of the demo, decided from the day it is."""

from datetime import date, timedelta

import pytest

from released.billing.models.kinds import Kind, Status
from released.web.demo_data.estates import ESTATES
from released.web.demo_data.plan import entries

DAYS = [date(2026, 1, 1) + timedelta(days=31 * n) for n in range(12)] + [date(2028, 2, 29)]


@pytest.mark.parametrize("day", DAYS)
def test_the_main_company_always_has_at_least_320_approved_documents(day: date) -> None:
    made = entries(ESTATES[0], day)
    assert sum(one.status == Status.AUTHORISED for one in made) >= 320
    assert {one.kind for one in made} == set(Kind)
    assert {one.status for one in made} == {Status.DRAFT, Status.AUTHORISED, Status.VOIDED}


@pytest.mark.parametrize("estate", ESTATES, ids=lambda estate: estate.company)
def test_the_same_day_gives_the_same_documents_and_none_of_tomorrow(estate: object) -> None:
    one = next(known for known in ESTATES if known is estate)
    assert entries(one, DAYS[5]) == entries(one, DAYS[5])
    assert max(entry.date for entry in entries(one, DAYS[5])) <= DAYS[5]
