"""Amounts as people write them, and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from released.billing.forms.amounts import NotAnAmount, amount_text, parse_amount


@pytest.mark.parametrize(
    ("text", "locale", "amount"),
    [
        ("1250", "en-GB", "1250"),
        ("1,250.00", "en-GB", "1250.00"),
        ("£1 250.5", "en-GB", "1250.5"),
        ("-£180", "en-GB", "-180"),
        ("−180.00", "en-GB", "-180.00"),
        ("GBP 12", "en-GB", "12"),
        (".5", "en-GB", "0.5"),
        ("1.250,00 €", "de-DE", "1250.00"),
        ("1250,5", "fr-FR", "1250.5"),
        ("1\u202f250,00", "fr-FR", "1250.00"),
    ],
)
def test_what_is_certain_is_read(text: str, locale: str, amount: str) -> None:
    assert parse_amount(text, locale) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["1,25", "12,50.00", "1.250,00", "abc", "", "-", "1e5", "NaN", "Infinity", "1..2", "£"]
)
def test_what_is_not_certain_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_amount(text)


@given(
    st.decimals(min_value=-9_999_999, max_value=9_999_999, places=4),
    st.sampled_from(["en-GB", "de-DE", "fr-FR"]),
)
def test_what_is_shown_is_read_back_the_same(amount: Decimal, locale: str) -> None:
    assert parse_amount(amount_text(amount, locale), locale) == amount


@pytest.mark.parametrize(
    ("amount", "places", "text"),
    [
        ("1250.0000", 2, "1250.00"),
        ("33.3333", 2, "33.3333"),
        ("1.0000", 0, "1"),
        ("10", 0, "10"),
        ("0", 2, "0.00"),
    ],
)
def test_no_idle_zeros_are_shown(amount: str, places: int, text: str) -> None:
    assert amount_text(Decimal(amount), places=places) == text
