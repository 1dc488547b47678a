"""Money, dates and counts read the way the company's people write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from released.web import words

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "says"),
    [
        ("1250", "GBP", "en-GB", "£1,250.00"),
        ("-180", "GBP", "en-GB", "−£180.00"),
        ("0.005", "GBP", "en-GB", "£0.00"),
        ("99.5", "USD", "en-GB", "US$99.50"),
        ("99.5", "USD", "en-US", "$99.50"),
        ("1204318.5", "EUR", "de-DE", "1.204.318,50\N{NO-BREAK SPACE}€"),
        ("1500", "JPY", "en-GB", "JPY\N{NO-BREAK SPACE}1,500"),
        ("-7", "CHF", "en-GB", "−CHF\N{NO-BREAK SPACE}7.00"),
    ],
)
def test_money_carries_the_right_symbol_and_a_real_minus(
    amount: str, currency: str, locale: str, says: str
) -> None:
    assert words.money_text(Decimal(amount), currency, locale) == says


def test_dates_cannot_be_misread() -> None:
    assert words.day_text(date(2026, 9, 4)) == "4 Sep 2026"
    assert words.day_text(date(2026, 9, 4), "en-US") == "Sep 4, 2026"
    assert words.long_day_text(date(2026, 9, 14)) == "Monday 14 September 2026"


def test_a_moment_is_told_in_the_company_s_zone_summer_time_included() -> None:
    moment = datetime(2026, 9, 14, 8, 12, tzinfo=UTC)
    assert words.moment_text(moment, LONDON) == "14 Sep 2026, 09:12"
    assert words.moment_text(moment, ZoneInfo("America/New_York"), "en-US") == "Sep 14, 2026, 04:12"


@pytest.mark.parametrize(
    ("length", "says"),
    [
        (timedelta(seconds=20), "under a minute"),
        (timedelta(minutes=50), "50 min"),
        (timedelta(hours=2, minutes=28), "2 h 28 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(days=3, hours=2), "3 days"),
    ],
)
def test_a_length_of_time_is_as_exact_as_anybody_needs(length: timedelta, says: str) -> None:
    assert words.duration_text(length) == says


def test_counts_agree_with_their_noun() -> None:
    assert words.count_text(1, "document") == "1 document"
    assert words.count_text(1142, "document") == "1,142 documents"
    assert words.count_text(2, "company", "companies") == "2 companies"


def test_names_are_joined_as_in_a_sentence() -> None:
    assert words.names_text([]) == "nobody"
    assert words.names_text(["Daniel Okafor"]) == "Daniel Okafor"
    assert words.names_text(["Daniel", "Priya", "Megan"]) == "Daniel, Priya and Megan"
