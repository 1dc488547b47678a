"""Documents as canonical fields, and what Hypothesis draws of them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from sync.canonical import DocumentFields, Line, Lines

RENT = Line("Rent, Flat 4", Decimal(1), Decimal("1250.00"), None, "200", "EXEMPTOUTPUT")
INVOICE = DocumentFields(
    contact="c-1",
    date=date(2026, 9, 14),
    due_date=date(2026, 9, 28),
    reference="Flat 4",
    lines=Lines("Exclusive", "GBP", (RENT,)),
)

lines = st.builds(
    lambda amount: Lines("Exclusive", "GBP", (replace(RENT, unit_amount=Decimal(amount)),)), st.integers(1, 3)
)
documents = st.builds(
    DocumentFields,
    contact=st.sampled_from(["c-1", "c-2"]),
    date=st.dates(date(2026, 9, 1), date(2026, 9, 3)),
    due_date=st.none() | st.dates(date(2026, 9, 4), date(2026, 9, 5)),
    reference=st.sampled_from(["", "a", "b"]),
    lines=lines,
    is_alive=st.booleans(),
)
living = documents.map(lambda one: replace(one, is_alive=True))


def but(**fields: Any) -> DocumentFields:
    """The invoice with some fields changed."""
    return replace(INVOICE, **fields)
