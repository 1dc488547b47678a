"""Phrases that only notices need; numbers, money and dates are written by `released.web.words`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from released.web.words import clock_text, day_text, money_text, names_text

ORDINALS = {3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
TIMES = {3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine"}


def ordinal(number: int) -> str:
    """third; beyond nine in figures: 12th."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return ORDINALS.get(number, f"{number}{suffix}")


def times_word(number: int) -> str:
    """Three; beyond nine in figures."""
    return TIMES.get(number, str(number))


def at(moment: datetime, zone: str, locale: str = "en-GB") -> str:
    """14 Sep 2026 at 09:12."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{day_text(there.date(), locale)} at {clock_text(moment, ZoneInfo(zone))}"


@dataclass(frozen=True)
class Sum:
    """Money that waits in one company's currency."""

    income: Decimal
    expenses: Decimal
    currency: str = "GBP"
    locale: str = "en-GB"


def amounts(sums: Iterable[Sum], *, of: str = " of") -> str:
    """£8,285.00 of income and £624.00 of expenses; each currency for itself, what is nil is left out."""
    totals: dict[str, Sum] = {}
    for one in sums:
        known = totals.get(one.currency, Sum(Decimal(0), Decimal(0), one.currency, one.locale))
        income, expenses = known.income + one.income, known.expenses + one.expenses
        totals[one.currency] = replace(known, income=income, expenses=expenses)
    said = [_said(totals[currency], of) for currency in sorted(totals)]
    return "; ".join(part for part in said if part)


def _said(total: Sum, of: str) -> str:
    named = ((total.income, "income"), (total.expenses, "expenses"))
    parts = [f"{money_text(sum_, total.currency, total.locale)}{of} {name}" for sum_, name in named if sum_]
    return names_text(parts) if parts else ""
