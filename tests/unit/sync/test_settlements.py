"""Payments and credits of Xero's record: each source once, whatever the record lists."""

from datetime import date
from decimal import Decimal

from released.billing.models.kinds import Kind
from sync.wire.settlements import settlements_of

ONE = "a1000000-0000-4000-8000-000000000001"
OTHER = "a1000000-0000-4000-8000-000000000002"


def credit(amount: str, day: str | None, source: str = ONE) -> dict[str, object]:
    return {"CreditNoteID": source, "CreditNoteNumber": "CN-1", "AppliedAmount": Decimal(amount), "Date": day}


def test_a_credit_note_used_twice_is_one_sum_of_the_latest_date() -> None:
    twice = [credit("20", "2026-09-14"), credit("5", "2026-09-01", OTHER), credit("15.50", "2026-09-20")]
    found = settlements_of({"CreditNotes": [*twice, credit("1.00", None)]}, Kind.INVOICE)
    assert [(str(one.source_id), one.amount, one.date) for one in found] == [
        (ONE, Decimal("36.50"), date(2026, 9, 20)),
        (OTHER, Decimal("5.00"), date(2026, 9, 1)),
    ]


def test_what_was_taken_back_is_nothing() -> None:
    there_and_back = [credit("20.00", "2026-09-14"), credit("-20.00", "2026-09-15")]
    assert settlements_of({"CreditNotes": there_and_back}, Kind.INVOICE) == ()


def test_an_id_of_two_sorts_is_two() -> None:
    payment = {"PaymentID": ONE, "Amount": Decimal(3), "Date": "2026-09-14"}
    found = settlements_of({"Payments": [payment], "CreditNotes": [credit("2.00", None)]}, Kind.INVOICE)
    assert [one.amount for one in found] == [Decimal(3), Decimal(2)]


def test_two_allocations_without_ids_to_one_invoice_are_one_sum() -> None:
    given = [{"Amount": Decimal(4), "Invoice": {"InvoiceID": ONE, "InvoiceNumber": "INV-1"}}] * 2
    found = settlements_of({"Allocations": given}, Kind.CREDIT_NOTE)
    assert [(one.amount, one.reference) for one in found] == [(Decimal(8), "INV-1")]
