"""A comparison as two columns, here and in Xero: by month, and in all. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sync.models import Reconciliation


@dataclass(frozen=True)
class Side:
    """One side's count and money of a stretch of time."""

    count: int = 0
    income: Decimal = Decimal(0)
    expenses: Decimal = Decimal(0)

    def __add__(self, other: "Side") -> "Side":
        return Side(self.count + other.count, self.income + other.income, self.expenses + other.expenses)


@dataclass(frozen=True)
class MonthRow:
    """A month on both sides."""

    month: date
    here: Side
    xero: Side

    @property
    def agrees(self) -> bool:
        return self.here == self.xero


@dataclass(frozen=True)
class Sides:
    """All months and their sum."""

    months: list[MonthRow]
    here: Side
    xero: Side

    @classmethod
    def nothing(cls) -> "Sides":
        return cls([], Side(), Side())


def sides(compared: Reconciliation) -> Sides:
    rows = [MonthRow(_month(row["month"]), _side(row["here"]), _side(row["xero"])) for row in compared.months]
    return Sides(
        sorted(rows, key=lambda row: row.month, reverse=True),
        sum((row.here for row in rows), Side()),
        sum((row.xero for row in rows), Side()),
    )


def _month(text: str) -> date:
    """2026-09 or 2026-09-01."""
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def _side(stored: Mapping[str, Any]) -> Side:
    return Side(int(stored["count"]), Decimal(str(stored["income"])), Decimal(str(stored["expenses"])))
