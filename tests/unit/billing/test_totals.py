"""What a document comes to, by table and by property (docs/xero.md C)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from released.billing.models.kinds import LineAmountTypes
from released.billing.totals import LineAmounts, Priced, add_up, line_amounts, to_penny

EXCLUSIVE, INCLUSIVE, NO_TAX = LineAmountTypes.EXCLUSIVE, LineAmountTypes.INCLUSIVE, LineAmountTypes.NO_TAX


def priced(unit: str, *, quantity: str = "1", rate: str = "20", discount: str | None = None) -> Priced:
    return Priced(
        quantity=Decimal(quantity),
        unit_amount=Decimal(unit),
        tax_rate=Decimal(rate),
        discount_rate=None if discount is None else Decimal(discount),
    )


@pytest.mark.parametrize(
    ("line", "mode", "amount", "tax"),
    [
        (priced("1250"), EXCLUSIVE, "1250.00", "250.00"),
        (priced("1250"), INCLUSIVE, "1250.00", "208.33"),
        (priced("1250"), NO_TAX, "1250.00", "0.00"),
        (priced("1250", rate="0"), EXCLUSIVE, "1250.00", "0.00"),
        (priced("0.125", quantity="1", rate="0"), EXCLUSIVE, "0.13", "0.00"),
        (priced("-0.125", rate="0"), EXCLUSIVE, "-0.13", "0.00"),
        (priced("33.3333", quantity="3"), EXCLUSIVE, "100.00", "20.00"),
        (priced("100", discount="12.5"), EXCLUSIVE, "87.50", "17.50"),
        (priced("0.02", rate="5"), EXCLUSIVE, "0.02", "0.00"),
        (priced("0.10", rate="5"), EXCLUSIVE, "0.10", "0.01"),
    ],
)
def test_one_line(line: Priced, mode: LineAmountTypes, amount: str, tax: str) -> None:
    assert line_amounts(line, mode) == LineAmounts(Decimal(amount), Decimal(tax))


def test_tax_is_rounded_on_each_line_before_it_is_summed() -> None:
    totals = add_up([priced("0.13"), priced("0.13"), priced("0.13")], EXCLUSIVE)
    assert totals.total_tax == Decimal("0.09"), "20% of 0.39 would be 0.08"


def test_inclusive_amounts_contain_their_tax() -> None:
    totals = add_up([priced("120"), priced("105", rate="5")], INCLUSIVE)
    assert (totals.subtotal, totals.total_tax, totals.total) == (Decimal(200), Decimal(25), Decimal(225))


def test_a_document_without_lines_comes_to_nothing() -> None:
    assert add_up([], EXCLUSIVE).total == Decimal("0.00")


amounts = st.decimals(min_value=-99_999_999, max_value=99_999_999, places=4)
lines = st.lists(
    st.builds(
        Priced,
        quantity=st.decimals(min_value=0, max_value=9_999, places=4),
        unit_amount=amounts,
        tax_rate=st.sampled_from([Decimal(0), Decimal(5), Decimal(20), Decimal("17.5")]),
        discount_rate=st.none() | st.decimals(min_value=0, max_value=100, places=2),
    ),
    max_size=8,
)


@given(lines, st.sampled_from(LineAmountTypes))
def test_subtotal_and_tax_always_make_the_total(drawn: list[Priced], mode: LineAmountTypes) -> None:
    totals = add_up(drawn, mode)
    assert totals.total == totals.subtotal + totals.total_tax
    assert totals.total_tax == sum(line.tax for line in totals.lines)
    assert totals.total == to_penny(totals.total)


@given(lines)
def test_inclusive_never_comes_to_more_than_its_lines_say(drawn: list[Priced]) -> None:
    totals = add_up(drawn, INCLUSIVE)
    assert totals.total == sum(line.amount for line in totals.lines)


@given(lines)
def test_without_tax_nothing_is_added(drawn: list[Priced]) -> None:
    assert add_up(drawn, NO_TAX).total_tax == 0
