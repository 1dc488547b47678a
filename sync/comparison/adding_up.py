"""Counts and money by month on both sides, as the report shows them. Pure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sync.comparison.rows import Row

Month = dict[str, Any]
NIL = "0.00"


def add_up(
    months: Sequence[Month], here: Iterable[Row], xero: Iterable[Row], *, currency: str
) -> list[Month]:
    """The months so far with a window's documents added, oldest first.

    `currency` is the company's, whose sums are the side's own. Those of each other currency stand apart,
    under `others`: nothing is converted, so nothing is added to what it is not.
    """
    found = {month["month"]: month for month in months}
    for side, rows in (("here", here), ("xero", xero)):
        for row in rows:
            if row.is_counted:
                name = f"{row.date:%Y-%m}"
                _add(found.setdefault(name, _empty(name))[side], row, currency)
    return [found[name] for name in sorted(found)]


def _empty(name: str) -> Month:
    return {"month": name, "here": _side(), "xero": _side()}


def _side() -> dict[str, Any]:
    return {"count": 0, "income": NIL, "expenses": NIL}


def _add(side: dict[str, Any], row: Row, currency: str) -> None:
    name = "income" if row.kind.is_income else "expenses"
    side["count"] += 1
    sums = side
    if row.currency and row.currency != currency:
        sums = side.setdefault("others", {}).setdefault(row.currency, {"income": NIL, "expenses": NIL})
    sums[name] = str(Decimal(sums[name]) + row.money)
