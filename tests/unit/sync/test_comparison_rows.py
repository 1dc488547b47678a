"""What a comparison adds up, and in what two documents differ."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from released.billing.models import Kind, Status
from sync.comparison.adding_up import Month, add_up
from sync.comparison.rows import Row, differing
from sync.models import Reconciliation
from sync.pages.sides import Other, sides
from sync.sums import Money

ROW = Row(
    kind=Kind.INVOICE, status=Status.AUTHORISED, date=datetime.date(2026, 9, 3), due_date=None, reference="",
    contact="", currency="GBP", total=Decimal("10.00"), amount_due=Decimal("10.00"),
)  # fmt: skip
DOLLARS = replace(ROW, currency="USD", total=Decimal("7.00"))
NOTE = replace(DOLLARS, kind=Kind.CREDIT_NOTE, total=Decimal("2.00"))
BILL = replace(DOLLARS, kind=Kind.BILL, date=datetime.date(2026, 10, 1))


def added(here: list[Row], xero: list[Row], months: list[Month] | None = None) -> list[Month]:
    return add_up(months or [], here, xero, currency="GBP")


def side(count: int, income: str, expenses: str = "0.00", **others: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"count": count, "income": income, "expenses": expenses}
    return found | ({"others": others} if others else {})


def test_each_currency_is_added_up_for_itself() -> None:
    months = added([ROW, DOLLARS], [ROW], added([NOTE], [BILL]))
    dollars = {"income": "5.00", "expenses": "0.00"}
    assert months == [
        {"month": "2026-09", "here": side(3, "10.00", USD=dollars), "xero": side(1, "10.00")},
        {
            "month": "2026-10",
            "here": side(0, "0.00"),
            "xero": side(1, "0.00", USD={"income": "0.00", "expenses": "7.00"}),
        },
    ]


def test_where_xero_names_no_currency_it_is_the_companys() -> None:
    assert added([], [replace(ROW, currency="")])[0]["xero"] == side(1, "10.00")


def test_sums_of_other_currencies_stand_beside_the_companys() -> None:
    found = sides(Reconciliation(months=added([ROW, DOLLARS, BILL], [ROW, replace(DOLLARS, currency="EUR")])))
    assert (found.here.income, found.here.expenses) == (Decimal("10.00"), Decimal(0))
    assert found.here.count == 3
    assert found.others == [
        Other("EUR", Money(), Money(income=Decimal("7.00"))),
        Other("USD", Money(Decimal("7.00"), Decimal("7.00")), Money()),
    ]
    october, september = found.months
    assert (october.agrees, september.agrees) == (False, False)
    assert [other.currency for other in october.others] == ["USD"]


def test_a_comparison_of_before_has_no_other_currencies() -> None:
    found = sides(Reconciliation(months=[{"month": "2026-09", "here": side(1, "1"), "xero": side(1, "1")}]))
    assert (found.others, found.months[0].agrees) == ([], True)


def test_another_currency_is_a_difference_where_xero_names_one() -> None:
    assert list(differing(ROW, replace(ROW, currency="USD"))) == [("Currency", "GBP", "USD")]
    assert list(differing(ROW, replace(ROW, currency=""))) == []
