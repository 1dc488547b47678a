"""Money: amounts per line, tax per line to two places, then the sums (docs/xero.md C)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from xero_sandbox.accounting.model import ZERO, Document, Line, TaxRate

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def line_amount(line: Line) -> Decimal:
    """Quantity times unit amount, less the discount."""
    gross = (line.quantity if line.quantity is not None else Decimal(1)) * (line.unit_amount or ZERO)
    if line.discount_rate:
        gross -= gross * line.discount_rate / HUNDRED
    return cents(gross - (line.discount_amount or ZERO))


def line_tax(line: Line, rate: Decimal, line_amount_types: str) -> Decimal:
    if line_amount_types == "NoTax":
        return ZERO
    if line_amount_types == "Inclusive":
        return cents(line.line_amount - line.line_amount / (1 + rate / HUNDRED))
    return cents(line.line_amount * rate / HUNDRED)


def total_up(document: Document) -> None:
    lines = sum((line.line_amount for line in document.lines), ZERO)
    document.total_tax = sum((line.tax_amount for line in document.lines), ZERO)
    inclusive = document.line_amount_types == "Inclusive"
    document.sub_total = lines - document.total_tax if inclusive else lines
    document.total = document.sub_total + document.total_tax


def rate_of(rates: dict[str, TaxRate], tax_type: str | None) -> Decimal:
    found = rates.get(tax_type or "")
    return found.rate if found else ZERO
