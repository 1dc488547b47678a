"""Numbers, money and dates in words, the way the company's people write them. Pure.

Dates are short and cannot be misread (14 Sep 2026, never 04/01/2025); a negative amount carries a real
minus sign, which a screen reader speaks and a narrow hyphen does not.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

MINUS = "\N{MINUS SIGN}"
SYMBOLS = {
    "GBP": "£",
    "EUR": "€",
    "USD": "US$",
    "AUD": "A$",
    "NZD": "NZ$",
    "CAD": "C$",
    "ZAR": "R",
    "SGD": "S$",
}
HOME = {"en-US": ("USD", "$"), "en-AU": ("AUD", "$"), "en-NZ": ("NZD", "$"), "en-CA": ("CAD", "$")}
WITHOUT_PENCE = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})


@dataclass(frozen=True)
class Marks:
    """How a locale writes numbers."""

    thousands: str = ","
    decimal: str = "."
    symbol_first: bool = True


MARKS = {
    "de": Marks(".", ",", symbol_first=False),
    "es": Marks(".", ",", symbol_first=False),
    "fr": Marks("\N{NARROW NO-BREAK SPACE}", ",", symbol_first=False),
    "it": Marks(".", ",", symbol_first=False),
    "nl": Marks(".", ","),
}


def number_text(value: int | Decimal, locale: str = "en-GB") -> str:
    """1142 -> 1,142."""
    marks = MARKS.get(locale[:2], Marks())
    text = f"{abs(value):,}".translate({ord(","): marks.thousands, ord("."): marks.decimal})
    return f"{MINUS}{text}" if value < 0 else text


def money_text(amount: Decimal | int, currency: str = "GBP", locale: str = "en-GB") -> str:
    """-180 -> −£180.00; the symbol is the bare one only where it is the locale's own."""
    marks = MARKS.get(locale[:2], Marks())
    places = Decimal(1) if currency in WITHOUT_PENCE else Decimal("0.01")
    digits = number_text(abs(Decimal(amount).quantize(places)), locale)
    symbol = currency_symbol(currency, locale)
    text = f"{symbol}{digits}" if marks.symbol_first else f"{digits}\N{NO-BREAK SPACE}{symbol}"
    return f"{MINUS}{text}" if amount < 0 else text


def currency_symbol(currency: str, locale: str = "en-GB") -> str:
    """£ for GBP; an unknown currency is written by its code."""
    home, bare = HOME.get(locale, ("", ""))
    return bare if currency == home else SYMBOLS.get(currency, f"{currency}\N{NO-BREAK SPACE}")


def count_text(count: int, thing: str, things: str = "") -> str:
    """1 document, 1,142 documents."""
    return f"{number_text(count)} {thing if count == 1 else things or thing + 's'}"


def day_text(day: date, locale: str = "en-GB") -> str:
    """14 Sep 2026; Sep 14, 2026 for people in the United States."""
    return f"{day:%b} {day.day}, {day.year}" if locale == "en-US" else f"{day.day} {day:%b} {day.year}"


def long_day_text(day: date) -> str:
    """Monday 14 September 2026: what stands beside a date field, whose own format nobody can be sure of."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def month_text(day: date) -> str:
    return f"{day:%b %Y}"


def clock_text(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def moment_text(moment: datetime, zone: ZoneInfo, locale: str = "en-GB") -> str:
    """14 Sep 2026, 09:12 in `zone`."""
    there = moment.astimezone(zone)
    return f"{day_text(there.date(), locale)}, {there:%H:%M}"


def duration_text(length: timedelta) -> str:
    """2 h 28 min; days above two of them; never seconds, which nobody needs here."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return count_text(minutes // 1440, "day")


def names_text(names: list[str]) -> str:
    """Daniel Okafor, Priya Shah and Megan Hughes."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"
