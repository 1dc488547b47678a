"""Discounts of lines that Xero has: what a request leaves out may stay as it is there (docs/xero.md C37).

So a rate that was removed here is sent as none. An amount, which Xero knows beside rates and we don't keep,
goes back as it was, lest an edit of another line takes it away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sync.wire.values import UnreadableRecord, decimal_of, records_of, text_of


@dataclass(frozen=True, slots=True)
class Discount:
    """Of one line in Xero: in percent, or an amount in the document's currency."""

    rate: Decimal
    amount: Decimal


def discounts_in(records: Iterable[Any]) -> dict[str, Discount]:
    """{LineItemID: its discount} of the lines that have one."""
    found: dict[str, Discount] = {}
    for record in records:
        for line in records_of(record, "LineItems") if isinstance(record, Mapping) else ():
            try:
                discount = Discount(decimal_of(line, "DiscountRate"), decimal_of(line, "DiscountAmount"))
                if discount.rate or discount.amount:
                    found[text_of(line, "LineItemID")] = discount
            except UnreadableRecord:
                continue  # its document is set aside, and nothing is sent over it
    return found


def discount_of(rate: Decimal | None, there: Discount | None) -> dict[str, Decimal]:
    """What a line says of its discount; `there`: what Xero takes off it now."""
    if rate:
        return {"DiscountRate": rate}
    if there is None:
        return {}
    return {"DiscountRate": Decimal(0)} if there.rate else {"DiscountAmount": there.amount}
