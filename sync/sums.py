"""Money that is added up: of one currency only. Pure."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Money:
    """Sums of one currency. Nothing is converted, so no other currency is ever added to it."""

    income: Decimal = Decimal(0)
    expenses: Decimal = Decimal(0)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.income + other.income, self.expenses + other.expenses)
