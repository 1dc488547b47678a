"""A comparison as two columns, here and in Xero: by month, and in all, each currency for itself. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sync.models import Reconciliation
from sync.sums import Money

NIL = Money()


@dataclass(frozen=True)
class Side:
    """One side's count and money of a stretch of time. `others`: {currency, not the company's: sums}."""

    count: int = 0
    income: Decimal = Decimal(0)
    expenses: Decimal = Decimal(0)
    others: Mapping[str, Money] = field(default_factory=dict)

    def __add__(self, other: "Side") -> "Side":
        known = self.others.keys() | other.others.keys()
        return Side(
            self.count + other.count,
            self.income + other.income,
            self.expenses + other.expenses,
            {name: self.others.get(name, NIL) + other.others.get(name, NIL) for name in known},
        )


@dataclass(frozen=True)
class Other:
    """What both sides hold in a currency that is not the company's."""

    currency: str
    here: Money
    xero: Money

    @property
    def has_income(self) -> bool:
        return bool(self.here.income or self.xero.income)

    @property
    def has_expenses(self) -> bool:
        return bool(self.here.expenses or self.xero.expenses)


@dataclass(frozen=True)
class BothSides:
    """A stretch of time on both sides."""

    here: Side
    xero: Side

    @property
    def agrees(self) -> bool:
        return self.here == self.xero

    @property
    def others(self) -> list[Other]:
        """By the currency's code."""
        known = self.here.others.keys() | self.xero.others.keys()
        return [
            Other(name, self.here.others.get(name, NIL), self.xero.others.get(name, NIL))
            for name in sorted(known)
        ]


@dataclass(frozen=True)
class MonthRow(BothSides):
    """A month on both sides."""

    month: date


@dataclass(frozen=True)
class Sides(BothSides):
    """All months and their sum."""

    months: list[MonthRow]

    @classmethod
    def nothing(cls) -> "Sides":
        return cls(Side(), Side(), [])


def sides(compared: Reconciliation) -> Sides:
    rows = [MonthRow(_side(row["here"]), _side(row["xero"]), _month(row["month"])) for row in compared.months]
    return Sides(
        sum((row.here for row in rows), Side()),
        sum((row.xero for row in rows), Side()),
        sorted(rows, key=lambda row: row.month, reverse=True),
    )


def _month(text: str) -> date:
    """2026-09 or 2026-09-01."""
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def _side(stored: Mapping[str, Any]) -> Side:
    own = _money(stored)
    others = {name: _money(sums) for name, sums in stored.get("others", {}).items()}
    return Side(int(stored["count"]), own.income, own.expenses, others)


def _money(stored: Mapping[str, Any]) -> Money:
    return Money(Decimal(str(stored["income"])), Decimal(str(stored["expenses"])))
