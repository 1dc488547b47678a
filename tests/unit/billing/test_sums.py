"""What the list comes to: income and expenses in each currency."""

from decimal import Decimal

from released.billing.models.kinds import Kind
from released.billing.sums import KindSums, Sums, fold


def row(kind: Kind, total: int, currency: str = "GBP") -> KindSums:
    return KindSums(kind, currency, 1, Decimal(total), Decimal(total))


def test_credit_notes_lessen_income_and_supplier_credits_lessen_expenses() -> None:
    kinds = (Kind.INVOICE, 100), (Kind.CREDIT_NOTE, 30), (Kind.BILL, 50), (Kind.SUPPLIER_CREDIT, 20)
    assert fold(row(kind, total) for kind, total in kinds) == [
        Sums(True, "GBP", 2, Decimal(70), Decimal(70)),
        Sums(False, "GBP", 2, Decimal(-30), Decimal(-30)),
    ]


def test_currencies_are_never_added_up() -> None:
    found = fold([row(Kind.INVOICE, 100), row(Kind.INVOICE, 7, "EUR")])
    assert [(one.currency, one.total) for one in found] == [("EUR", Decimal(7)), ("GBP", Decimal(100))]
