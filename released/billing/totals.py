"""What a document comes to. Pure, and as Xero reckons: tax for each line to the penny, then summed.

The rules are those of docs/xero.md C. Halves are rounded away from zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from released.billing.models.kinds import LineAmountTypes

PENNY = Decimal("0.01")
HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class Priced:
    """What of a line bears on money. `discount_rate` and `tax_rate` are in percent."""

    quantity: Decimal
    unit_amount: Decimal
    tax_rate: Decimal = Decimal(0)
    discount_rate: Decimal | None = None


@dataclass(frozen=True)
class LineAmounts:
    """A line's amount, which contains the tax when amounts are inclusive, and its tax."""

    amount: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Totals:
    """A document's totals with those of its lines, in their order."""

    subtotal: Decimal
    total_tax: Decimal
    total: Decimal
    lines: tuple[LineAmounts, ...]


def add_up(lines: Sequence[Priced], mode: LineAmountTypes) -> Totals:
    """The totals of a document whose lines' amounts contain tax, exclude it or know none."""
    amounts = tuple(line_amounts(line, mode) for line in lines)
    amount = sum((line.amount for line in amounts), Decimal("0.00"))
    tax = sum((line.tax for line in amounts), Decimal("0.00"))
    subtotal = amount - tax if mode == LineAmountTypes.INCLUSIVE else amount
    return Totals(subtotal, tax, subtotal + tax, amounts)


def line_amounts(line: Priced, mode: LineAmountTypes) -> LineAmounts:
    """One line's amount and tax, in the document's currency."""
    kept = HUNDRED - (line.discount_rate or Decimal(0))
    amount = to_penny(line.quantity * line.unit_amount * kept / HUNDRED)
    return LineAmounts(amount, _tax(amount, line.tax_rate, mode))


def to_penny(amount: Decimal) -> Decimal:
    """Two decimal places, halves away from zero."""
    return amount.quantize(PENNY, rounding=ROUND_HALF_UP)


def _tax(amount: Decimal, rate: Decimal, mode: LineAmountTypes) -> Decimal:
    if mode == LineAmountTypes.NO_TAX:
        return Decimal("0.00")
    if mode == LineAmountTypes.INCLUSIVE:
        return to_penny(amount * rate / (HUNDRED + rate))
    return to_penny(amount * rate / HUNDRED)
