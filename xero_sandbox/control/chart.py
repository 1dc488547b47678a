"""Another chart for an organisation: real ones differ from the UK chart that each one starts with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.model import Account, TaxRate, TrackingCategory, TrackingOption
from xero_sandbox.clock import to_ms
from xero_sandbox.control.find import organisation_of
from xero_sandbox.state import World, new_id

Answer = dict[str, Any]
EITHER = ("REVENUE", "EXPENSE")


def set_chart(world: World, asked: Answer) -> Answer:
    """`accounts`, `tax_rates`, `tracking`: whichever is given takes the place of all of its sort."""
    books, stamp = organisation_of(world, asked).books, to_ms(world.clock.now())
    if "accounts" in asked:
        books.accounts = {row.code: row for row in (_account(given, stamp) for given in asked["accounts"])}
    if "tax_rates" in asked:
        books.tax_rates = {row.tax_type: row for row in map(_tax_rate, asked["tax_rates"])}
    if "tracking" in asked:
        books.tracking = [_category(name, options) for name, options in asked["tracking"].items()]
    return {
        "accounts": sorted(books.accounts),
        "tax_rates": sorted(books.tax_rates),
        "tracking": [row.name for row in books.tracking],
    }


def _account(given: Answer, stamp: int) -> Account:
    of_class = str(given.get("class", "REVENUE"))
    return Account(
        new_id(),
        str(given["code"]),
        str(given.get("name", given["code"])),
        str(given.get("type", "OVERHEADS" if of_class == "EXPENSE" else of_class)),
        of_class,
        str(given.get("tax_type", "NONE")),
        str(given.get("status", "ACTIVE")),
        stamp,
    )


def _tax_rate(given: Answer) -> TaxRate:
    return TaxRate(
        str(given.get("name", given["tax_type"])),
        str(given["tax_type"]),
        Decimal(str(given.get("rate", 0))),
        frozenset(given.get("applies_to", EITHER)),
    )


def _category(name: str, options: list[str]) -> TrackingCategory:
    return TrackingCategory(new_id(), name, [TrackingOption(new_id(), one) for one in options])
