"""What a half-entered document comes to so far: rows that can't be reckoned yet count for nothing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from released.billing.models import LineAmountTypes, TaxRate
from released.billing.totals import Priced, Totals, add_up
from released.portfolio.models import Company


def estimate(company: Company, rows: Sequence[Mapping[str, Any]], mode: str) -> Totals:
    """Totals of the rows that have a quantity and a price."""
    rates = dict(TaxRate.objects.filter(company=company).values_list("tax_type", "rate"))
    priced = [
        Priced(
            quantity=row["quantity"],
            unit_amount=row["unit_amount"],
            discount_rate=row.get("discount_rate"),
            tax_rate=rates.get(row.get("tax_type") or "", Decimal(0)),
        )
        for row in rows
        if row.get("quantity") is not None and row.get("unit_amount") is not None
    ]
    return add_up(priced, LineAmountTypes(mode) if mode in LineAmountTypes else LineAmountTypes.EXCLUSIVE)
