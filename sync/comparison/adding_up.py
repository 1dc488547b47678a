"""Counts and money by month on both sides, as the report shows them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sync.comparison.rows import Row

Month = dict[str, Any]


def add_up(months: Sequence[Month], here: Iterable[Row], xero: Iterable[Row]) -> list[Month]:
    """The months so far with a window's documents added, oldest first."""
    found = {month["month"]: month for month in months}
    for side, rows in (("here", here), ("xero", xero)):
        for row in rows:
            if row.is_counted:
                name = f"{row.date:%Y-%m}"
                _add(found.setdefault(name, _empty(name))[side], row)
    return [found[name] for name in sorted(found)]


def _empty(name: str) -> Month:
    return {"month": name, "here": _side(), "xero": _side()}


def _side() -> dict[str, Any]:
    return {"count": 0, "income": "0.00", "expenses": "0.00"}


def _add(side: dict[str, Any], row: Row) -> None:
    name = "income" if row.kind.is_income else "expenses"
    side["count"] += 1
    side[name] = str(Decimal(side[name]) + row.money)


def is_balanced(months: Iterable[Mapping[str, Any]]) -> bool:
    return all(month["here"] == month["xero"] for month in months)
